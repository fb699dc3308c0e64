namespace Metering.Core.Readings;

/// <summary>
/// What one board measured at one instant, as it arrived: the unit of ingest, deduplicated on
/// (<see cref="Board"/>, <see cref="Boot"/>, <see cref="Sequence"/>).
/// </summary>
/// <param name="Board">EUI-64, sixteen lower-case hexadecimal digits.</param>
/// <param name="Boot">Boot number of the board, 1 and up.</param>
/// <param name="Sequence">Number of the sample in its boot, 1 and up, without holes.</param>
/// <param name="UptimeSeconds">Seconds since that boot.</param>
/// <param name="Time">Instant (UTC, whole seconds), or null while it cannot be dated.</param>
/// <param name="Clock">How far <paramref name="Time"/> can be trusted.</param>
/// <param name="Flags">What the board says about the sample.</param>
/// <param name="Values">One entry a channel.</param>
public sealed record Sample(
    string Board,
    long Boot,
    long Sequence,
    long UptimeSeconds,
    DateTimeOffset? Time,
    ClockQuality Clock,
    SampleFlags Flags,
    IReadOnlyList<SampleValue> Values);

/// <summary>One channel's value within a <see cref="Sample"/>.</summary>
/// <param name="Channel">Name on the wire: ch1..ch8, t1..t4, rh1..rh4, p1.</param>
/// <param name="Quantity">What it measures.</param>
/// <param name="Value">Scaled integer (<see cref="Quantities.Scale"/>); 0 when missing.</param>
/// <param name="Missing">Why there is no value, or <see cref="MissingReason.None"/>.</param>
public readonly record struct SampleValue(string Channel, Quantity Quantity, long Value, MissingReason Missing);
