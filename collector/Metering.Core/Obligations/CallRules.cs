using System.Text.Json;
using Metering.Core.Languages;
using Metering.Core.Tables;

namespace Metering.Core.Obligations;

/// <summary>Something in a call's own text that contradicts itself or has been superseded; kept and printed.</summary>
public sealed record CallWarning(string Code, string Clause, BilingualText Text);

/// <summary>A kind of operation that a call knows.</summary>
/// <param name="Key">Stable name.</param>
/// <param name="Title">As printed.</param>
/// <param name="AirConditioned">Whether it has to be, or null where both are allowed.</param>
/// <param name="NewBuilding">New building, or works on an existing one.</param>
/// <param name="FloorAreaBelowM2">Floor area that it must stay below, m², or null: any.</param>
public sealed record CallCategory(string Key, BilingualText Title, bool? AirConditioned, bool NewBuilding, double? FloorAreaBelowM2);

/// <summary>A sheet of the note that a call wants.</summary>
/// <param name="Key">One of <see cref="Keys"/>.</param>
/// <param name="Clause">Where the call asks for it.</param>
/// <param name="Categories">Categories that it is for.</param>
public sealed record CallSheet(string Key, string Clause, IReadOnlyList<string> Categories)
{
    public const string BeposBalance = "bepos-balance";
    public const string CoolingCircuits = "cooling-circuits";
    public const string CircuitConformity = "circuit-conformity";
    public const string Charters = "charters";
    public const string Scoring = "scoring";
    public const string ArraLevel3 = "arra-level-3";
    public const string FnapFollowUp = "fnap-follow-up";
    public const string HeatNetwork = "heat-network";

    public static IReadOnlyList<string> Keys { get; } =
        [BeposBalance, CoolingCircuits, CircuitConformity, Charters, Scoring, ArraLevel3, FnapFollowUp, HeatNetwork];
}

/// <summary>When works come, by label.</summary>
/// <param name="Labels">Letters.</param>
/// <param name="Key">short, medium or long.</param>
/// <param name="Text">As printed.</param>
public sealed record CallPriority(string Labels, string Key, BilingualText Text);

/// <summary>Points of a call that ranks offers by cost.</summary>
/// <param name="Clause">Where the call says it.</param>
/// <param name="Points">Points for one criterion.</param>
/// <param name="PointsEachOfTwo">Points for each where two criteria share them.</param>
public sealed record CallScoring(string Clause, double Points, double PointsEachOfTwo);

/// <summary>
/// What one call or document asks for, read from its rules file. A new call is a new file; a file of a known key takes the
/// place of the one that travels with this program (<see cref="CallCatalogue"/>).
/// </summary>
public sealed record CallRules
{
    /// <summary>Longest key, characters: it names a file.</summary>
    public const int KeyLengthMax = 40;

    private static readonly string[] Keys = ["guadeloupe", "capi", "fnap", "cd2e", "aula"];

    private static readonly Lazy<IReadOnlyList<CallRules>> Embedded = new(() => [.. Keys.Select(Load)]);

    /// <summary>guadeloupe, capi, fnap, cd2e, aula: what <c>Building.Call</c> holds.</summary>
    public required string Key { get; init; }

    public required BilingualText Title { get; init; }
    public required string Issuer { get; init; }
    public required string Source { get; init; }

    /// <summary>FR or GP.</summary>
    public required string Territory { get; init; }

    /// <summary>What the funders ask to be mentioned on every document.</summary>
    public required BilingualText Mentions { get; init; }

    public required IReadOnlyList<CallCategory> Categories { get; init; }
    public required IReadOnlyList<Requirement> Requirements { get; init; }
    public required IReadOnlyList<CallWarning> Warnings { get; init; }
    public IReadOnlyList<CallPriority> Priorities { get; init; } = [];
    public CallScoring? Scoring { get; init; }

    /// <summary>Sheets that the note holds for this call, in its order.</summary>
    public IReadOnlyList<CallSheet> Sheets { get; init; } = [];

    /// <summary>The rules that travel with this program.</summary>
    public static IReadOnlyList<CallRules> All => Embedded.Value;

    /// <summary>The embedded rules of that key, or null.</summary>
    public static CallRules? Find(string? key) => All.FirstOrDefault(c => c.Key == key);

    /// <summary>Reads a rules file.</summary>
    /// <exception cref="FormatException">Not a rules file: where and why.</exception>
    public static CallRules Read(JsonElement root) => CallRulesReader.Read(root);

    /// <summary>The text of an embedded rules file, for people who want to read or change it.</summary>
    /// <exception cref="ArgumentException">No call of that key.</exception>
    public static string FileOf(string key) => EmbeddedTable.Read(Path(Get(key).Key));

    /// <summary>The warning of that code, or null.</summary>
    public CallWarning? Warning(string code) => Warnings.FirstOrDefault(w => w.Code == code);

    /// <exception cref="ArgumentException">No call of that key.</exception>
    public static CallRules Get(string key) => Find(key)
        ?? throw new ArgumentException($"Call '{key}' is not known; allowed are {string.Join(", ", Keys)}.", nameof(key));

    /// <summary>The requirements that bind a category.</summary>
    /// <exception cref="ArgumentException">No category of that key in this call.</exception>
    public IReadOnlyList<Requirement> For(string category) => Categories.Any(c => c.Key == category)
        ? [.. Requirements.Where(r => r.Categories.Contains(category))]
        : throw new ArgumentException(
            $"Call '{Key}' has no category '{category}'; allowed are {string.Join(", ", Categories.Select(c => c.Key))}.", nameof(category));

    /// <summary>When the call would have a building of that label renovated, or null where it says nothing of it.</summary>
    public CallPriority? PriorityOf(char label) =>
        Priorities.FirstOrDefault(p => p.Labels.Contains(char.ToUpperInvariant(label), StringComparison.Ordinal));

    private static CallRules Load(string key)
    {
        using var document = EmbeddedTable.Open(Path(key));
        return CallRulesReader.Read(document.RootElement);
    }

    private static string Path(string key) => $"Obligations/calls/{key}.json";
}
