using System.Text.Json;
using Metering.Core.Languages;
using Metering.Core.Tables;

namespace Metering.Core.Obligations;

/// <summary>Reads a rules file. Anything unknown in it is an error: a misspelt threshold must not vanish.</summary>
internal static class CallRulesReader
{
    public static CallRules Read(JsonElement root) => new()
    {
        Key = Text(root, "key"),
        Title = EmbeddedTable.Text(root.GetProperty("title")),
        Issuer = Text(root, "issuer"),
        Source = Text(root, "source"),
        Territory = Text(root, "territory"),
        Mentions = EmbeddedTable.Text(root.GetProperty("mentions")),
        Categories = [.. root.GetProperty("categories").EnumerateArray().Select(Category)],
        Requirements = [.. root.GetProperty("requirements").EnumerateArray().Select(Requirement)],
        Warnings = [.. root.GetProperty("warnings").EnumerateArray().Select(w =>
            new CallWarning(Text(w, "code"), Text(w, "clause"), EmbeddedTable.Text(w.GetProperty("text"))))],
        Priorities = root.TryGetProperty("priorities", out var priorities)
            ? [.. priorities.EnumerateArray().Select(p => new CallPriority(Text(p, "labels"), Text(p, "key"), EmbeddedTable.Text(p.GetProperty("text"))))]
            : [],
        Scoring = root.TryGetProperty("scoring", out var s)
            ? new(Text(s, "clause"), s.GetProperty("points").GetDouble(), s.GetProperty("pointsEachOfTwo").GetDouble())
            : null,
    };

    private static CallCategory Category(JsonElement c)
    {
        var cooled = c.GetProperty("airConditioned");
        return new(
            Text(c, "key"), EmbeddedTable.Text(c.GetProperty("title")),
            cooled.ValueKind == JsonValueKind.Null ? null : cooled.GetBoolean(), c.GetProperty("newBuilding").GetBoolean());
    }

    private static Requirement Requirement(JsonElement r)
    {
        var known = new HashSet<string>(StringComparer.Ordinal)
        {
            "id", "clause", "role", "categories", "quantity", "unit", "comparator", "threshold", "thresholdQuantity", "text", "limit",
        };
        var unknown = r.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => !known.Contains(n));
        if (unknown is not null)
        {
            throw new InvalidOperationException($"Requirement '{Text(r, "id")}' has an unknown member '{unknown}'.");
        }

        return new Requirement
        {
            Id = Text(r, "id"),
            Clause = Text(r, "clause"),
            Role = Role(Text(r, "role")),
            Categories = [.. r.GetProperty("categories").EnumerateArray().Select(c => c.GetString()!)],
            Text = EmbeddedTable.Text(r.GetProperty("text")),
            Limit = r.TryGetProperty("limit", out var limit) ? EmbeddedTable.Text(limit) : (BilingualText?)null,
            Quantity = Optional(r, "quantity"),
            Unit = Optional(r, "unit") ?? "",
            Comparator = Optional(r, "comparator") is { } comparator ? Compare(comparator) : null,
            Threshold = r.TryGetProperty("threshold", out var threshold) ? threshold.GetDouble() : null,
            ThresholdQuantity = Optional(r, "thresholdQuantity"),
        };
    }

    private static RequirementRole Role(string role) => role switch
    {
        "measure" => RequirementRole.Measure,
        "verify" => RequirementRole.Verify,
        "verify-and-measure" => RequirementRole.VerifyAndMeasure,
        "administrative" => RequirementRole.Administrative,
        _ => throw new InvalidOperationException($"Role '{role}' is not known."),
    };

    private static Comparator Compare(string comparator) => comparator switch
    {
        "<=" => Comparator.AtMost,
        ">=" => Comparator.AtLeast,
        "<" => Comparator.Below,
        "==" => Comparator.Equal,
        _ => throw new InvalidOperationException($"Comparator '{comparator}' is not known; allowed are <=, >=, < and ==."),
    };

    private static string Text(JsonElement element, string key) => element.GetProperty(key).GetString()!;

    private static string? Optional(JsonElement element, string key) =>
        element.TryGetProperty(key, out var value) ? value.GetString() : null;
}
