namespace Metering.Core.Registry;

/// <summary>
/// A meter was exchanged: the evidence for a register that starts anew (law 4). The assignments of the point end and
/// begin at the same instant; the indexes are those that the technician read on the meters.
/// </summary>
public sealed record MeterExchange
{
    public required string PointId { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? OldSerial { get; init; }

    /// <summary>Last index of the old meter, kWh.</summary>
    public decimal? OldIndexKwh { get; init; }

    public string? NewSerial { get; init; }

    /// <summary>First index of the new meter, kWh.</summary>
    public decimal? NewIndexKwh { get; init; }

    public required string Author { get; init; }
    public string? Reason { get; init; }
}

/// <summary>The index that a person read on a meter: what counted pulses are reconciled with.</summary>
public sealed record IndexVisit
{
    public required string PointId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Index on the meter's display, kWh.</summary>
    public required decimal IndexKwh { get; init; }

    public required string Author { get; init; }
}

/// <summary>A sensor was compared with a reference.</summary>
public sealed record Calibration
{
    public required string PointId { get; init; }
    public required DateOnly On { get; init; }

    /// <summary>What is added to a reading, in the unit of the quantity.</summary>
    public required decimal Offset { get; init; }

    /// <summary>Expanded uncertainty (k = 2) of the comparison, in the unit of the quantity.</summary>
    public decimal? Uncertainty { get; init; }

    /// <summary>Reference instrument or certificate.</summary>
    public string? Reference { get; init; }

    public required string Author { get; init; }
}
