using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Registry;

namespace Metering.Core.Notes.Fleet;

/// <summary>Metered energy of a calendar year of local time.</summary>
/// <param name="Kwh">Final energy of the days that are known, never scaled up; null: none.</param>
/// <param name="DaysComplete">Complete days.</param>
public readonly record struct CalendarYear(decimal? Kwh, int DaysComplete)
{
    /// <summary>At most 37 days are missing (CalTRACK).</summary>
    /// <param name="year">Which year it is.</param>
    public bool IsComplete(int year) => Kwh.HasValue && (DateTime.IsLeapYear(year) ? 366 : 365) - DaysComplete <= Energy.CompletenessRules.MissingDaysOfYear;
}

/// <summary>What a fleet report keeps of a building once its readings are let go.</summary>
public sealed record FleetBuilding
{
    public required Building Building { get; init; }
    public required Site Site { get; init; }
    public BuildingCharacteristics? Characteristics { get; init; }

    /// <summary>A to G of the calculated label before and after the works, or null.</summary>
    public string? LabelBefore { get; init; }

    public string? LabelAfter { get; init; }
    public bool HasAddressKey { get; init; }
    public bool HasBuildingKey { get; init; }

    /// <summary>Sums of the building may be published (personal data).</summary>
    public required bool Public { get; init; }

    /// <summary>Energy of the measurement boundary by calendar year.</summary>
    public IReadOnlyDictionary<int, CalendarYear> Years { get; init; } = new Dictionary<int, CalendarYear>();

    /// <summary>Climate-corrected savings, %, and half width at 90 %; null: none.</summary>
    public (double Percent, double HalfWidth)? Savings { get; init; }

    public IReadOnlyList<NoteAction> Actions { get; init; } = [];

    /// <summary>Last local year with a reading, or null.</summary>
    public int? LastYear { get; init; }

    /// <summary>Last year that was measured whole, or null.</summary>
    public int? LastWholeYear => Years.Where(y => y.Value.IsComplete(y.Key)).Select(y => (int?)y.Key).Max();

    /// <summary>Hash of the readings that the values stand on; empty: none.</summary>
    public string DataHash { get; init; } = "";

    public bool Located => Site.Latitude.HasValue && Site.Longitude.HasValue;

    /// <param name="building">The building.</param>
    /// <param name="site">Its site.</param>
    /// <param name="dossier">Its dossier.</param>
    /// <param name="model">Its note of all readings, or null: there are none.</param>
    /// <param name="isPublic">Whether sums of it may be published.</param>
    public static FleetBuilding Of(Building building, Site site, NoteDossier dossier, NoteModel? model, bool isPublic)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        var days = model is null ? [] : FollowUpBuilder.Sum(FollowUpBuilder.Boundary(model.Consumption).Select(p => p.Days));
        return new FleetBuilding
        {
            Building = building,
            Site = site,
            Characteristics = dossier.Characteristics,
            LabelBefore = Label(dossier, "before"),
            LabelAfter = Label(dossier, "after"),
            HasAddressKey = dossier.BanId is { Length: > 0 },
            HasBuildingKey = dossier.RnbId is { Length: > 0 } || dossier.BdnbId is { Length: > 0 },
            Public = isPublic,
            Years = days.GroupBy(d => d.Start.Year).ToDictionary(
                g => g.Key,
                g => new CalendarYear(g.Any(d => d.EnergyKwh.HasValue) ? g.Sum(d => d.EnergyKwh ?? 0) : null, g.Count(d => d.EnergyKwh.HasValue && !d.Incomplete))),
            Savings = model?.FollowUp?.Savings is { } s ? (100 * s.Total.Fraction, 100 * s.Total.FractionUncertainty) : null,
            Actions = dossier.Actions,
            LastYear = model is null ? null : model.Provenance.AsOf.Year,
            DataHash = model?.Provenance.DataHash ?? "",
        };
    }

    /// <summary>Class of the energy certificate (DPE, DPEG) in a phase, or null.</summary>
    public static string? Label(NoteDossier dossier, string phase)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return dossier.RegulatoryValues.LastOrDefault(v => v.Kind is "DPE" or "DPEG" && v.Phase == phase && v.Label.Length > 0)?.Label;
    }
}
