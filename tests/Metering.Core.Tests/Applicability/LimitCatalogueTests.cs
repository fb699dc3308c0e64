using System.Reflection;
using Metering.Core.Applicability;
using Metering.Core.Languages;

namespace Metering.Core.Tests.Applicability;

/// <summary>Every limit and rule of the models, found in the assembly: one constant a limit, with its clause.</summary>
public sealed class LimitCatalogueTests
{
    private static readonly IReadOnlyList<(string Where, Inapplicability Reason)> All =
    [
        .. typeof(Inapplicability).Assembly.GetTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(p => typeof(Inapplicability).IsAssignableFrom(p.PropertyType))
                .Select(p => ($"{type.Name}.{p.Name}", (Inapplicability)p.GetValue(null)!))),
    ];

    [Fact]
    public void Every_limit_has_a_code_of_its_own_a_source_and_a_sentence_in_both_languages()
    {
        Assert.True(All.Count >= 30, $"only {All.Count} limits were found");
        Assert.Equal(All.Count, All.DistinctBy(l => l.Reason.Code).Count());
        foreach (var (where, reason) in All)
        {
            Assert.True(reason.Source.Length > 3, where);
            Assert.Matches("^[a-z0-9]+([-.][a-z0-9]+)+$", reason.Code);
            var french = reason.Sentence(Language.French, 99.5);
            var english = reason.Sentence(Language.English, 99.5);
            Assert.StartsWith("Non applicable\u00A0: ", french, StringComparison.Ordinal);
            Assert.StartsWith("Not applicable: ", english, StringComparison.Ordinal);
            Assert.EndsWith($"({reason.Source}).", french, StringComparison.Ordinal);
            Assert.NotEqual(french, english);
        }
    }

    [Fact]
    public void Every_range_includes_its_ends_and_excludes_what_was_not_measured()
    {
        foreach (var (where, reason) in All.Where(l => l.Reason is ValidityLimit))
        {
            var limit = (ValidityLimit)reason;
            Assert.True(limit.Contains(limit.Minimum) && limit.Contains(limit.Maximum), where);
            Assert.False(limit.Contains(Math.BitDecrement(limit.Minimum)), where);
            Assert.False(limit.Contains(Math.BitIncrement(limit.Maximum)), where);
            Assert.False(limit.Contains(double.NaN), where);
            Assert.Contains("non mesuré", limit.Sentence(Language.French, double.NaN), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_value_that_is_not_applicable_holds_no_number()
    {
        var limit = new ValidityLimit("test.limit", new("grandeur", "quantity"), "u", 0, 1, "this test");
        var refused = ModelValue.NotApplicable(limit, 2);
        Assert.False(refused.IsApplicable);
        Assert.False(refused.TryGetValue(out var number));
        Assert.True(double.IsNaN(number));
        Assert.Throws<InvalidOperationException>(() => refused.Value);
        Assert.Equal("Not applicable: quantity 2 u, outside the range 0 to 1 u (this test).", refused.ToString());

        var given = ModelValue.Of(0.25);
        Assert.Equal("", given.Sentence(Language.French));
        Assert.Null(given.Reason);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ValidityLimit("x.y", default, "", 1, 0, ""));
    }
}
