using Metering.Core.Energy;
using Metering.Core.Readings;
using Metering.Core.Registry;
using static Metering.Core.Tests.Energy.RegisterTrace;

namespace Metering.Core.Tests.Energy;

public sealed class LoadProfileTests
{
    private static readonly TimeZoneInfo Paris = SiteTime.Zone("Europe/Paris");
    private static readonly TimeZoneInfo Guadeloupe = SiteTime.Zone("America/Guadeloupe");

    [Theory]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", 25)] // midnight exists twice: the earlier one
    [InlineData("America/Havana", "2026-03-08", "2026-03-08T05:00:00Z", 23)] // midnight does not exist: 01:00 local
    [InlineData("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z", 23)]
    public void A_day_begins_where_its_midnight_is_doubtful(string zone, string date, string start, int hours)
    {
        var site = SiteTime.Zone(zone);
        var day = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        var from = LocalCalendar.StartOfDay(day, site);
        var to = LocalCalendar.StartOfDay(day.AddDays(1), site);

        Assert.Equal(DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture), from);
        Assert.Equal(hours, (to - from).TotalHours);
        Assert.Equal(hours, LocalCalendar.Boundaries(from, to, ProfileResolution.Hour, site).Count - 1);
    }

    /// <summary>One pulse each ten minutes.</summary>
    private static IntervalSeries Steady(DateTimeOffset from, DateTimeOffset to)
    {
        var count = (int)((to - from).TotalMinutes / 10);
        return Build([.. Enumerable.Range(0, count + 1).Select(i => Reading((from - Origin).TotalMinutes + (10 * i), i, i + 1))]);
    }

    [Theory]
    [InlineData("2026-03-29", 23)] // daylight saving begins in France
    [InlineData("2026-10-25", 25)] // and ends
    [InlineData("2026-06-01", 24)]
    public void A_local_day_has_the_hours_it_has(string date, int hours)
    {
        var day = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        var (from, to) = (LocalCalendar.StartOfDay(day, Paris), LocalCalendar.StartOfDay(day.AddDays(1), Paris));
        var series = Steady(from.AddDays(-1), to.AddDays(1));

        var profile = LoadProfile.Build(series, from, to, ProfileResolution.Hour, Paris);
        var whole = Assert.Single(LoadProfile.Build(series, from, to, ProfileResolution.Day, Paris));

        Assert.Equal(hours, profile.Count);
        Assert.All(profile, h => Assert.Equal(6, h.Pulses));
        Assert.Equal(6 * hours, whole.Pulses);
        Assert.Equal(TimeSpan.FromHours(hours), whole.Duration);
        Assert.Equal(60m * hours, whole.EnergyWh);
        Assert.Equal(60m, whole.MeanPowerW);
    }

    [Theory]
    [InlineData("2026-03-29")]
    [InlineData("2026-10-25")]
    public void Guadeloupe_has_24_hours_every_day_and_its_day_begins_at_four_UTC(string date)
    {
        var day = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        var (from, to) = (LocalCalendar.StartOfDay(day, Guadeloupe), LocalCalendar.StartOfDay(day.AddDays(1), Guadeloupe));

        Assert.Equal(4, from.UtcDateTime.Hour);
        Assert.Equal(24, LoadProfile.Build(Steady(from, to), from, to, ProfileResolution.Hour, Guadeloupe).Count);
    }

    [Fact]
    public void Months_and_years_are_local()
    {
        var from = LocalCalendar.StartOfDay(new DateOnly(2026, 1, 1), Paris);
        var to = LocalCalendar.StartOfDay(new DateOnly(2027, 1, 1), Paris);
        var series = Steady(from, to);

        var months = LoadProfile.Build(series, from, to, ProfileResolution.Month, Paris);
        var year = Assert.Single(LoadProfile.Build(series, from, to, ProfileResolution.Year, Paris));

        Assert.Equal([4464, 4032, 4458, 4320, 4464, 4320, 4464, 4464, 4320, 4470, 4320, 4464], months.Select(m => m.Pulses));
        Assert.Equal(52_560, year.Pulses);
        Assert.All(months, m => Assert.Equal(QualityFlags.Ok, m.Flags));
        Assert.True(year.IsComplete);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_units_add_up_to_the_register_difference_whatever_is_lost(int seed)
    {
        var random = new Random(seed);
        var trace = RegisterTrace.Random(random, 144 * 60, restartProbability: 0.001);
        var kept = trace.Readings.Where((_, i) => i == 0 || i == trace.Readings.Count - 1 || random.NextDouble() < 0.3).ToList();
        var series = Build(kept);
        var (from, to) = (kept[0].Time, kept[^1].Time);

        foreach (var zone in new[] { Paris, Guadeloupe, SiteTime.Zone("Asia/Kathmandu"), SiteTime.Zone("Australia/Lord_Howe") })
        {
            foreach (var resolution in Enum.GetValues<ProfileResolution>())
            {
                var profile = LoadProfile.Build(series, from, to, resolution, zone);
                Assert.Equal(trace.TotalPulses, profile.Sum(p => p.Pulses));
                Assert.Equal(10m * trace.TotalPulses, profile.Sum(p => p.EnergyWh));
            }
        }
    }

    [Fact]
    public void A_gap_inside_a_day_leaves_the_day_exact_and_spreads_over_its_hours()
    {
        // Nothing from 01:00 to 05:00, 48 pulses in between.
        var readings = Enumerable.Range(0, 145).Where(i => i is <= 6 or >= 30)
            .Select(i => Reading(10 * i, i <= 6 ? i : 48 + i - 24, i + 1)).ToList();
        var series = Build(readings);
        var utc = TimeZoneInfo.Utc;

        var hours = LoadProfile.Build(series, Origin, Origin.AddDays(1), ProfileResolution.Hour, utc);
        var day = Assert.Single(LoadProfile.Build(series, Origin, Origin.AddDays(1), ProfileResolution.Day, utc));

        Assert.Equal([6, 12, 12, 12, 12, 6], hours.Take(6).Select(h => h.Pulses));
        Assert.All(hours.Skip(1).Take(4), h => Assert.Equal(QualityFlags.GapIndex | QualityFlags.Incomplete, h.Flags));
        Assert.Equal(QualityFlags.Ok, hours[0].Flags);
        Assert.Equal(TimeSpan.FromHours(4), day.ExactGap);
        Assert.Equal(1.0, day.Completeness);
        Assert.Equal(QualityFlags.GapIndex, day.Flags);
    }

    [Fact]
    public void A_gap_over_midnight_makes_both_days_estimates()
    {
        var readings = Enumerable.Range(0, 289).Where(i => i is <= 120 or >= 168).Select(i => Reading(10 * i, i, i + 1)).ToList();

        var days = LoadProfile.Build(Build(readings), Origin, Origin.AddDays(2), ProfileResolution.Day, TimeZoneInfo.Utc);

        Assert.All(days, d => Assert.Equal(TimeSpan.FromHours(4), d.Spread));
        Assert.All(days, d => Assert.False(d.IsComplete));
        Assert.Equal(288, days.Sum(d => d.Pulses));
    }

    [Fact]
    public void A_month_that_the_period_only_touches_is_incomplete()
    {
        var series = Steady(Origin, Origin.AddDays(40));

        var months = LoadProfile.Build(series, Origin, Origin.AddDays(40), ProfileResolution.Month, TimeZoneInfo.Utc);

        Assert.True(months[0].IsComplete);
        Assert.False(months[1].IsComplete);
        Assert.Equal(9.0 / 30.0, months[1].Completeness, 12);
    }

    [Theory]
    [InlineData(37, true)]
    [InlineData(38, false)]
    public void A_year_may_lack_37_days(int missingDays, bool complete)
    {
        var series = Steady(Origin.AddDays(missingDays), Origin.AddDays(365));
        var (from, to) = (Origin, Origin.AddDays(365));
        var zone = TimeZoneInfo.Utc;

        var days = LoadProfile.Build(series, from, to, ProfileResolution.Day, zone);

        Assert.Equal(complete, CompletenessRules.IsComplete(ProfileResolution.Year, days.Count(d => d.IsComplete), 365));
    }

    [Fact]
    public void A_day_without_a_pulse_says_so()
    {
        var readings = Enumerable.Range(0, 145).Select(i => Reading(10 * i, 77, i + 1)).ToList();

        var day = Assert.Single(LoadProfile.Build(Build(readings), Origin, Origin.AddDays(1), ProfileResolution.Day, TimeZoneInfo.Utc));

        Assert.Equal(QualityFlags.Zero, day.Flags);
        Assert.True(day.IsComplete);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Time_without_known_energy_is_missing_time_and_never_energy(int seed)
    {
        // Two pulse weights, lost registers, spikes: what the intervals know is what the units hold.
        var random = new Random(seed);
        var trace = RegisterTrace.Random(random, 144 * 20, start: 1_000_000);
        var readings = trace.Readings
            .Select(r => random.Next(200) == 0 ? r with { Flags = SampleFlags.RegisterSet } : r)
            .Where((_, i) => i == 0 || i == trace.Readings.Count - 1 || random.Next(3) != 0)
            .ToList();
        var change = Origin.AddDays(10).AddMinutes(10 * random.Next(10));
        var series = IntervalBuilder.Build("clim",
        [
            new AssignedReadings(Assignment(10m) with { To = change }, readings),
            new AssignedReadings(Assignment(2.5m) with { From = change }, readings),
        ], new IntervalOptions { MaxPowerW = 1_500 });
        var (from, to) = (series.Intervals[0].Start, series.Intervals[^1].End);

        foreach (var resolution in Enum.GetValues<ProfileResolution>())
        {
            var profile = LoadProfile.Build(series, from, to, resolution, Paris);
            Assert.Equal(series.EnergyWh, profile.Sum(p => p.EnergyWh));
            var unknown = series.Intervals.Where(i => i.Pulses is null).Sum(i => i.Duration.Ticks);
            var outside = (profile[^1].End - profile[0].Start - (to - from)).Ticks;
            Assert.Equal(unknown + outside, profile.Sum(p => p.MissingTime.Ticks));
            Assert.All(profile, p => Assert.True(p.MissingTime == TimeSpan.Zero || p.MeanPowerW is null));
        }
    }
}
