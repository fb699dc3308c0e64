using Metering.Core.Comfort.HeatBalance;

namespace Metering.Core.Tests.Comfort.HeatBalance;

public sealed class ConditionedRangesTests
{
    [Theory]
    // ISO 7730:2005, annex A, offices: 24.5 °C ± 1, 1.5, 2.5 in summer, 22 °C ± 1, 2, 3 in winter.
    [InlineData(ThermalCategory.I, 24.5, 1.0, 22, 1)]
    [InlineData(ThermalCategory.II, 24.5, 1.5, 22, 2)]
    [InlineData(ThermalCategory.III, 24.5, 2.5, 22, 3)]
    public void The_ranges_of_I_to_III_are_those_of_ISO_7730(
        ThermalCategory category, double summer, double halfSummer, double winter, double halfWinter)
    {
        Assert.Equal(new DesignRange(summer - halfSummer, summer + halfSummer), ConditionedRanges.Temperature(category, ConditioningSeason.Cooling));
        Assert.Equal(new DesignRange(winter - halfWinter, winter + halfWinter), ConditionedRanges.Temperature(category, ConditioningSeason.Heating));
        Assert.Equal(
            new DesignRange(winter - halfWinter, summer + halfSummer), ConditionedRanges.Temperature(category, ConditioningSeason.Between));
    }

    [Theory]
    // Seated work, 1.2 met, 50 %: the ends of a range are about where the vote leaves the category (0.5 clo, 1.0 clo).
    [InlineData(ThermalCategory.I)]
    [InlineData(ThermalCategory.II)]
    [InlineData(ThermalCategory.III)]
    [InlineData(ThermalCategory.IV)]
    public void The_ends_of_a_range_have_about_the_vote_of_its_category(ThermalCategory category)
    {
        var bound = ThermalCategories.VoteBound(category);
        var cooling = ConditionedRanges.Temperature(category, ConditioningSeason.Cooling);
        var heating = ConditionedRanges.Temperature(category, ConditioningSeason.Heating);

        foreach (var (t, rh, clo) in new[] { (cooling.Low, 50.0, 0.5), (cooling.High, 50, 0.5), (heating.Low, 40, 1.0), (heating.High, 40, 1.0) })
        {
            // A round range is not exact: within 0.3 of the vote, and of 0.4 for IV.
            Assert.Equal(bound, Math.Abs(Pmv.Equation(t, t, 0.1, rh, 1.2, clo)), category == ThermalCategory.IV ? 0.4 : 0.3);
        }
    }

    [Fact]
    public void A_temperature_has_the_best_category_that_contains_it()
    {
        Assert.Equal(ThermalCategory.I, ConditionedRanges.Of(25.5, ConditioningSeason.Cooling));
        Assert.Equal(ThermalCategory.II, ConditionedRanges.Of(26, ConditioningSeason.Cooling));
        Assert.Equal(ThermalCategory.III, ConditionedRanges.Of(22, ConditioningSeason.Cooling));
        Assert.Equal(ThermalCategory.IV, ConditionedRanges.Of(21, ConditioningSeason.Cooling));
        Assert.Equal(ThermalCategory.None, ConditionedRanges.Of(28.1, ConditioningSeason.Cooling));
        Assert.Equal(ThermalCategory.None, ConditionedRanges.Of(double.NaN, ConditioningSeason.Cooling));
        Assert.Equal(1.5, ConditionedRanges.Temperature(ThermalCategory.II, ConditioningSeason.Cooling).Beyond(27.5), 12);
    }

    [Theory]
    [InlineData(-5, ConditioningSeason.Heating)]
    [InlineData(10, ConditioningSeason.Heating)]
    [InlineData(12, ConditioningSeason.Between)]
    [InlineData(15, ConditioningSeason.Cooling)]
    [InlineData(27, ConditioningSeason.Cooling)]
    public void The_season_follows_the_running_mean(double runningMean, ConditioningSeason season) =>
        Assert.Equal(season, ConditionedRanges.Season(runningMean));

    [Theory]
    [InlineData(ThermalCategory.I, 30, 50)]
    [InlineData(ThermalCategory.II, 25, 60)]
    [InlineData(ThermalCategory.III, 20, 70)]
    public void Humidity_has_design_values_for_three_categories(ThermalCategory category, double low, double high)
    {
        Assert.Equal(new DesignRange(low, high), ConditionedRanges.Humidity(category));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConditionedRanges.Humidity(ThermalCategory.IV));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConditionedRanges.Temperature(ThermalCategory.None, ConditioningSeason.Cooling));
    }
}
