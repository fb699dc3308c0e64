using Metering.Core.Notes.Model;
using Metering.Core.Obligations;
using Metering.Core.Registry;

namespace Metering.Core.Notes;

/// <summary>One term of E' (Guadeloupe call, § 3.1.4).</summary>
/// <param name="Key">E'C, E'W, E'L, E'AV or E'PE.</param>
/// <param name="Calculated">Imported, in <see cref="BeposTerms.Unit"/>; null: not on record.</param>
/// <param name="Measured">Metered in the reference year, same unit; null: not metered or incomplete.</param>
public sealed record BeposTerm(string Key, double? Calculated, double? Measured);

/// <summary>The terms of E', calculated and measured apart, and the balance of each where all five are known.</summary>
public sealed record BeposTerms
{
    /// <summary>Terms with the use whose meters measure them, in the order of the call.</summary>
    private static readonly (string Key, PointUse Use)[] Order =
    [
        ("E'C", PointUse.Cooling), ("E'W", PointUse.HotWater), ("E'L", PointUse.Lighting), ("E'AV", PointUse.Ventilation), ("E'PE", PointUse.Production),
    ];

    public required IReadOnlyList<BeposTerm> Terms { get; init; }

    /// <summary>That of the imported values; kWhEF/an where there are none.</summary>
    public required string Unit { get; init; }

    /// <summary>Year after reception that was measured, the last in which every metered term is complete: 1, 2, or 0 for none.</summary>
    public required int Year { get; init; }

    public BeposBalance? Calculated => Balance(static t => t.Calculated);

    public BeposBalance? Measured => Balance(static t => t.Measured);

    public static BeposTerms Of(NoteModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var imported = Order.Select(o => model.Dossier.RegulatoryValues.LastOrDefault(v => v.Kind == o.Key && v.Phase == "after")).ToList();
        var unit = imported.FirstOrDefault(v => v is not null)?.Unit ?? "kWhEF/an";
        // A calculation by floor area is compared with a measurement by floor area.
        var area = unit.Contains("m²", StringComparison.Ordinal) ? model.Building.FloorAreaM2 : 1;
        var metered = model.FollowUp?.Uses.Where(u => Order.Any(o => o.Use == u.Use)).ToList() ?? [];
        var year = metered.TrueForAll(u => u.Year2.Complete) ? 2 : metered.TrueForAll(u => u.Year1.Complete) ? 1 : 0;
        return new BeposTerms
        {
            Year = year,
            Unit = unit,
            Terms = [.. Order.Select((o, i) => new BeposTerm(
                o.Key, imported[i] is { } v && v.Unit == unit ? v.Value : null,
                area is { } m2 and > 0 && year > 0 && metered.FirstOrDefault(u => u.Use == o.Use) is { } use && (year == 2 ? use.Year2 : use.Year1).EnergyKwh is { } kwh
                    ? (double)kwh / m2
                    : null))],
        };
    }

    private BeposBalance? Balance(Func<BeposTerm, double?> of)
    {
        var values = Terms.Select(of).ToList();
        return values.TrueForAll(v => v.HasValue)
            ? new BeposBalance(values[0]!.Value, values[1]!.Value, values[2]!.Value, values[3]!.Value, values[4]!.Value)
            : null;
    }
}
