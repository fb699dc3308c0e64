using Metering.Core.Registry;
using Metering.Core.Weather;

namespace Metering.Core.Tests.Weather;

public sealed class WeatherDaysTests
{
    private static readonly DateTimeOffset Start = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Gaps_up_to_six_hours_are_interpolated_and_counted()
    {
        var days = WeatherDays.FromHourly(Hours(48, h => h is >= 5 and < 11 ? double.NaN : h), TimeZoneInfo.Utc);
        Assert.Equal(6, days[0].InterpolatedHours);
        Assert.Equal(24, days[0].ValidHours);
        // A straight line through a straight line.
        Assert.Equal(Enumerable.Range(0, 24).Select(h => (double)h), days[0].Hours);
        Assert.Equal((0.0, 23.0, 11.5), (days[0].Minimum, days[0].Maximum, days[0].Mean));
    }

    [Fact]
    public void A_gap_of_seven_hours_stays_open_and_hides_the_extremes()
    {
        var day = WeatherDays.FromHourly(Hours(48, h => h is >= 5 and < 12 ? double.NaN : 20), TimeZoneInfo.Utc)[0];
        Assert.Equal(0, day.InterpolatedHours);
        Assert.Equal(17, day.ValidHours);
        Assert.Equal(20, day.Mean);
        Assert.True(double.IsNaN(day.Minimum) && double.IsNaN(day.Maximum));
    }

    [Theory]
    [InlineData(12, false)]
    [InlineData(13, true)]
    public void A_day_with_more_than_half_of_its_hours_missing_has_no_mean(int missing, bool none)
    {
        var day = WeatherDays.FromHourly(Hours(48, h => h < missing ? double.NaN : 20), TimeZoneInfo.Utc)[0];
        Assert.Equal(none, double.IsNaN(day.Mean));
    }

    [Fact]
    public void Gaps_at_the_ends_of_the_data_are_never_extrapolated()
    {
        var days = WeatherDays.FromHourly(Hours(20, h => h == 0 ? double.NaN : 20), TimeZoneInfo.Utc);
        Assert.True(double.IsNaN(days[0].Hours[0]));
        Assert.True(double.IsNaN(days[0].Hours[23]));
        Assert.Equal(0, days[0].InterpolatedHours);
    }

    [Fact]
    public void Days_are_those_of_the_site_with_and_without_daylight_saving()
    {
        // 30 March 2025 has 23 hours in Paris and 24 in Guadeloupe; 26 October 25 and 24.
        foreach (var (zone, date, expected) in new[]
        {
            ("Europe/Paris", new DateOnly(2025, 3, 30), 23), ("Europe/Paris", new DateOnly(2025, 10, 26), 25),
            ("America/Guadeloupe", new DateOnly(2025, 3, 30), 24), ("America/Guadeloupe", new DateOnly(2025, 10, 26), 24),
        })
        {
            var from = new DateTimeOffset(date.AddDays(-2).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            var days = WeatherDays.FromHourly(
                Enumerable.Range(0, 120).Select(h => new HourlyTemperature(from.AddHours(h), 20)), SiteTime.Zone(zone));
            var day = Assert.Single(days, d => d.Day == date);
            Assert.Equal(expected, day.Hours.Count);
            Assert.Equal(expected, day.ValidHours);
        }
    }

    [Fact]
    public void Guadeloupe_midnight_is_four_hours_after_that_of_UTC()
    {
        var days = WeatherDays.FromHourly(Hours(28, h => h < 4 ? 10 : 20), SiteTime.Zone("America/Guadeloupe"));
        Assert.Equal([new DateOnly(2025, 6, 30), new DateOnly(2025, 7, 1)], days.Select(d => d.Day));
        Assert.Equal(20, days[1].Mean);
    }

    [Fact]
    public void An_hour_given_twice_counts_once_when_alike_and_not_at_all_when_not()
    {
        var twice = WeatherDays.FromHourly(
            [.. Hours(24, _ => 20), new(Start.AddHours(3), 20), new(Start.AddHours(20).AddMinutes(10), 25)], TimeZoneInfo.Utc)[0];
        Assert.Equal(20, twice.Hours[3]);
        // Hour 20 disagrees: missing, then interpolated as a gap of one hour.
        Assert.Equal(1, twice.InterpolatedHours);
        Assert.Equal(20, twice.Hours[20]);
    }

    [Fact]
    public void No_data_give_no_days() => Assert.Empty(WeatherDays.FromHourly([], TimeZoneInfo.Utc));

    [Fact]
    public void Le_Raizet_is_known_with_its_position_and_licence()
    {
        var station = WeatherStation.Find("97101015")!;
        Assert.Equal(("LE RAIZET AERO", 11.0, 16.264), (station.Name, station.AltitudeM, station.Latitude));
        Assert.Contains("Licence Ouverte", station.Licence, StringComparison.Ordinal);
        Assert.Equal(79, WeatherStation.Antilles.Count);
        Assert.Null(WeatherStation.Find("0"));
    }

    [Fact]
    public void Distance_follows_the_great_circle()
    {
        var raizet = WeatherStation.Find("97101015")!;
        Assert.Equal(0, raizet.DistanceKm(raizet.Latitude, raizet.Longitude), 1e-9);
        // One degree of latitude is 111.2 km on a sphere of 6 371 km; Martinique is about 194 km away, Paris 6 760 km.
        Assert.Equal(111.2, raizet.DistanceKm(raizet.Latitude + 1, raizet.Longitude), 0.1);
        Assert.InRange(raizet.DistanceKm(14.595333, -60.995667), 190, 198);
        Assert.InRange(raizet.DistanceKm(48.8566, 2.3522), 6700, 6800);
        Assert.True(raizet.DistanceKm(48.8566, 2.3522) > WeatherStation.DistanceFlaggedKm);
    }

    private static IEnumerable<HourlyTemperature> Hours(int count, Func<int, double> celsius) =>
        Enumerable.Range(0, count).Select(h => new HourlyTemperature(Start.AddHours(h), celsius(h)));
}
