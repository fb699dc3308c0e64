using Metering.Core.Applicability;
using Metering.Core.Comfort;
using Metering.Core.Comfort.Durations;
using Metering.Core.Comfort.HeatBalance;
using Metering.Core.Comfort.Mould;

namespace Metering.Core.Tests.Comfort.Durations;

public sealed class CoolingAndSummerTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Cooling_at_26_degrees_or_below_and_overcooling_are_counted_apart()
    {
        CooledSample[] samples =
        [
            new(new(27, 60, Hour), true), new(new(26, 60, Hour), true), new(new(23, 60, Hour), true),
            new(new(23, 60, Hour), false), new(new(30, 60, Hour), null), new(new(double.NaN, 60, Hour), true),
        ];
        var discipline = AirConditioningDiscipline.Count(samples);
        Assert.Equal(3, discipline.CoolingHours);
        Assert.Equal(2, discipline.CoolingBelowLimitHours);
        Assert.Equal(1, discipline.OvercooledHours);
        Assert.Equal(4, discipline.ValidHours);
        Assert.Equal(4, discipline.SampleCount);
    }

    [Theory]
    [InlineData(true, 30, 26)]
    [InlineData(false, 10, 26)]
    [InlineData(false, 24, 26.72)]
    [InlineData(false, 30, 28)]
    [InlineData(false, double.NaN, 26)]
    public void Summer_limit_is_26_by_night_and_adaptive_up_to_28_by_day(bool night, double mean, double expected) =>
        Assert.Equal(expected, Re2020DegreeHours.LimitC(night, mean), 1e-9);

    [Fact]
    public void A_week_two_kelvin_too_hot_is_about_the_comfortable_bound()
    {
        // The regulation's own picture of 350 °C.h: a week at 2 K above, day and night, is 336.
        var counter = new ExceedanceCounter();
        for (var hour = 0; hour < 7 * 24; hour++)
        {
            var night = Re2020DegreeHours.IsNight(new TimeOnly(hour % 24, 0));
            counter.Add(Re2020DegreeHours.LimitC(night, 30) + 2 - Re2020DegreeHours.LimitC(night, 30), Hour);
        }

        var week = counter.Summary(TimeSpan.FromDays(7));
        Assert.Equal(336, week.DegreeHours, 1e-9);
        Assert.InRange(week.DegreeHours, 0.9 * Re2020DegreeHours.ComfortableDegreeHours, Re2020DegreeHours.ComfortableDegreeHours);
    }

    [Fact]
    public void Method_C_weights_an_hour_by_its_dissatisfied()
    {
        // Category II: bound 0.5, PPD 10.2 %; a vote of 1 has PPD 26.1 %.
        Assert.Equal(0, PpdWeightedHours.Weight(0.49, ThermalCategory.II));
        Assert.Equal(26.1 / 10.2, PpdWeightedHours.Weight(-1, ThermalCategory.II), 0.02);
        var counter = new ExceedanceCounter();
        PpdWeightedHours.Add(counter, Vote(1), ThermalCategory.II, Hour);
        PpdWeightedHours.Add(counter, Vote(0), ThermalCategory.II, Hour);
        PpdWeightedHours.Add(counter, new(ModelValue.NotApplicable(PmvLimits.IsoVapourPressure, 2837), default), ThermalCategory.II, Hour);
        var summary = counter.Summary(3 * Hour);
        Assert.Equal(2, summary.ValidHours);
        Assert.Equal(0.5, summary.Share);
        Assert.Equal(26.1 / 10.2, summary.DegreeHours, 0.02);
    }

    [Fact]
    public void Mould_history_holds_its_state_over_gaps_and_counts_them()
    {
        var wet = Enumerable.Repeat(new ClimateSample(25, 97, Hour), 14 * 24);
        var gap = Enumerable.Repeat(new ClimateSample(double.NaN, double.NaN, Hour), 48);
        var history = MouldHistory.Run([.. wet, .. gap], MouldSensitivity.VerySensitive);
        Assert.Equal(2.134, history.Last, 0.0011);
        Assert.Equal(history.Last, history.Highest);
        Assert.Equal(14 * 24, history.ValidHours);
        Assert.Equal(48, history.HeldHours);
    }

    private static PmvResult Vote(double vote) => new(ModelValue.Of(vote), ModelValue.Of(Pmv.Ppd(vote)));
}
