using Metering.Core.Obligations;

namespace Metering.Core.Tests.Obligations;

public sealed class RequirementCheckTests
{
    private static readonly IReadOnlyDictionary<string, RequirementValue> NothingMeasured = new Dictionary<string, RequirementValue>();
    private static readonly IReadOnlyDictionary<string, double> NothingCalculated = new Dictionary<string, double>();

    [Theory]
    [InlineData(0.90, RequirementVerdict.Met)]
    [InlineData(0.901, RequirementVerdict.NotMet)]
    public void Confort_plus_needs_nine_tenths_of_the_reference_ICT(double ratio, RequirementVerdict expected)
    {
        var outcome = Of("guadeloupe", "confort-plus", "guadeloupe.ict", ("ict-ratio", ratio));
        Assert.Equal(expected, outcome.CalculatedVerdict);
        Assert.Equal(RequirementVerdict.Inconclusive, outcome.MeasuredVerdict);
    }

    [Theory]
    [InlineData(40, 5, RequirementVerdict.Met)]
    [InlineData(32, 5, RequirementVerdict.Compatible)]
    [InlineData(28, 5, RequirementVerdict.Compatible)]
    [InlineData(20, 5, RequirementVerdict.NotMet)]
    [InlineData(double.NaN, 5, RequirementVerdict.Inconclusive)]
    public void Measured_savings_are_judged_with_their_interval(double savings, double half, RequirementVerdict expected)
    {
        var measured = new Dictionary<string, RequirementValue> { ["savings-pct"] = new(savings, half) };
        var outcome = RequirementCheck.Evaluate(CallRules.Get("guadeloupe"), "renovation", NothingCalculated, measured)
            .Single(o => o.Requirement.Id == "guadeloupe.savings");
        Assert.Equal(expected, outcome.MeasuredVerdict);
        Assert.Equal(RequirementVerdict.Inconclusive, outcome.CalculatedVerdict);
    }

    [Theory]
    // 35 % and 150 coincide at a Cep of 230.77 before the works, 35 % and 180 at 276.92.
    [InlineData("standard", "capi.cep-bbc", 230.77, 150)]
    [InlineData("direct-electric", "capi.cep-hpe", 276.92, 180)]
    public void CAPI_thresholds_coincide_at_the_computed_consumptions(string category, string cep, double before, double after)
    {
        foreach (var (change, savings) in new[] { (-0.1, RequirementVerdict.Met), (0.1, RequirementVerdict.NotMet) })
        {
            var values = RegulatoryQuantities.Complete(
                new Dictionary<string, double> { ["cep-before"] = before, ["cep-after"] = after + change });
            var outcomes = RequirementCheck.Evaluate(CallRules.Get("capi"), category, values, NothingMeasured);
            Assert.Equal(savings, outcomes.Single(o => o.Requirement.Id == "capi.savings").CalculatedVerdict);
            Assert.Equal(savings, outcomes.Single(o => o.Requirement.Id == cep).CalculatedVerdict);
        }

        Assert.Equal(35, RegulatoryQuantities.GainPct(before, after)!.Value, 0.002);
    }

    [Fact]
    public void Direct_electric_heating_has_its_own_limit_and_not_the_other() =>
        Assert.DoesNotContain(CallRules.Get("capi").For("direct-electric"), r => r.Id == "capi.cep-bbc");

    [Fact]
    public void FNAP_accepts_F_to_C_in_the_metropolis_without_more_emissions()
    {
        var row = Row();
        var values = new Dictionary<string, double>(row.Quantities()) { ["overseas"] = 0, ["approval-age-years"] = 30 };
        var outcomes = RequirementCheck.Evaluate(CallRules.Get("fnap"), "thermal-renovation", values, NothingMeasured);
        Assert.All(
            outcomes.Where(o => o.Requirement.Quantity is not null),
            o => Assert.Equal(RequirementVerdict.Met, o.CalculatedVerdict));
        Assert.Equal(
            ["fnap.audit", "fnap.siap"],
            outcomes.Where(o => o.CalculatedVerdict == RequirementVerdict.ByDocument).Select(o => o.Requirement.Id));
        Assert.Equal(60, row.GainPct);
        Assert.Contains(row.Location, FnapFollowUp.Locations);
    }

    [Theory]
    [InlineData("fnap.overseas", "overseas", 1)]
    [InlineData("fnap.age", "approval-age-years", 14.9)]
    [InlineData("fnap.dpe-before", "dpe-before", 5)]
    [InlineData("fnap.dpe-after", "dpe-after", 4)]
    [InlineData("fnap.ges", "ges-after", 81)]
    public void FNAP_refuses_on_each_ground_alone(string requirement, string quantity, double value)
    {
        var values = new Dictionary<string, double>(Row().Quantities())
        {
            ["overseas"] = 0, ["approval-age-years"] = 30, [quantity] = value,
        };
        var outcomes = RequirementCheck.Evaluate(CallRules.Get("fnap"), "thermal-renovation", values, NothingMeasured);
        Assert.Equal(
            [requirement],
            outcomes.Where(o => o.CalculatedVerdict == RequirementVerdict.NotMet).Select(o => o.Requirement.Id));
    }

    [Fact]
    public void A_threshold_that_is_itself_unknown_leads_to_no_conclusion()
    {
        var outcome = Of("fnap", "thermal-renovation", "fnap.ges", ("ges-after", 20));
        Assert.Null(outcome.Threshold);
        Assert.Equal(RequirementVerdict.Inconclusive, outcome.CalculatedVerdict);
    }

    [Fact]
    public void A_sub_meter_of_another_pulse_weight_does_not_comply()
    {
        Assert.Equal(RequirementVerdict.Met, Of("guadeloupe", "bepos", "guadeloupe.submetering", ("pulse-weight-wh", 10)).CalculatedVerdict);
        Assert.Equal(RequirementVerdict.NotMet, Of("guadeloupe", "bepos", "guadeloupe.submetering", ("pulse-weight-wh", 1)).CalculatedVerdict);
    }

    [Fact]
    public void Labels_are_compared_as_numbers()
    {
        Assert.Equal([1, 2, 7], new[] { 'A', 'b', 'G' }.Select(RequirementCheck.ClassNumber));
        Assert.Throws<ArgumentOutOfRangeException>(() => RequirementCheck.ClassNumber('H'));
    }

    private static FnapFollowUp Row() => new()
    {
        Landlord = "Bailleur", DwellingsBefore = 20, DwellingsAfter = 20, LivingAreaAfterM2 = 1200, CostEur = 900_000,
        StateAidEur = 80_000, DpeBefore = 'F', CepBefore = 400, DpeDate = new DateOnly(2023, 5, 1), DpeAfter = 'C', CepAfter = 160,
        GesBefore = 80, GesAfter = 28, Location = "QPV-PRIR",
    };

    private static RequirementOutcome Of(string call, string category, string requirement, params (string Key, double Value)[] values) =>
        RequirementCheck.Evaluate(CallRules.Get(call), category, values.ToDictionary(v => v.Key, v => v.Value), NothingMeasured)
            .Single(o => o.Requirement.Id == requirement);
}
