using Metering.Core.Comfort;
using Metering.Core.Comfort.Durations;

namespace Metering.Core.Tests.Comfort.Durations;

public sealed class ExceedanceTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Measured_ICT_is_the_mean_excess_over_28_degrees()
    {
        // Independent example: 26 to 31 °C by 1 K gives (0+0+0+1+2+3)/6 = 1.0 K.
        var ict = ThresholdHours.IctMeasured(Series(26, 27, 28, 29, 30, 31), 0, 6 * Hour);
        Assert.Equal(1.0, ict.MeanExcess, 1e-12);
        Assert.Equal(3, ict.OutsideHours);
        Assert.Equal(6, ict.SampleCount);
    }

    [Theory]
    // dT = 6 v − 1.6 v²: 2.6, 4.4 and 5.4 K, as the limits 29.6, 31.4 and 32.4 °C say.
    [InlineData(0.5, 0.4)]
    [InlineData(1.0, 0)]
    public void Known_air_speed_lowers_what_is_felt(double speed, double expectedExcess)
    {
        var ict = ThresholdHours.IctMeasured(Series(31), speed, Hour);
        Assert.Equal(expectedExcess, ict.MeanExcess, 1e-9);
    }

    [Fact]
    public void Share_depth_and_longest_run_are_counted_in_one_pass()
    {
        var result = ThresholdHours.TemperatureAbove(Series(29, 29, 27, 30, 31, 32, 27), 28, 8 * Hour);
        Assert.Equal(5.0 / 7, result.Share, 1e-12);
        Assert.Equal((1 + 1 + 2 + 3 + 4) / 5.0, result.MeanDepth, 1e-12);
        Assert.Equal(11, result.DegreeHours, 1e-12);
        Assert.Equal(3, result.LongestRunHours);
        Assert.Equal(7.0 / 8, result.Completeness);
    }

    [Fact]
    public void Missing_and_unoccupied_time_ends_a_run_and_counts_for_nothing()
    {
        ClimateSample[] samples =
        [
            new(30, 50, Hour), new(30, 50, Hour), new(double.NaN, 50, Hour), new(30, 50, Hour),
            new(35, 50, Hour, Occupied: false), new(30, 50, Hour),
        ];
        var result = ThresholdHours.TemperatureAbove(samples, 28, 5 * Hour);
        Assert.Equal(2, result.LongestRunHours);
        Assert.Equal(4, result.ValidHours);
        Assert.Equal(8, result.DegreeHours);
        Assert.Equal(0.8, result.Completeness);
    }

    [Fact]
    public void Exactly_on_the_limit_is_not_beyond_it()
    {
        Assert.Equal(0, ThresholdHours.TemperatureAbove(Series(28), 28, Hour).OutsideHours);
        Assert.Equal(0, ThresholdHours.TemperatureBelow(Series(24), 24, Hour).OutsideHours);
        Assert.Equal(1, ThresholdHours.TemperatureBelow(Series(23.9), ThresholdHours.OvercoolingC, Hour).OutsideHours);
    }

    [Fact]
    public void Humid_hours_are_counted_by_humidity_ratio_and_dew_point()
    {
        // 28 °C: 60 % is 14.2 g/kg and a dew point of 19.5 °C, 40 % is 9.4 g/kg and 13.1 °C.
        ClimateSample[] samples = [new(28, 60, Hour), new(28, 40, Hour), new(28, 85, Hour)];
        Assert.Equal(2, ThresholdHours.HumidityRatioAbove(samples, ThresholdHours.CooledRoomRatio, 101325, 3 * Hour).OutsideHours);
        Assert.Equal(2, ThresholdHours.DewPointAbove(samples, ThresholdHours.MuggyDewPointC, 3 * Hour).OutsideHours);
        Assert.Equal(1, ThresholdHours.HumidityAbove(samples, ThresholdHours.HumidPct, 3 * Hour).OutsideHours);
    }

    [Fact]
    public void No_samples_give_no_share()
    {
        var nothing = ThresholdHours.TemperatureAbove([], 28, Hour);
        Assert.True(double.IsNaN(nothing.Share));
        Assert.Equal(0, nothing.Completeness);
        Assert.Equal(0, nothing.MeanDepth);
    }

    private static IEnumerable<ClimateSample> Series(params double[] temperatures) =>
        temperatures.Select(t => new ClimateSample(t, 50, Hour));
}
