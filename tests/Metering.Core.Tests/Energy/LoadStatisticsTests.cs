using Metering.Core.Energy;
using Metering.Core.Readings;
using Metering.Core.Registry;
using static Metering.Core.Tests.Energy.RegisterTrace;

namespace Metering.Core.Tests.Energy;

public sealed class LoadStatisticsTests
{
    [Theory]
    [InlineData(10, 60)] // fact sheet on protocols, section 4.3
    [InlineData(60, 10)]
    [InlineData(1440, 0.42)]
    public void The_resolution_of_a_power_is_one_pulse_over_the_interval(int minutes, double watts)
    {
        var interval = Build([Reading(0, 0, 1), Reading(minutes, 12, 2)]).Intervals[0];

        Assert.Equal(watts, (double)PowerReading.Of(interval)!.Value.ResolutionW, 2);
    }

    [Theory]
    [InlineData(36, 1_000)]
    [InlineData(4, 9_000)]
    public void One_pulse_of_10_Wh_in_so_many_seconds_is_that_power(int seconds, int watts)
    {
        var interval = new IntervalReading(Origin, Origin.AddSeconds(seconds), 1, 0, 10m, QualityFlags.Ok);

        Assert.Equal(watts, PowerReading.Of(interval)!.Value.PowerW);
    }

    /// <summary>A week: 20 pulses each ten minutes from 12:00 to 16:00 UTC (1.2 kW), one pulse otherwise (60 W).</summary>
    private static IntervalSeries Week(Func<int, bool>? keep = null)
    {
        var readings = new List<Reading>();
        long index = 0;
        for (var i = 0; i <= 7 * 144; i++)
        {
            if (i > 0)
            {
                var hour = (i - 1) % 144 / 6;
                index += hour is >= 12 and < 16 ? 20 : 1;
            }

            if (keep?.Invoke(i) ?? true)
            {
                readings.Add(Reading(10 * i, index, i + 1));
            }
        }

        return Build(readings);
    }

    [Fact]
    public void Peak_base_load_night_share_and_load_factor_of_a_known_week()
    {
        var statistics = LoadStatistics.Of(Week(), Origin, Origin.AddDays(7), TimeZoneInfo.Utc);

        // A day: 4 h x 1200 W + 20 h x 60 W = 6000 Wh; the night's 8 h x 60 W = 480 Wh.
        Assert.Equal(42_000m, statistics.EnergyWh);
        Assert.Equal(1_200m, statistics.Peak!.Value.PowerW);
        Assert.Equal(60m, statistics.Peak.Value.ResolutionW);
        Assert.Equal(60m, statistics.BaseLoadW);
        Assert.Equal(10m, statistics.HourlyResolutionW);
        Assert.Equal(0.08, statistics.NightShare!.Value, 12);
        Assert.Equal(250.0 / 1200.0, statistics.LoadFactor!.Value, 12);
        Assert.Equal(1.0, statistics.Completeness);
        Assert.Equal(QualityFlags.Ok, statistics.Flags);
    }

    [Fact]
    public void The_night_is_the_sites_night()
    {
        // 12:00 to 16:00 UTC is 22:00 to 02:00 in Brisbane: all of it at night.
        var statistics = LoadStatistics.Of(Week(), Origin, Origin.AddDays(7), SiteTime.Zone("Australia/Brisbane"));

        Assert.Equal(((4 * 1200) + (4 * 60)) / 6000.0, statistics.NightShare!.Value, 12);
    }

    [Fact]
    public void A_peak_inside_a_gap_is_not_invented_and_the_gap_is_inherited()
    {
        var gappy = Week(i => i % 144 / 6 is not (>= 11 and < 17));

        var statistics = LoadStatistics.Of(gappy, Origin, Origin.AddDays(7), TimeZoneInfo.Utc);

        Assert.Equal(60m, statistics.Peak!.Value.PowerW);
        Assert.Equal(42_000m, statistics.EnergyWh);
        Assert.True(statistics.Flags.HasFlag(QualityFlags.GapIndex));
    }

    [Fact]
    public void The_load_duration_curve_falls_and_covers_the_time()
    {
        var curve = LoadDurationCurve.OfIntervals(Week().Intervals);

        Assert.Equal(TimeSpan.FromDays(7), curve.Covered);
        Assert.Equal(1_200m, curve.PowerExceededFor(0));
        Assert.Equal(1_200m, curve.PowerExceededFor(4.0 / 24));
        Assert.Equal(60m, curve.PowerExceededFor((4.0 / 24) + 0.001));
        Assert.Equal(60m, curve.PowerExceededFor(1));
        Assert.Equal(curve.Powers.OrderByDescending(p => p.PowerW).Select(p => p.PowerW), curve.Powers.Select(p => p.PowerW));
    }

    [Fact]
    public void A_point_without_data_has_no_figures()
    {
        var statistics = LoadStatistics.Of(Build([]), Origin, Origin.AddDays(7), TimeZoneInfo.Utc);

        Assert.Null(statistics.Peak);
        Assert.Null(statistics.BaseLoadW);
        Assert.Null(statistics.NightShare);
        Assert.Null(statistics.LoadFactor);
        Assert.Equal(QualityFlags.Incomplete, statistics.Flags);
    }

    [Fact]
    public void A_short_interval_makes_no_peak()
    {
        var series = Build([Reading(0, 0, 1), Reading(10, 6, 2), Reading(10.1, 8, 3, flags: SampleFlags.OffGrid), Reading(20, 14, 4)]);

        // Six pulses in 594 s; the two pulses in six seconds would be 12 kW.
        var peak = LoadStatistics.Of(series, Origin, Origin.AddMinutes(20), TimeZoneInfo.Utc).Peak!.Value;
        Assert.Equal(6 * 36_000 / 594.0, (double)peak.PowerW, 6);
    }
}
