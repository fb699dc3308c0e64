using Metering.Core.Energy;
using Metering.Core.Readings;

namespace Metering.Collector.Jobs;

/// <summary>Chain of custody of one building in one period: what <c>metering verify</c> prints.</summary>
/// <param name="Building">Identifier of the building.</param>
/// <param name="From">First instant that was looked at.</param>
/// <param name="To">Last instant that was looked at.</param>
/// <param name="Circuits">One entry for each pulse channel that served a point.</param>
/// <param name="Sensors">One entry for each channel of spot values.</param>
/// <param name="Quarantined">Messages that could not be read, of all boards.</param>
public sealed record VerificationReport(
    string Building,
    DateTimeOffset? From,
    DateTimeOffset? To,
    IReadOnlyList<CircuitVerification> Circuits,
    IReadOnlyList<SensorVerification> Sensors,
    long Quarantined)
{
    /// <summary>Whether every pulse is accounted for and every missing interval has a known cause.</summary>
    public bool IsExplained => Circuits.All(c => c.IsExplained) && Sensors.All(s => s.Gaps.Count == 0 || s.IsExplained) && Quarantined == 0;

    /// <summary>Pulses of all circuits, by register.</summary>
    public long RegisterPulses => Circuits.Sum(c => c.Audit.RegisterPulses);
}

/// <summary>A pulse channel that served a point.</summary>
/// <param name="Point">Identifier of the metering point.</param>
/// <param name="Audit">Its accounts.</param>
/// <param name="Unreported">
/// Intervals that miss samples which the board never reported as dropped: a board keeps a sample until it is
/// acknowledged, so somebody has to look, even though the energy is exact.
/// </param>
public sealed record CircuitVerification(string Point, ChannelAudit Audit, IReadOnlyList<AuditGap> Unreported)
{
    public bool IsExplained => Audit.IsExplained && Unreported.Count == 0;

    /// <summary>Whether no pulse of the period can be missing from the energy.</summary>
    public bool IsExact => Audit.Balances && Audit.Gaps.All(g => g.Energy == EnergyKnowledge.Exact);
}

/// <summary>A channel of spot values that served a point.</summary>
/// <param name="Point">Identifier of the metering point.</param>
/// <param name="Channel">Where the values come from.</param>
/// <param name="Samples">Samples in the store.</param>
/// <param name="Missing">Of these, samples in which the sensor gave no value.</param>
/// <param name="Gaps">Each run of samples that the store lacks.</param>
public sealed record SensorVerification(string Point, ChannelKey Channel, long Samples, long Missing, IReadOnlyList<SampleGap> Gaps)
{
    public bool IsExplained => Gaps.All(g => g.IsExplained);
}

/// <summary>Samples that are not in the store.</summary>
/// <param name="Start">The last sample before.</param>
/// <param name="End">The first sample after.</param>
/// <param name="Boot">Boot of the sample after.</param>
/// <param name="MissingSamples">Sequence numbers that are not there; 0 over a restart, where nobody knows.</param>
/// <param name="IsExplained">A restart, or the board said that it dropped samples.</param>
public sealed record SampleGap(DateTimeOffset Start, DateTimeOffset End, long Boot, long MissingSamples, bool IsExplained);
