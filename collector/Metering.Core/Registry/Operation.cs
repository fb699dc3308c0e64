namespace Metering.Core.Registry;

/// <summary>
/// Works on one or several buildings that a call for projects helps to pay for: what the funder's tables ask of it.
/// Amounts are in euros including tax, areas in m².
/// </summary>
public sealed record Operation
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public IReadOnlyList<string> BuildingIds { get; init; } = [];

    /// <summary>Key of the call's rules (guadeloupe, capi, fnap, cd2e, ...).</summary>
    public string? Call { get; init; }

    /// <summary>Who was designated by the call (fr. lauréat).</summary>
    public string? Laureate { get; init; }

    /// <summary>Social landlord (fr. bailleur).</summary>
    public string? Landlord { get; init; }

    /// <summary>Fourteen digits.</summary>
    public string? Siret { get; init; }

    /// <summary>Whether in a priority district (fr. quartier prioritaire de la ville), as the funder words it.</summary>
    public string? QpvStatus { get; init; }

    public DateOnly? DesignatedOn { get; init; }

    /// <summary>Reception of the works.</summary>
    public DateOnly? ReceptionOn { get; init; }

    public decimal? AidEur { get; init; }
    public decimal? CostEur { get; init; }
    public int? DwellingsBefore { get; init; }
    public int? DwellingsAfter { get; init; }

    /// <summary>Habitable floor area.</summary>
    public double? HabitableAreaM2 { get; init; }

    /// <summary>Net floor area of the regulation before 2012 (fr. SHON).</summary>
    public double? NetFloorAreaM2 { get; init; }

    public string? Category { get; init; }

    /// <summary>INSEE code of the municipality.</summary>
    public string? MunicipalityCode { get; init; }

    /// <summary>Identifier in the national address base (BAN).</summary>
    public string? AddressId { get; init; }

    /// <summary>Identifier in the national building register (RNB).</summary>
    public string? BuildingRegisterId { get; init; }

    /// <summary>Identifier in the national building data base (BDNB).</summary>
    public string? BuildingDatabaseId { get; init; }
}

/// <summary>Before or after the works.</summary>
public enum Phase
{
    Before = 0,
    After = 1,
}

/// <summary>Rent and charges of one type of dwelling, euros a month.</summary>
public sealed record RentStatement
{
    public required string BuildingId { get; init; }

    /// <summary>Such as T3.</summary>
    public required string DwellingType { get; init; }

    public required Phase Phase { get; init; }

    /// <summary>First month that it holds for.</summary>
    public required DateOnly From { get; init; }

    public required decimal RentEur { get; init; }
    public required decimal ChargesEur { get; init; }

    /// <summary>Share of the energy savings paid by the tenant (fr. troisième ligne de quittance).</summary>
    public decimal ThirdLineEur { get; init; }
}
