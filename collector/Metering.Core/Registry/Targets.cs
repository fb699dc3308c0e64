namespace Metering.Core.Registry;

/// <summary>What was promised before the works: one line of the note's table of results.</summary>
public sealed record Target
{
    public required string BuildingId { get; init; }

    /// <summary>Stable name: savings, energy-per-m2, hours-above-28, ...</summary>
    public required string Kind { get; init; }

    public required decimal Value { get; init; }
    public required string Unit { get; init; }

    /// <summary>Whether the measured value has to stay below or to reach it.</summary>
    public TargetDirection Direction { get; init; } = TargetDirection.AtMost;

    /// <summary>The document that says so.</summary>
    public string? Source { get; init; }
}

/// <summary>How a measured value meets a <see cref="Target"/>.</summary>
public enum TargetDirection
{
    AtMost = 0,
    AtLeast = 1,
}

/// <summary>
/// A value of a regulatory calculation, made by somebody else with a method of a version: stored as it is, shown beside
/// measured values, never in their place and never overwritten by them.
/// </summary>
public sealed record RegulatoryValue
{
    public required string BuildingId { get; init; }
    public required RegulatoryKind Kind { get; init; }
    public required Phase Phase { get; init; }

    /// <summary>The number, or null where the result is a label only.</summary>
    public decimal? Value { get; init; }

    public string? Unit { get; init; }

    /// <summary>Class A to G, or null.</summary>
    public string? Label { get; init; }

    public required string MethodVersion { get; init; }
    public required string Author { get; init; }
    public required DateOnly Date { get; init; }
}

/// <summary>What a <see cref="RegulatoryValue"/> is.</summary>
public enum RegulatoryKind
{
    /// <summary>ICT', thermal comfort index (RTG).</summary>
    Ict = 0,

    /// <summary>BBIO', need of the building (RTG).</summary>
    Bbio = 1,

    /// <summary>E', energy need of equipment (RTG).</summary>
    Energy = 2,

    /// <summary>Energy performance certificate.</summary>
    Dpe = 3,

    /// <summary>Energy performance certificate of Guadeloupe.</summary>
    Dpeg = 4,

    /// <summary>Conventional primary energy consumption.</summary>
    Cep = 5,

    /// <summary>Greenhouse gas emissions.</summary>
    Ges = 6,
}

/// <summary>A supplier's invoice of one delivery point and period.</summary>
public sealed record Invoice
{
    public required string BuildingId { get; init; }

    /// <summary>Delivery point (fr. point de livraison).</summary>
    public required string DeliveryPoint { get; init; }

    /// <summary>First day billed.</summary>
    public required DateOnly Start { get; init; }

    /// <summary>Day after the last one billed.</summary>
    public required DateOnly End { get; init; }

    public required decimal EnergyKwh { get; init; }

    /// <summary>Including tax.</summary>
    public decimal? AmountEur { get; init; }

    /// <summary>Estimated by the supplier and not read.</summary>
    public bool Estimated { get; init; }
}

/// <summary>Who may see or change what. No secret is kept here.</summary>
public sealed record RegistryUser
{
    public required string Name { get; init; }
    public required string Role { get; init; }

    /// <summary>Buildings the user may see; empty: all.</summary>
    public IReadOnlyList<string> BuildingIds { get; init; } = [];
}
