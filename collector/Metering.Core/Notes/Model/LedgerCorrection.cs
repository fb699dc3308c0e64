using Metering.Core.Readings;

namespace Metering.Core.Notes.Model;

/// <summary>An entry of the correction ledger that touches the readings of a note: who, when, why, before, after (law 8).</summary>
public sealed record LedgerCorrection
{
    public required long Number { get; init; }
    public required DateTimeOffset Made { get; init; }
    public required string Author { get; init; }
    public required string Reason { get; init; }

    /// <summary>Whose readings.</summary>
    public required ChannelKey Channel { get; init; }

    public required Quantity Quantity { get; init; }

    /// <summary>Name of the point that the channel serves, or null: none in this building.</summary>
    public string? Point { get; init; }

    /// <summary>First instant, inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Last instant, exclusive.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>What is added, stored units (<see cref="Quantities.Scale"/>), or null: the readings are taken out.</summary>
    public long? Amount { get; init; }

    public required LedgerValues Before { get; init; }

    public required LedgerValues After { get; init; }

    /// <summary>Who took it back, when and why, or null: it applies.</summary>
    public LedgerRevocation? Revoked { get; init; }
}

/// <summary>What the readings of a correction were, or became.</summary>
/// <param name="WithValue">Readings that hold a value.</param>
/// <param name="First">Value of the first of them, stored units.</param>
/// <param name="Last">Value of the last.</param>
public readonly record struct LedgerValues(long WithValue, long? First, long? Last);

/// <summary>A correction that was taken back: the entry stays and no longer applies.</summary>
public sealed record LedgerRevocation(DateTimeOffset At, string Author, string Reason);
