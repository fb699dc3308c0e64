using Metering.Core.Readings;

namespace Metering.Collector.Storage.Corrections;

/// <summary>What a correction does to the readings of its channel and period, when they are read.</summary>
public enum CorrectionKind
{
    /// <summary>Takes readings out: they have no value, with the reason <see cref="MissingReason.Excluded"/>.</summary>
    Exclude = 0,

    /// <summary>Adds an amount to each value, in stored units (<see cref="Quantities.Scale"/>): a sensor's offset, a register set wrongly.</summary>
    Add = 1,
}

/// <summary>A correction to be made.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Channel">Whose readings.</param>
/// <param name="From">First instant, inclusive.</param>
/// <param name="To">Last instant, exclusive.</param>
/// <param name="Amount">What is added, stored units; only for <see cref="CorrectionKind.Add"/>.</param>
public sealed record CorrectionRequest(CorrectionKind Kind, ChannelKey Channel, DateTimeOffset From, DateTimeOffset To, long? Amount);

/// <summary>What the readings of a correction's channel and period were, or became.</summary>
public sealed record CorrectionEffect(long Readings, long WithValue, long? FirstValue, long? LastValue, long? Smallest, long? Largest);

/// <summary>An entry of the ledger. It is never changed and never removed; revoking it is an entry in itself.</summary>
public sealed record Correction(
    long Id,
    DateTimeOffset Made,
    string Author,
    string Reason,
    CorrectionRequest What,
    CorrectionEffect Before,
    CorrectionEffect After,
    CorrectionRevocation? Revoked);

/// <summary>Who took a correction back, when and why.</summary>
public sealed record CorrectionRevocation(DateTimeOffset At, string Author, string Reason);
