using Metering.Core.Quality;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Core.Tests.Quality;

public sealed class SpotQualityTests
{
    private static readonly DateTimeOffset Origin = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private static Reading Spot(int minutes, double value, MissingReason missing = MissingReason.None) => new(
        Origin.AddMinutes(minutes), (long)Math.Round(value * 100), 1, (minutes / 10) + 1, ClockQuality.Synchronised, SampleFlags.None, missing);

    private static QualityFlags[] Temperature(params Reading[] readings) =>
        SpotQuality.Check(readings, Quantity.AirTemperature, SpotRules.IndoorTemperature);

    private static QualityFlags[] Humidity(params Reading[] readings) =>
        SpotQuality.Check(readings, Quantity.RelativeHumidity, SpotRules.IndoorHumidity);

    [Theory]
    [InlineData(4.99, QualityFlags.Range)]
    [InlineData(5.0, QualityFlags.Ok)]
    [InlineData(50.0, QualityFlags.Ok)]
    [InlineData(50.01, QualityFlags.Range)]
    public void Indoor_temperature_lies_between_5_and_50(double value, QualityFlags expected) =>
        Assert.Equal(expected, Temperature(Spot(0, value))[0]);

    [Theory]
    [InlineData(9.99, QualityFlags.Range)]
    [InlineData(10.0, QualityFlags.Ok)]
    [InlineData(100.0, QualityFlags.Ok)]
    [InlineData(100.01, QualityFlags.Range)]
    public void Humidity_lies_between_10_and_100(double value, QualityFlags expected) =>
        Assert.Equal(expected, Humidity(Spot(0, value))[0]);

    [Theory]
    [InlineData(10, 25.0, 30.0, QualityFlags.Ok)]
    [InlineData(10, 25.0, 30.01, QualityFlags.Step)]
    [InlineData(20, 25.0, 35.0, QualityFlags.Ok)]
    public void A_jump_of_more_than_5_K_in_ten_minutes_is_suspect_and_stays_valid(int minutes, double a, double b, QualityFlags expected)
    {
        var second = Spot(minutes, b);
        var flags = Temperature(Spot(0, a), second);

        Assert.Equal(expected, flags[1]);
        Assert.True(SpotQuality.IsValid(second, flags[1]));
    }

    [Theory]
    [InlineData(37, false)] // six hours exactly
    [InlineData(38, true)]
    public void A_value_that_repeats_itself_for_more_than_six_hours_is_stuck(int readings, bool stuck)
    {
        var series = Enumerable.Range(0, readings).Select(i => Spot(10 * i, 26.31)).Append(Spot(10 * readings, 26.4)).ToArray();

        var flags = Temperature(series);

        Assert.All(flags[..^1], f => Assert.Equal(stuck, f.HasFlag(QualityFlags.Stuck)));
        Assert.Equal(QualityFlags.Ok, flags[^1]);
    }

    [Fact]
    public void Humidity_that_stays_saturated_for_more_than_twelve_hours_is_stuck()
    {
        var series = Enumerable.Range(0, 80).Select(i => Spot(10 * i, i < 2 ? 90 : 99.5 + (0.01 * (i % 3)))).ToArray();

        var flags = Humidity(series);

        Assert.Equal(QualityFlags.Ok, flags[1]);
        Assert.All(flags[2..], f => Assert.Equal(QualityFlags.Stuck, f));
        Assert.All(
            SpotQuality.Check(series, Quantity.RelativeHumidity, SpotRules.Of(Quantity.RelativeHumidity, PointUse.OutdoorClimate)!),
            f => Assert.Equal(QualityFlags.Ok, f));
    }

    [Fact]
    public void A_missing_value_neither_breaks_a_stuck_run_nor_becomes_stuck()
    {
        var series = Enumerable.Range(0, 50).Select(i => i == 10 ? Spot(100, 0, MissingReason.Nack) : Spot(10 * i, 26.31)).ToArray();

        var flags = Temperature(series);

        Assert.Equal(QualityFlags.Ok, flags[10]);
        Assert.Equal(49, flags.Count(f => f == QualityFlags.Stuck));
    }

    [Fact]
    public void Two_values_of_one_instant_are_both_refused_unless_they_agree()
    {
        Assert.Equal([QualityFlags.Ok, QualityFlags.Duplicate], Temperature(Spot(0, 25), Spot(0, 25)));
        Assert.Equal([QualityFlags.Duplicate, QualityFlags.Duplicate], Temperature(Spot(0, 25), Spot(0, 26)));
    }

    [Fact]
    public void Hourly_means_need_half_of_the_readings()
    {
        Reading[] readings = [Spot(0, 20), Spot(10, 22), Spot(20, 24), Spot(60, 25), Spot(70, 27), Spot(80, 99)];
        var flags = Temperature(readings);

        var hours = HourlySeries.Means(
            readings, flags, Quantity.AirTemperature, TimeSpan.FromMinutes(10), Origin, Origin.AddHours(3), TimeZoneInfo.Utc);

        Assert.Equal(22, hours[0].Value, 12);
        Assert.True(hours[0].IsUsable);
        Assert.Equal(26, hours[1].Value, 12);
        Assert.False(hours[1].IsUsable);
        Assert.True(double.IsNaN(hours[2].Value));
    }

    [Fact]
    public void Short_gaps_are_filled_by_a_line_and_long_ones_are_not()
    {
        HourlyValue Hour(int hour, double value) => new(
            Origin.AddHours(hour), value, double.IsNaN(value) ? 0 : 6, 6, double.IsNaN(value) ? QualityFlags.Incomplete : QualityFlags.Ok);
        HourlyValue[] hours = [Hour(0, 20), Hour(1, double.NaN), Hour(2, 24), Hour(3, double.NaN), Hour(4, double.NaN), Hour(5, 30), Hour(6, double.NaN)];

        var filled = HourlySeries.FillShortGaps(hours, longest: 1);

        Assert.Equal(22, filled[1].Value, 12);
        Assert.Equal(QualityFlags.Estimated, filled[1].Flags);
        Assert.Equal([false, false, false], new[] { filled[3].IsUsable, filled[4].IsUsable, filled[6].IsUsable });
        Assert.Equal(28, HourlySeries.FillShortGaps(hours, longest: 2)[4].Value, 12);
    }

    [Fact]
    public void An_outlier_is_more_than_three_interquartile_ranges_above_the_median()
    {
        // 1..9: median 5, quartiles 3 and 7, limit 17.
        double[] values = [1, 2, 3, 4, 5, 6, 7, 8, 9];

        Assert.DoesNotContain(true, OutlierRule.Outliers(values));
        Assert.Equal(5, OutlierRule.Quantile(values, 0.5));
        Assert.Equal(3, OutlierRule.Quantile(values, 0.25));
        Assert.Equal([false, false, false, false, true], OutlierRule.Outliers([10, 11, 12, 13, 1_000]));
        Assert.Equal([false, false, false], OutlierRule.Outliers([1, 2, 1_000]));
    }

    [Fact]
    public void Readings_out_of_order_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Temperature(Spot(10, 25), Spot(0, 25)));
    }

    [Fact]
    public void A_corrected_reading_says_so_and_may_be_used()
    {
        var corrected = Spot(10, 21) with { Flags = SampleFlags.Corrected };
        var flags = Temperature(Spot(0, 20.5), corrected);
        Assert.Equal([QualityFlags.Ok, QualityFlags.Corrected], flags);
        Assert.True(SpotQuality.IsValid(corrected, flags[1]));
    }
}
