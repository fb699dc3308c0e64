using Metering.Core.Weather;

namespace Metering.Core.Tests.Weather;

public sealed class RunningMeanTests
{
    [Fact]
    public void Start_agrees_with_the_independent_example() =>
        Assert.Equal(25.9737, RunningMean.StartEn16798([27, 26.5, 26, 25.5, 25, 24.5, 24]), 0.00005);

    [Fact]
    public void Steady_weather_is_its_own_running_mean()
    {
        var series = RunningMean.Series([.. Enumerable.Repeat(26.0, 30)], RunningMean.AlphaHumidTropics);
        Assert.All(series[..7], t => Assert.True(double.IsNaN(t)));
        Assert.All(series[7..], t => Assert.Equal(26, t, 1e-9));
    }

    [Fact]
    public void A_year_of_trade_wind_climate_agrees_with_the_independent_computation()
    {
        var series = RunningMean.Series([.. DegreeDayTests.Honolulu().Select(d => d.Mean)], RunningMean.AlphaEn16798);
        Assert.Equal(23.44199561403509, series[7], 1e-9);
        Assert.Equal(23.031133729963564, series[364], 1e-9);
        Assert.Equal(27.842064400848688, series[7..].Max(), 1e-9);
    }

    [Fact]
    public void A_short_gap_is_outlived_and_a_long_one_starts_anew()
    {
        double[] means = [.. Enumerable.Repeat(20.0, 10), .. Enumerable.Repeat(double.NaN, 3), .. Enumerable.Repeat(20.0, 5)];
        Assert.All(RunningMean.Series(means, 0.8)[7..], t => Assert.Equal(20, t, 1e-9));

        double[] longer = [.. Enumerable.Repeat(20.0, 10), .. Enumerable.Repeat(double.NaN, 4), .. Enumerable.Repeat(30.0, 10)];
        var series = RunningMean.Series(longer, 0.8);
        Assert.Equal(20, series[13], 1e-9);
        Assert.All(series[14..21], t => Assert.True(double.IsNaN(t)));
        Assert.Equal(30, series[21], 1e-9);
    }

    [Fact]
    public void A_step_is_followed_by_a_fifth_a_day()
    {
        double[] means = [.. Enumerable.Repeat(20.0, 8), .. Enumerable.Repeat(25.0, 3)];
        var series = RunningMean.Series(means, 0.8);
        Assert.Equal(20, series[8], 1e-9);
        Assert.Equal(21, series[9], 1e-9);
        Assert.Equal(21.8, series[10], 1e-9);
        Assert.Throws<ArgumentOutOfRangeException>(() => RunningMean.Series(means, 0.95));
    }

    [Fact]
    public void Another_alpha_starts_with_its_own_weights()
    {
        // Weights 1, 0.9, 0.81 ...: a warm yesterday counts 1 / 5.217.
        double[] week = [30, 20, 20, 20, 20, 20, 20];
        Assert.Equal(20 + (10 / ((1 - Math.Pow(0.9, 7)) / 0.1)), RunningMean.StartWeighted(week, 0.9), 1e-9);
    }
}
