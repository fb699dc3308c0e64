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
public sealed record CallCategory(string Key, BilingualText Title, bool? AirConditioned, bool NewBuilding);

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

/// <summary>What one call or document asks for, read from its rules file. A new call is a new file.</summary>
public sealed record CallRules
{
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

    public static IReadOnlyList<CallRules> All => Embedded.Value;

    /// <summary>The rules of that key, or null.</summary>
    public static CallRules? Find(string? key) => All.FirstOrDefault(c => c.Key == key);

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
        using var document = EmbeddedTable.Open($"Obligations/calls/{key}.json");
        return CallRulesReader.Read(document.RootElement);
    }
}
