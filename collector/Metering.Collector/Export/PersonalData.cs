using Metering.Collector.Identity.Privacy;
using Metering.Core.Notes.Dossier;
using Metering.Core.Registry;

namespace Metering.Collector.Export;

/// <summary>
/// What of a building may leave the house. Short-step readings of dwellings are personal data: they are published for
/// buildings that are no dwellings, or with the consent on record in the dossier; without it only sums of at least
/// <see cref="GroupMin"/> dwellings.
/// </summary>
internal sealed class PersonalData
{
    /// <summary>Fewest dwellings whose values may be published together.</summary>
    public const int GroupMin = 3;

    private readonly Pseudonyms _pseudonyms;
    private readonly Dictionary<string, string> _dwellings;

    public PersonalData(Building building, NoteDossier dossier, IReadOnlyList<Zone> zones, byte[] salt)
    {
        _pseudonyms = new Pseudonyms(salt);
        _dwellings = zones.Where(z => z.DwellingId is { Length: > 0 }).ToDictionary(z => z.Id, z => z.DwellingId!, StringComparer.Ordinal);
        var residential = building.Use is BuildingUse.MetropolitanDwelling or BuildingUse.AirConditionedDwelling or BuildingUse.NaturallyVentilatedTropicalDwelling
            || building.Dwellings > 0 && _dwellings.Count > 0;
        Residential = residential;
        RetentionMonths = residential ? dossier.DataProtection?.RetentionMonths : null;
        SeriesAllowed = !residential || dossier.PublicationConsent;
        var dwellings = Math.Max(building.Dwellings ?? 1, _dwellings.Values.Distinct(StringComparer.Ordinal).Count());
        SumsAllowed = SeriesAllowed || dwellings >= GroupMin;
    }

    /// <summary>People live there.</summary>
    public bool Residential { get; }

    /// <summary>How long short-step readings may be exported, months before the last reading; null: no limit.</summary>
    public int? RetentionMonths { get; }

    /// <summary>Whether a short-step reading is young enough to leave.</summary>
    public bool Retained(DateTimeOffset instant, DateTimeOffset last) => RetentionMonths is not { } months || instant >= last.AddMonths(-months);

    /// <summary>Ten-minute readings and values of single rooms.</summary>
    public bool SeriesAllowed { get; }

    /// <summary>Sums over the building.</summary>
    public bool SumsAllowed { get; }

    /// <summary>For the operations table: what is kept back.</summary>
    public string Withheld => SeriesAllowed ? "" : SumsAllowed ? "series of dwellings: no consent on record" : "series and sums: fewer than 3 dwellings, no consent on record";

    public bool InDwelling(string? zoneId) => zoneId is not null && _dwellings.ContainsKey(zoneId);

    /// <summary>A name that cannot be turned back without the salt and is the same in one export.</summary>
    public string Pseudonym(string id) => _pseudonyms.Of(id);

    public string? Zone(string? zoneId) => zoneId is null ? null : InDwelling(zoneId) ? Pseudonym(zoneId) : zoneId;

    public string Point(MeteringPoint point) => InDwelling(point.ZoneId) ? Pseudonym(point.Id) : point.Id;
}
