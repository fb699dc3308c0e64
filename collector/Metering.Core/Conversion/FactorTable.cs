using System.Globalization;
using System.Text.Json;
using Metering.Core.Applicability;
using Metering.Core.Languages;
using Metering.Core.Tables;

namespace Metering.Core.Conversion;

/// <summary>The factor that is used, and the ones that other sources would have given.</summary>
/// <param name="Used">The factor; null where none is confirmed.</param>
/// <param name="Alternatives">The others that apply, unconfirmed ones included: print that they exist.</param>
/// <param name="Reason">Why there is no factor; null where there is one.</param>
public sealed record FactorChoice(
    ConversionFactor? Used, IReadOnlyList<ConversionFactor> Alternatives, Inapplicability? Reason);

/// <summary>Dated and sourced conversion factors. Immutable; a registry's own factors (invoices, contracts) come first.</summary>
public sealed class FactorTable
{
    private static readonly Lazy<FactorTable> FromAssembly = new(Load);

    private readonly IReadOnlyList<ConversionFactor> factors;

    /// <exception cref="ArgumentException">The same id twice.</exception>
    public FactorTable(IEnumerable<ConversionFactor> factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        this.factors = [.. factors];
        var twice = this.factors.GroupBy(f => f.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException($"Factor '{twice.Key}' is given twice.", nameof(factors));
        }
    }

    /// <summary>The published factors that travel with this program.</summary>
    public static FactorTable Embedded => FromAssembly.Value;

    /// <summary>No confirmed factor for what is asked.</summary>
    public static ModelRule NoFactor { get; } = new(
        "factor.none",
        new("aucun facteur de conversion confirmé pour cette énergie, ce lieu et cette date",
            "no confirmed conversion factor for this energy, place and date"),
        "table des facteurs / factor table");

    public IReadOnlyList<ConversionFactor> Factors => factors;

    /// <summary>A table in which <paramref name="own"/> is preferred to this one.</summary>
    public FactorTable Preferring(IEnumerable<ConversionFactor> own)
    {
        ArgumentNullException.ThrowIfNull(own);
        return new([.. own, .. factors]);
    }

    /// <exception cref="ArgumentException">No factor of that id.</exception>
    public ConversionFactor Get(string id) => factors.FirstOrDefault(f => f.Id == id)
        ?? throw new ArgumentException($"Factor '{id}' is not known; allowed are {string.Join(", ", factors.Select(f => f.Id))}.", nameof(id));

    /// <summary>
    /// The preferred factor: first in the table's order among the confirmed ones that apply, those for the very use before those
    /// for all uses.
    /// </summary>
    /// <param name="kind">Primary energy, carbon or price.</param>
    /// <param name="carrier">Energy carrier, such as electricity.</param>
    /// <param name="use">Use of the energy, such as cooling; null: all uses.</param>
    /// <param name="zone">FR, GP, ...</param>
    /// <param name="on">Day for which it must hold.</param>
    public FactorChoice Choose(FactorKind kind, string carrier, string? use, string zone, DateOnly on)
    {
        var candidates = factors
            .Where(f => f.Kind == kind && f.Carrier == carrier && f.Zone == zone && f.IsValidOn(on) && (f.Use is null || f.Use == use))
            .OrderBy(f => f.Use is null && use is not null)
            .ToList();
        var used = candidates.FirstOrDefault(f => f.Confirmed);
        return new(used, [.. candidates.Where(f => f != used)], used is null ? NoFactor : null);
    }

    private static FactorTable Load()
    {
        using var document = EmbeddedTable.Open("Conversion/factors.json");
        return new([.. document.RootElement.GetProperty("factors").EnumerateArray().Select(Read)]);
    }

    private static ConversionFactor Read(JsonElement row) => new()
    {
        Id = row.GetProperty("id").GetString()!,
        Kind = row.GetProperty("kind").GetString() switch
        {
            "primary-energy" => FactorKind.PrimaryEnergy,
            "carbon" => FactorKind.Carbon,
            "price" => FactorKind.Price,
            var other => throw new InvalidOperationException($"Factor kind '{other}' is not known."),
        },
        Carrier = row.GetProperty("carrier").GetString()!,
        Use = row.TryGetProperty("use", out var use) ? use.GetString() : null,
        Zone = row.GetProperty("zone").GetString()!,
        From = Day(row, "from"),
        To = Day(row, "to"),
        Value = row.GetProperty("value").GetDecimal(),
        Unit = row.GetProperty("unit").GetString()!,
        Confirmed = row.GetProperty("confirmed").GetBoolean(),
        Scope = EmbeddedTable.Text(row.GetProperty("scope")),
        Source = row.GetProperty("source").GetString()!,
    };

    private static DateOnly? Day(JsonElement row, string key) => row.TryGetProperty(key, out var day)
        ? DateOnly.ParseExact(day.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture)
        : null;
}
