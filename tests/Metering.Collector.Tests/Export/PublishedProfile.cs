using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Metering.Collector.Tests.Export;

/// <summary>
/// JSON Schema draft 4 as far as the published Frictionless profiles use it: type, required, properties, items, enum, oneOf, anyOf,
/// pattern, minItems, uniqueItems, format. Any other word that constrains is an error, so that nothing is passed over.
/// </summary>
internal static class PublishedProfile
{
    private static readonly HashSet<string> Annotations =
        ["$schema", "title", "description", "examples", "context", "default", "propertyOrder", "options", "hidden", "notes"];

    /// <summary>Every violation with its place; empty: valid.</summary>
    public static List<string> Check(JsonElement schema, JsonElement value, string place = "$")
    {
        var errors = new List<string>();
        foreach (var word in schema.EnumerateObject())
        {
            switch (word.Name)
            {
                case "type":
                    Demand(IsOf(word.Value.GetString()!, value), "is no " + word.Value.GetString());
                    break;
                case "required" when value.ValueKind == JsonValueKind.Object:
                    foreach (var name in word.Value.EnumerateArray())
                    {
                        Demand(value.TryGetProperty(name.GetString()!, out _), "lacks " + name.GetString());
                    }

                    break;
                case "properties" when value.ValueKind == JsonValueKind.Object:
                    foreach (var property in word.Value.EnumerateObject())
                    {
                        if (value.TryGetProperty(property.Name, out var member))
                        {
                            errors.AddRange(Check(property.Value, member, place + "." + property.Name));
                        }
                    }

                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                    errors.AddRange(value.EnumerateArray().SelectMany((item, i) => Check(word.Value, item, place + "[" + i.ToString(CultureInfo.InvariantCulture) + "]")));
                    break;
                case "enum":
                    Demand(word.Value.EnumerateArray().Any(e => e.GetRawText() == value.GetRawText()), "is not one of " + word.Value.GetRawText());
                    break;
                case "oneOf":
                    Demand(word.Value.EnumerateArray().Count(s => Check(s, value).Count == 0) == 1, "keeps not exactly one of oneOf");
                    break;
                case "anyOf":
                    Demand(word.Value.EnumerateArray().Any(s => Check(s, value).Count == 0), "keeps none of anyOf");
                    break;
                case "pattern" when value.ValueKind == JsonValueKind.String:
                    Demand(Regex.IsMatch(value.GetString()!, word.Value.GetString()!), "does not match " + word.Value.GetString());
                    break;
                case "minItems" when value.ValueKind == JsonValueKind.Array:
                    Demand(value.GetArrayLength() >= word.Value.GetInt32(), "has too few items");
                    break;
                case "uniqueItems" when value.ValueKind == JsonValueKind.Array:
                    Demand(value.EnumerateArray().Select(i => i.GetRawText()).Distinct().Count() == value.GetArrayLength(), "has an item twice");
                    break;
                case "format" when value.ValueKind == JsonValueKind.String:
                    Demand(word.Value.GetString() != "date-time" || DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, out _), "is no date-time");
                    break;
                case "required" or "properties" or "items" or "pattern" or "minItems" or "uniqueItems" or "format":
                    break;
                default:
                    Demand(Annotations.Contains(word.Name), "is constrained by '" + word.Name + "', which is not known here");
                    break;
            }
        }

        return errors;

        void Demand(bool kept, string problem)
        {
            if (!kept)
            {
                errors.Add(place + " " + problem);
            }
        }
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown type."),
    };
}
