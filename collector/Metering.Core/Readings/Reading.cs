namespace Metering.Core.Readings;

/// <summary>A channel: one quantity of one board.</summary>
/// <param name="Board">EUI-64, sixteen lower-case hexadecimal digits.</param>
/// <param name="Channel">Name on the wire: ch1..ch8, t1..t4, rh1..rh4, p1.</param>
public readonly record struct ChannelKey(string Board, string Channel)
{
    public override string ToString() => $"{Board}/{Channel}";
}

/// <summary>
/// One dated value of one channel, as a store returns it. It is what a board said and nothing derived: energy between
/// two readings is an <c>IntervalReading</c>, a regular series of those a load profile.
/// </summary>
/// <param name="Time">Instant, UTC.</param>
/// <param name="Value">Scaled integer (<see cref="Quantities.Scale"/>): the register itself, or hundredths; 0 when missing.</param>
/// <param name="Boot">Boot number of the board.</param>
/// <param name="Sequence">Number of the sample in its boot.</param>
/// <param name="Clock">How far <paramref name="Time"/> can be trusted.</param>
/// <param name="Flags">What the board said about the sample.</param>
/// <param name="Missing">Why there is no value, or <see cref="MissingReason.None"/>.</param>
public readonly record struct Reading(
    DateTimeOffset Time,
    long Value,
    long Boot,
    long Sequence,
    ClockQuality Clock,
    SampleFlags Flags,
    MissingReason Missing);
