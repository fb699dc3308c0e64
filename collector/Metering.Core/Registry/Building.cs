namespace Metering.Core.Registry;

/// <summary>A building that is followed: the unit of the note.</summary>
public sealed record Building
{
    public required string Id { get; init; }
    public required string SiteId { get; init; }
    public required string Name { get; init; }
    public BuildingUse Use { get; init; } = BuildingUse.Other;

    /// <summary>Floor area that specific consumption is given for, m².</summary>
    public double? FloorAreaM2 { get; init; }

    public int? Dwellings { get; init; }
    public string? Owner { get; init; }
    public string? Address { get; init; }

    /// <summary>Key of the call's rules file (guadeloupe, capi, fnap, cd2e, ...), or null.</summary>
    public string? Call { get; init; }

    /// <summary>Reception of the works: year 1 of the follow-up begins here (local date of the site).</summary>
    public DateOnly? Reception { get; init; }

    /// <summary>Not a real building: every page and note says so.</summary>
    public bool Simulated { get; init; }
}

/// <summary>Decides which comfort indicators apply (docs/formulas.md).</summary>
public enum BuildingUse
{
    Other = 0,
    NaturallyVentilatedTropicalDwelling = 1,
    AirConditionedOffice = 2,
    AirConditionedDwelling = 3,
    MetropolitanDwelling = 4,
}

/// <summary>A room or a dwelling of a building.</summary>
public sealed record Zone
{
    public required string Id { get; init; }
    public required string BuildingId { get; init; }
    public required string Name { get; init; }
    public string? DwellingId { get; init; }
    public double? FloorAreaM2 { get; init; }
}
