using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Core.Energy;

/// <summary>What the store holds of one boot of a board, seen through one channel.</summary>
/// <param name="Boot">Boot number.</param>
/// <param name="FirstTime">Its first sample in the store.</param>
/// <param name="LastTime">Its last sample in the store.</param>
/// <param name="FirstSequence">Sequence number of that first sample; above 1 means that earlier ones are not there.</param>
/// <param name="LastSequence">Sequence number of that last sample.</param>
/// <param name="Samples">Different samples in the store.</param>
/// <param name="FirstIndex">Register at the first sample.</param>
/// <param name="LastIndex">Register at the last sample.</param>
public sealed record BootSpan(
    long Boot, DateTimeOffset FirstTime, DateTimeOffset LastTime, long FirstSequence, long LastSequence, long Samples,
    long FirstIndex, long LastIndex)
{
    /// <summary>Sequence numbers between the first and the last that are not in the store.</summary>
    public long MissingSamples => LastSequence - FirstSequence + 1 - Samples;
}

/// <summary>Chain of custody of one channel in one period: what <c>metering verify</c> prints.</summary>
public sealed record ChannelAudit
{
    public required ChannelAssignment Assignment { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Different samples in the store that hold a value of this channel.</summary>
    public required long Samples { get; init; }

    /// <summary>The first reading that counts, or null.</summary>
    public required Reading? First { get; init; }

    /// <summary>The last reading that counts, or null.</summary>
    public required Reading? Last { get; init; }

    public required IReadOnlyList<BootSpan> Boots { get; init; }

    /// <summary>
    /// Pulses by register: the index at the end minus the index at the beginning of every stretch in which the
    /// register runs on, plus roll-overs. Computed from the stretches' ends, without the interval readings.
    /// </summary>
    public required long RegisterPulses { get; init; }

    /// <summary>Pulses of the interval readings, which every energy of the note is made of.</summary>
    public required long IntervalPulses { get; init; }

    /// <summary>Register differences that the interval readings withhold (spikes).</summary>
    public required long WithheldPulses { get; init; }

    /// <summary>Every interval that is not a plain step, in time order.</summary>
    public required IReadOnlyList<AuditGap> Gaps { get; init; }

    public required IReadOnlyList<SetAsideReading> SetAside { get; init; }

    /// <summary>Pulses by register = pulses of the intervals, to the pulse.</summary>
    public bool Balances => RegisterPulses == IntervalPulses + WithheldPulses;

    /// <summary>Energy of the intervals, Wh, exact.</summary>
    public decimal EnergyWh => IntervalPulses * Assignment.PulseWeightWh;

    /// <summary>Whether the accounts balance and each gap has a known cause.</summary>
    public bool IsExplained => Balances && Gaps.All(g => g.IsExplained);
}
