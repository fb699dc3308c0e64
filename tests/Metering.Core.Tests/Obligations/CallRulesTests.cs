using Metering.Core.Obligations;

namespace Metering.Core.Tests.Obligations;

public sealed class CallRulesTests
{
    [Fact]
    public void Five_calls_are_known_and_every_sentence_exists_in_both_languages()
    {
        Assert.Equal(["guadeloupe", "capi", "fnap", "cd2e", "aula"], CallRules.All.Select(c => c.Key));
        foreach (var call in CallRules.All)
        {
            Assert.NotEmpty(call.Mentions.French);
            Assert.NotEmpty(call.Mentions.English);
            Assert.NotEmpty(call.Warnings);
            Assert.All(call.Warnings, w => Assert.True(w.Text.French.Length > 10 && w.Text.English.Length > 10, w.Code));
            Assert.Equal(call.Requirements.Count, call.Requirements.DistinctBy(r => r.Id).Count());
            foreach (var requirement in call.Requirements)
            {
                Assert.StartsWith(call.Key + ".", requirement.Id, StringComparison.Ordinal);
                Assert.NotEmpty(requirement.Clause);
                Assert.NotEmpty(requirement.Text.French);
                Assert.NotEmpty(requirement.Text.English);
                Assert.All(requirement.Categories, c => Assert.Contains(call.Categories, k => k.Key == c));
                // A quantity comes with a comparator and exactly one threshold; a document with none.
                var thresholds = (requirement.Threshold is null ? 0 : 1) + (requirement.ThresholdQuantity is null ? 0 : 1);
                Assert.Equal(requirement.Quantity is null ? 0 : 1, thresholds);
                Assert.Equal(requirement.Quantity is null, requirement.Comparator is null);
            }
        }
    }

    [Theory]
    // Thresholds as the calls print them.
    [InlineData("guadeloupe", "guadeloupe.ict", 0.9)]
    [InlineData("guadeloupe", "guadeloupe.bbio", 0.8)]
    [InlineData("guadeloupe", "guadeloupe.savings", 30)]
    [InlineData("guadeloupe", "guadeloupe.submetering", 10)]
    [InlineData("capi", "capi.cep-bbc", 150)]
    [InlineData("capi", "capi.cep-hpe", 180)]
    [InlineData("capi", "capi.savings", 35)]
    [InlineData("capi", "capi.follow-up", 24)]
    [InlineData("capi", "capi.arra-before", 12)]
    [InlineData("fnap", "fnap.age", 15)]
    public void Thresholds_are_those_of_the_text(string call, string requirement, double threshold) =>
        Assert.Equal(threshold, Assert.Single(CallRules.Get(call).Requirements, r => r.Id == requirement).Threshold);

    [Fact]
    public void An_unknown_call_or_category_is_refused_with_what_is_allowed()
    {
        Assert.Null(CallRules.Find(null));
        Assert.Contains("capi", Assert.Throws<ArgumentException>(() => CallRules.Get("isere")).Message, StringComparison.Ordinal);
        Assert.Contains("bepos", Assert.Throws<ArgumentException>(() => CallRules.Get("guadeloupe").For("commerce")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('G', "short")]
    [InlineData('f', "short")]
    [InlineData('E', "medium")]
    [InlineData('D', "long")]
    [InlineData('C', "long")]
    [InlineData('B', null)]
    public void CD2E_ranks_by_label(char label, string? expected) =>
        Assert.Equal(expected, CallRules.Get("cd2e").PriorityOf(label)?.Key);
}
