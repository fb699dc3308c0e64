using Metering.Core.Obligations;

namespace Metering.Core.Tests.Obligations;

public sealed class GuadeloupeScoringTests
{
    private static readonly CallRules Call = CallRules.Get("guadeloupe");

    [Fact]
    public void Two_offers_score_as_an_independent_computation_says()
    {
        var scores = GuadeloupeScoring.Score(Call, [
            new Offer { Id = "A", Category = "confort-plus", ExtraCostEur = 40000, StudyCostEur = 5000, FloorAreaM2 = 1000, IctRatio = 0.75 },
            new Offer { Id = "B", Category = "confort-plus", ExtraCostEur = 20000, StudyCostEur = 5000, FloorAreaM2 = 800, IctRatio = 0.85 },
        ]);
        Assert.Equal(33.75, scores[0].Q, 1e-9);
        Assert.Equal(26.5625, scores[1].Q, 1e-9);
        Assert.Equal(47.222, scores[0].Qmde, 0.0005);
        Assert.Equal(60, scores[1].Qmde, 1e-9);
        Assert.All(scores, s => Assert.Empty(s.Warnings));
    }

    [Fact]
    public void Greater_savings_score_less_as_written_and_the_warning_says_so()
    {
        // Same cost of 100 EUR/m²: 30 % gives Q 30 and 60 points, 50 % Q 50 and 36 points.
        var scores = GuadeloupeScoring.Score(Call, [Renovation("30", 30), Renovation("50", 50)]);
        Assert.Equal([30.0, 50], scores.Select(s => s.Q));
        Assert.Equal([60.0, 36], scores.Select(s => s.Qmde));
        Assert.All(scores, s => Assert.Equal("guadeloupe.qrenov", Assert.Single(s.Warnings).Code));
    }

    [Fact]
    public void BePos_shares_its_points_between_ICT_and_BBIO_and_categories_do_not_compete()
    {
        var scores = GuadeloupeScoring.Score(Call, [
            new Offer { Id = "A", Category = "bepos", ExtraCostEur = 10000, StudyCostEur = 0, FloorAreaM2 = 100, IctRatio = 0.5, BbioRatio = 0.8 },
            new Offer { Id = "B", Category = "bepos", ExtraCostEur = 10000, StudyCostEur = 0, FloorAreaM2 = 100, IctRatio = 1.0, BbioRatio = 0.4 },
            new Offer { Id = "C", Category = "energie-plus", ExtraCostEur = 1, StudyCostEur = 0, FloorAreaM2 = 100, BbioRatio = 0.5 },
        ]);
        Assert.Equal(30 + 15, scores[0].Qmde, 1e-9);
        Assert.Equal(15 + 30, scores[1].Qmde, 1e-9);
        Assert.Equal(60, scores[2].Qmde, 1e-9);
    }

    [Theory]
    [InlineData(0, "floor area")]
    [InlineData(100, "ICT ratio")]
    public void An_incomplete_offer_is_refused_by_name(double area, string missing)
    {
        var error = Assert.Throws<ArgumentException>(() => GuadeloupeScoring.Score(Call, [
            new Offer { Id = "X", Category = "confort-plus", ExtraCostEur = 1, StudyCostEur = 1, FloorAreaM2 = area },
        ]));
        Assert.Contains("X", error.Message, StringComparison.Ordinal);
        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => GuadeloupeScoring.Score(Call, [Renovation("x", 30) with { Category = "commerce" }]));
    }

    [Fact]
    public void No_offers_have_no_scores() => Assert.Empty(GuadeloupeScoring.Score(Call, []));

    [Fact]
    public void A_positive_energy_house_has_a_negative_E_prime_and_a_positive_balance()
    {
        var house = new BeposBalance(1500, 600, 200, 100, 3000);
        Assert.Equal(-600, house.EPrime);
        Assert.Equal(600, house.Balance);
        var ordinary = new BeposBalance(1500, 600, 200, 100, 0);
        // As printed (E' >= 0) the ordinary house would pass and the positive-energy house would not.
        Assert.True(ordinary.EPrime >= 0);
        Assert.False(house.EPrime >= 0);
        var requirement = CallRules.Get("guadeloupe").Requirements.Single(r => r.Id == "guadeloupe.bepos-balance");
        Assert.Equal(
            [RequirementVerdict.Met, RequirementVerdict.NotMet],
            new[] { house, ordinary }.Select(h => RequirementCheck.Evaluate(
                    CallRules.Get("guadeloupe"), "bepos", new Dictionary<string, double> { [requirement.Quantity!] = h.Balance },
                    new Dictionary<string, RequirementValue>())
                .Single(o => o.Requirement == requirement).CalculatedVerdict));
        Assert.Contains("E' ≥ 0", Call.Warning("guadeloupe.bepos-sign")!.Text.French, StringComparison.Ordinal);
    }

    private static Offer Renovation(string id, double savings) => new()
    {
        Id = id, Category = "renovation", ExtraCostEur = 90_000, StudyCostEur = 10_000, FloorAreaM2 = 1000, SavingsPct = savings,
    };
}
