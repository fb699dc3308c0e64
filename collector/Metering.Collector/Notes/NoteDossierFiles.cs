using System.Text.Json;
using System.Text.Json.Serialization;
using Metering.Core.Languages;
using Metering.Core.Notes;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Text;
using Metering.Core.Obligations;

namespace Metering.Collector.Notes;

/// <summary>
/// The dossier of a building in the folder of the store: <c>dossiers/BUILDING.json</c> for facts and
/// <c>dossiers/BUILDING.txt</c> for what people write, or <c>BUILDING.fr.txt</c> and <c>BUILDING.en.txt</c> where they write
/// in both languages. All optional; an unknown word in the first is refused by name.
/// </summary>
public static class NoteDossierFiles
{
    /// <summary>A dossier is written by people; more than this is a mistake.</summary>
    public const long FileBytesMax = 4L << 20;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <exception cref="NoteException">A file cannot be read or is not a dossier: file, line and reason.</exception>
    public static NoteDossier Read(string dataFolder, string buildingId, Language language = Language.French)
    {
        ArgumentNullException.ThrowIfNull(dataFolder);
        ArgumentNullException.ThrowIfNull(buildingId);
        if (buildingId.Length == 0 || buildingId.AsSpan().ContainsAny('/', '\\') || buildingId.Contains("..", StringComparison.Ordinal))
        {
            throw new NoteException($"Building id '{buildingId}' cannot name a dossier.");
        }

        var folder = Path.Combine(dataFolder, "dossiers");
        var facts = Path.Combine(folder, buildingId + ".json");
        var translated = Path.Combine(folder, $"{buildingId}.{language.Code()}.txt");
        var words = File.Exists(translated) ? translated : Path.Combine(folder, buildingId + ".txt");
        var dossier = File.Exists(facts) ? ReadFacts(facts) : NoteDossier.Empty;
        dossier = dossier with { Images = ImageFiles.Read(folder, dossier, facts) };
        return File.Exists(words) ? dossier with { Narrative = NoteNarrative.Read(Load(words), words) } : dossier;
    }

    /// <summary>What people wrote, by chapter; nothing where there is no file.</summary>
    /// <exception cref="NoteException">A chapter that a note does not have, or a file that cannot be read.</exception>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> ReadNarrative(string file) =>
        File.Exists(file) ? NoteNarrative.Read(Load(file), file) : new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Whether somebody has written facts of a building down.</summary>
    public static bool Exists(string dataFolder, string buildingId) => File.Exists(Path.Combine(dataFolder, "dossiers", buildingId + ".json"));

    /// <summary>Writes the facts of a dossier, for tools that prepare one.</summary>
    public static async Task WriteAsync(string dataFolder, string buildingId, NoteDossier dossier, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(dataFolder, "dossiers");
        Directory.CreateDirectory(folder);
        var text = JsonSerializer.Serialize(dossier, Json) + "\n";
        await File.WriteAllTextAsync(Path.Combine(folder, buildingId + ".json"), text, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what people write, in one language.</summary>
    public static Task WriteNarrativeAsync(string dataFolder, string buildingId, string languageCode, string text, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(dataFolder, "dossiers");
        Directory.CreateDirectory(folder);
        return File.WriteAllTextAsync(Path.Combine(folder, $"{buildingId}.{languageCode}.txt"), text + "\n", cancellationToken);
    }

    private static NoteDossier ReadFacts(string file)
    {
        try
        {
            return Checked(JsonSerializer.Deserialize<NoteDossier>(Load(file), Json) ?? NoteDossier.Empty, file);
        }
        catch (JsonException e)
        {
            throw new NoteException($"{file}:{(e.LineNumber ?? 0) + 1}: {e.Message}", e);
        }
    }

    /// <summary>Words that have to be one of a list: a misspelt one would silently count nowhere.</summary>
    private static NoteDossier Checked(NoteDossier dossier, string file)
    {
        Demand("invoices: post", dossier.Invoices.Select(i => i.Post), ArraLevel3.Posts);
        Demand("regulatoryValues: phase", dossier.RegulatoryValues.Select(v => v.Phase), ["before", "after"]);
        Demand("charges: phase", dossier.Charges.Select(c => c.Phase), ["before", "estimated", "observed"]);
        Demand("factors: kind", dossier.Factors.Select(f => f.Kind), ["pef", "co2", "price"]);
        Demand("actions: kind", dossier.Actions.Select(a => a.Kind), NoteAction.Kinds);
        Demand("fnap: location", [dossier.Fnap?.Location], FnapFollowUp.Locations);
        return dossier;

        void Demand(string item, IEnumerable<string?> given, IReadOnlyList<string> allowed)
        {
            if (given.FirstOrDefault(g => g is not null && !allowed.Contains(g)) is { } unknown)
            {
                throw new NoteException($"{file}: {item} '{unknown}' is not known; allowed are {string.Join(", ", allowed)}.");
            }
        }
    }

    private static string Load(string file)
    {
        if (new FileInfo(file).Length > FileBytesMax)
        {
            throw new NoteException($"{file}: longer than {FileBytesMax / (1 << 20)} MiB.");
        }

        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NoteException($"{file}: {e.Message}", e);
        }
    }
}
