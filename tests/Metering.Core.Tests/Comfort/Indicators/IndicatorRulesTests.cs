using Metering.Core.Comfort.Durations;
using Metering.Core.Comfort.Indicators;
using Metering.Core.Languages;
using Metering.Core.Registry;

namespace Metering.Core.Tests.Comfort.Indicators;

public sealed class IndicatorRulesTests
{
    [Theory]
    [InlineData(BuildingUse.NaturallyVentilatedTropicalDwelling, null, ComfortIndicator.GivoniZones, IndicatorRole.Primary)]
    [InlineData(BuildingUse.NaturallyVentilatedTropicalDwelling, null, ComfortIndicator.CocoLimits, IndicatorRole.Primary)]
    [InlineData(BuildingUse.NaturallyVentilatedTropicalDwelling, null, ComfortIndicator.AdaptiveAshrae55, IndicatorRole.Secondary)]
    [InlineData(BuildingUse.NaturallyVentilatedTropicalDwelling, null, ComfortIndicator.PmvPpd, IndicatorRole.Avoid)]
    [InlineData(BuildingUse.AirConditionedOffice, null, ComfortIndicator.PmvPpd, IndicatorRole.Primary)]
    [InlineData(BuildingUse.AirConditionedOffice, null, ComfortIndicator.Overcooling, IndicatorRole.Primary)]
    [InlineData(BuildingUse.AirConditionedOffice, null, ComfortIndicator.AdaptiveEn16798, IndicatorRole.Avoid)]
    [InlineData(BuildingUse.AirConditionedDwelling, true, ComfortIndicator.PmvPpd, IndicatorRole.Primary)]
    [InlineData(BuildingUse.AirConditionedDwelling, false, ComfortIndicator.GivoniZones, IndicatorRole.Primary)]
    [InlineData(BuildingUse.AirConditionedDwelling, null, ComfortIndicator.DiscomfortRate, IndicatorRole.Avoid)]
    [InlineData(BuildingUse.MetropolitanDwelling, null, ComfortIndicator.AdaptiveEn16798, IndicatorRole.Primary)]
    [InlineData(BuildingUse.MetropolitanDwelling, null, ComfortIndicator.ColdHours, IndicatorRole.Primary)]
    [InlineData(BuildingUse.MetropolitanDwelling, null, ComfortIndicator.GivoniZones, IndicatorRole.Avoid)]
    public void Each_building_gets_the_indicators_that_suit_it(
        BuildingUse use, bool? coolingOn, ComfortIndicator indicator, IndicatorRole role) =>
        Assert.Equal(role, Assert.Single(IndicatorRules.For(use, coolingOn), c => c.Indicator == indicator).Role);

    [Fact]
    public void Every_avoided_indicator_says_why_in_both_languages_and_nothing_else_does()
    {
        foreach (var use in Enum.GetValues<BuildingUse>())
        {
            foreach (bool? on in new bool?[] { null, true, false })
            {
                var choices = IndicatorRules.For(use, on);
                Assert.Equal(choices.Count, choices.DistinctBy(c => c.Indicator).Count());
                foreach (var choice in choices)
                {
                    Assert.Equal(choice.Role == IndicatorRole.Avoid, choice.Reason is not null);
                    Assert.NotEqual("", ComfortIndicators.Name(choice.Indicator).French);
                    if (choice.Reason is not null)
                    {
                        Assert.StartsWith("Non applicable", choice.Reason.Sentence(Language.French, double.NaN), StringComparison.Ordinal);
                        Assert.StartsWith("Not applicable", choice.Reason.Sentence(Language.English, double.NaN), StringComparison.Ordinal);
                    }
                }
            }
        }
    }

    [Fact]
    public void RE2020_is_refused_overseas() =>
        Assert.Same(
            Re2020DegreeHours.MetropolitanOnly,
            IndicatorRules.Refusal(ComfortIndicator.Re2020DegreeHours, BuildingUse.NaturallyVentilatedTropicalDwelling));

    [Fact]
    public void Every_indicator_has_a_name() =>
        Assert.All(Enum.GetValues<ComfortIndicator>(), i => Assert.NotEmpty(ComfortIndicators.Name(i).In(Language.English)));
}
