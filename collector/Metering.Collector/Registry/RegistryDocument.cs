using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Metering.Core.Registry;
using YamlDotNet.Core;

namespace Metering.Collector.Registry;

/// <summary>Form of a registry document.</summary>
public enum RegistryFormat
{
    Yaml = 0,
    Json = 1,
}

/// <summary>
/// The registry as one document that a person can edit: YAML, or JSON of the same structure. What is written reads back
/// as the same registry; an unknown key is an error and not a silence.
/// </summary>
public static class RegistryDocument
{
    /// <summary>Characters of a document that is read.</summary>
    public const int CharactersMax = 64 * 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        Converters = { new JsonStringEnumConverter(), new TextBooleanConverter() },
    };

    /// <summary>The format that a file's name says; JSON for .json, else YAML.</summary>
    public static RegistryFormat FormatOf(string file) =>
        Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase) ? RegistryFormat.Json : RegistryFormat.Yaml;

    public static string Write(RegistrySnapshot registry, RegistryFormat format)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return format == RegistryFormat.Json
            ? JsonSerializer.Serialize(registry, Json) + "\n"
            : YamlTree.Write(JsonSerializer.SerializeToNode(registry, Json)!);
    }

    /// <summary>Reads and checks a document.</summary>
    /// <exception cref="FormatException">Not readable, or not usable: every problem, one a line.</exception>
    public static RegistrySnapshot Read(string text, RegistryFormat format)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > CharactersMax)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The document has {text.Length} characters; at most {CharactersMax} are allowed."));
        }

        RegistrySnapshot registry;
        try
        {
            registry = ReadTree<RegistrySnapshot>(text, format) ?? new RegistrySnapshot();
        }
        catch (JsonException fault)
        {
            throw new FormatException(fault.Message, fault);
        }
        catch (YamlException fault)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {fault.Start.Line}, column {fault.Start.Column}: {fault.Message}"), fault);
        }

        var problems = RegistryRules.Check(registry);
        return problems.Count == 0 ? registry : throw new FormatException(string.Join('\n', problems));
    }

    /// <summary>Any document of this program that a person writes: unknown keys are errors, YAML scalars fit where they belong.</summary>
    /// <exception cref="JsonException">The structure is wrong.</exception>
    /// <exception cref="YamlException">Not YAML.</exception>
    internal static T? ReadTree<T>(string text, RegistryFormat format) =>
        (format == RegistryFormat.Json ? JsonNode.Parse(text) : YamlTree.Read(text)).Deserialize<T>(Json);

    /// <summary>What a new registry changes of an old one, by collection.</summary>
    public static IReadOnlyList<RegistryChange> Compare(RegistrySnapshot from, RegistrySnapshot to)
    {
        var before = JsonSerializer.SerializeToNode(from, Json)!.AsObject();
        var after = JsonSerializer.SerializeToNode(to, Json)!.AsObject();
        var changes = new List<RegistryChange>();
        foreach (var (name, list) in after)
        {
            var old = Entries(before[name]!.AsArray());
            var now = Entries(list!.AsArray());
            var change = new RegistryChange(
                name,
                now.Keys.Count(key => !old.ContainsKey(key)),
                now.Count(entry => old.TryGetValue(entry.Key, out var was) && was != entry.Value),
                old.Keys.Count(key => !now.ContainsKey(key)));
            if (change is not { Added: 0, Changed: 0, Removed: 0 })
            {
                changes.Add(change);
            }
        }

        return changes;
    }

    /// <summary>Entries by what identifies them, or by all they hold where nothing does.</summary>
    private static Dictionary<string, string> Entries(JsonArray list)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in list)
        {
            var text = entry!.ToJsonString(Json);
            var id = entry["id"] ?? (entry["role"] is null ? null : entry["name"]);
            var key = id?.GetValue<string>() ?? text;
            while (!entries.TryAdd(key, text))
            {
                key += "'"; // the same entry twice, such as two invoices alike
            }
        }

        return entries;
    }

    /// <summary>YAML scalars arrive as text, <c>true</c> too.</summary>
    private sealed class TextBooleanConverter : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.String when bool.TryParse(reader.GetString(), out var value) => value,
            _ => throw new JsonException("true or false is expected."),
        };

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }
}

/// <summary>How many entries of one collection a new registry adds, changes and removes.</summary>
public sealed record RegistryChange(string Collection, int Added, int Changed, int Removed);
