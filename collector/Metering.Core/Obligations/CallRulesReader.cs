using System.Text.Json;
using Metering.Core.Languages;

namespace Metering.Core.Obligations;

/// <summary>
/// Reads a rules file. Anything unknown or missing in it is an error that names its place: a misspelt threshold must not
/// vanish, whoever wrote it.
/// </summary>
internal static class CallRulesReader
{
    /// <exception cref="FormatException">Not a rules file: where and why.</exception>
    public static CallRules Read(JsonElement root)
    {
        Demand(root, JsonValueKind.Object, "the file");
        const string place = "the call";
        Known(root, place,
            "key", "title", "issuer", "source", "territory", "mentions", "sheets", "categories", "requirements", "priorities", "scoring", "warnings");
        var key = Text(root, "key", place);
        if (key.Length is 0 or > CallRules.KeyLengthMax || !key.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new FormatException($"key '{key}' is no name; allowed are lower-case letters, digits and hyphens, at most {CallRules.KeyLengthMax}.");
        }

        var call = new CallRules
        {
            Key = key,
            Title = Both(root, "title", place),
            Issuer = Text(root, "issuer", place),
            Source = Text(root, "source", place),
            Territory = Text(root, "territory", place),
            Mentions = Both(root, "mentions", place),
            Categories = [.. Items(root, "categories", place).Select(Category)],
            Requirements = [.. Items(root, "requirements", place).Select(Requirement)],
            Warnings = Optional(root, "warnings") is null ? [] : [.. Items(root, "warnings", place).Select(Warning)],
            Priorities = Optional(root, "priorities") is null ? [] : [.. Items(root, "priorities", place).Select(Priority)],
            Sheets = Optional(root, "sheets") is null ? [] : [.. Items(root, "sheets", place).Select(Sheet)],
            Scoring = Optional(root, "scoring") is { } scoring ? Scoring(scoring) : null,
        };
        Check(call);
        return call;
    }

    private static void Check(CallRules call)
    {
        var twice = call.Requirements.GroupBy(r => r.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new FormatException($"requirement '{twice.Key}' is there twice.");
        }

        foreach (var (owner, category) in call.Requirements.SelectMany(r => r.Categories.Select(c => ($"requirement '{r.Id}'", c)))
            .Concat(call.Sheets.SelectMany(s => s.Categories.Select(c => ($"sheet '{s.Key}'", c)))))
        {
            if (call.Categories.All(c => c.Key != category))
            {
                throw new FormatException($"{owner}: category '{category}' is not known; the call has {string.Join(", ", call.Categories.Select(c => c.Key))}.");
            }
        }
    }

    private static CallCategory Category(JsonElement c)
    {
        var place = "category '" + Text(c, "key", "a category") + "'";
        Known(c, place, "key", "title", "airConditioned", "newBuilding", "floorAreaBelowM2");
        return new(
            Text(c, "key", place), Both(c, "title", place), Optional(c, "airConditioned") is { } cooled ? Bool(cooled, "airConditioned", place) : null,
            Bool(Member(c, "newBuilding", place), "newBuilding", place), Optional(c, "floorAreaBelowM2") is { } area ? Number(area, "floorAreaBelowM2", place) : null);
    }

    private static Requirement Requirement(JsonElement r)
    {
        var place = "requirement '" + Text(r, "id", "a requirement") + "'";
        Known(r, place, "id", "clause", "role", "categories", "quantity", "unit", "comparator", "threshold", "thresholdQuantity", "text", "limit");
        var read = new Requirement
        {
            Id = Text(r, "id", place),
            Clause = Text(r, "clause", place),
            Role = Role(Text(r, "role", place), place),
            Categories = Texts(r, "categories", place),
            Text = Both(r, "text", place),
            Limit = Optional(r, "limit") is null ? null : Both(r, "limit", place),
            Quantity = Optional(r, "quantity") is null ? null : Text(r, "quantity", place),
            Unit = Optional(r, "unit") is null ? "" : Text(r, "unit", place),
            Comparator = Optional(r, "comparator") is null ? null : Compare(Text(r, "comparator", place), place),
            Threshold = Optional(r, "threshold") is { } threshold ? Number(threshold, "threshold", place) : null,
            ThresholdQuantity = Optional(r, "thresholdQuantity") is null ? null : Text(r, "thresholdQuantity", place),
        };
        var thresholds = (read.Threshold is null ? 0 : 1) + (read.ThresholdQuantity is null ? 0 : 1);
        return thresholds == (read.Quantity is null ? 0 : 1) && read.Comparator is null == read.Quantity is null
            ? read
            : throw new FormatException($"{place}: a quantity goes with a comparator and one of threshold and thresholdQuantity; a document with none of them.");
    }

    private static CallWarning Warning(JsonElement w)
    {
        const string place = "a warning";
        Known(w, place, "code", "clause", "text");
        return new(Text(w, "code", place), Text(w, "clause", place), Both(w, "text", place));
    }

    private static CallPriority Priority(JsonElement p)
    {
        const string place = "a priority";
        Known(p, place, "labels", "key", "text");
        return new(Text(p, "labels", place), Text(p, "key", place), Both(p, "text", place));
    }

    private static CallSheet Sheet(JsonElement s)
    {
        const string place = "a sheet";
        Known(s, place, "key", "clause", "categories");
        var key = Text(s, "key", place);
        return CallSheet.Keys.Contains(key)
            ? new(key, Text(s, "clause", place), Texts(s, "categories", place))
            : throw new FormatException($"sheet '{key}' is not known; allowed are {string.Join(", ", CallSheet.Keys)}.");
    }

    private static CallScoring Scoring(JsonElement s)
    {
        const string place = "scoring";
        Known(s, place, "clause", "points", "pointsEachOfTwo");
        return new(Text(s, "clause", place), Number(Member(s, "points", place), "points", place), Number(Member(s, "pointsEachOfTwo", place), "pointsEachOfTwo", place));
    }

    private static RequirementRole Role(string role, string place) => role switch
    {
        "measure" => RequirementRole.Measure,
        "verify" => RequirementRole.Verify,
        "verify-and-measure" => RequirementRole.VerifyAndMeasure,
        "administrative" => RequirementRole.Administrative,
        _ => throw new FormatException($"{place}: role '{role}' is not known; allowed are measure, verify, verify-and-measure, administrative."),
    };

    private static Comparator Compare(string comparator, string place) => comparator switch
    {
        "<=" => Comparator.AtMost,
        ">=" => Comparator.AtLeast,
        "<" => Comparator.Below,
        "==" => Comparator.Equal,
        _ => throw new FormatException($"{place}: comparator '{comparator}' is not known; allowed are <=, >=, < and ==."),
    };

    private static BilingualText Both(JsonElement element, string key, string place)
    {
        var text = Member(element, key, place);
        Demand(text, JsonValueKind.Object, $"{place}: {key}");
        return new(Text(text, "fr", $"{place}: {key}"), Text(text, "en", $"{place}: {key}"));
    }

    private static string Text(JsonElement element, string key, string place)
    {
        var value = Member(element, key, place);
        Demand(value, JsonValueKind.String, $"{place}: {key}");
        return value.GetString()!;
    }

    private static IReadOnlyList<string> Texts(JsonElement element, string key, string place) => [.. Items(element, key, place).Select(item =>
    {
        Demand(item, JsonValueKind.String, $"{place}: an entry of {key}");
        return item.GetString()!;
    })];

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string key, string place)
    {
        var list = Member(element, key, place);
        Demand(list, JsonValueKind.Array, $"{place}: {key}");
        return list.EnumerateArray();
    }

    private static bool Bool(JsonElement value, string key, string place) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new FormatException($"{place}: {key} is {value.GetRawText()}; allowed are true and false."),
    };

    private static double Number(JsonElement value, string key, string place) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw new FormatException($"{place}: {key} is {value.GetRawText()}; a number is needed.");

    private static JsonElement Member(JsonElement element, string key, string place)
    {
        Demand(element, JsonValueKind.Object, place);
        return element.TryGetProperty(key, out var value) ? value : throw new FormatException($"{place} lacks '{key}'.");
    }

    private static JsonElement? Optional(JsonElement element, string key) =>
        element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static void Known(JsonElement element, string place, params ReadOnlySpan<string> names)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Contains(member.Name))
            {
                throw new FormatException($"{place} has an unknown member '{member.Name}'; allowed are {string.Join(", ", names.ToArray())}.");
            }
        }
    }

    private static void Demand(JsonElement element, JsonValueKind kind, string place)
    {
        if (element.ValueKind != kind)
        {
            throw new FormatException($"{place} is {element.ValueKind}; {kind} is needed.");
        }
    }
}
