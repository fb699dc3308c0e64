namespace Metering.Core.Energy;

/// <summary>Why an interval has no sample, or why its energy is not plain.</summary>
public enum AuditGapKind
{
    /// <summary>Sequence numbers are missing within a boot: messages were lost, or dropped by the board's journal.</summary>
    MessagesLost = 0,

    /// <summary>The board started again; pulses that the meter sent while it was down are not in any register.</summary>
    Restart = 1,

    /// <summary>The board started again from an older copy of its register, or may have: pulses may be missing.</summary>
    RegisterRestored = 2,

    /// <summary>The register fell with a new boot: the energy is not known.</summary>
    RegisterLost = 3,

    /// <summary>The register was set by command: the energy is not known.</summary>
    RegisterSet = 4,

    /// <summary>A declared meter exchange or change of pulse weight.</summary>
    MeterExchange = 5,

    /// <summary>The board's clock was doubtful: samples are there, instants of the grid are not.</summary>
    DoubtfulClock = 6,

    /// <summary>Sequence numbers go on without a hole, yet instants of the grid are missing.</summary>
    NotSampled = 7,

    /// <summary>The register fell without evidence: the energy is not known.</summary>
    Reversed = 8,

    /// <summary>More pulses than the circuit can cause; withheld.</summary>
    Spike = 9,

    /// <summary>A reading that contradicts the others was set aside.</summary>
    SetAside = 10,

    /// <summary>No reading from the beginning of the period to the first one, or from the last one to its end.</summary>
    NotMeasured = 11,
}

/// <summary>What is known about the energy of an interval without sample.</summary>
public enum EnergyKnowledge
{
    /// <summary>Every pulse that the meter sent is in the register.</summary>
    Exact = 0,

    /// <summary>What the register says is counted; the meter may have sent more while the board was down.</summary>
    AtLeast = 1,

    /// <summary>Not known, therefore not counted.</summary>
    Unknown = 2,
}

/// <summary>One interval of a channel that is not a plain step from one sample to the next.</summary>
/// <param name="Kind">Cause, the gravest one when there are several.</param>
/// <param name="Start">Last sample before.</param>
/// <param name="End">First sample after.</param>
/// <param name="MissingSamples">Sequence numbers missing within the boot; 0 over a restart, where nobody knows.</param>
/// <param name="MissingInstants">Instants of the grid between Start and End without sample.</param>
/// <param name="Pulses">Pulses counted inside, or null when the energy is not known.</param>
/// <param name="WithheldPulses">Register difference inside that is not counted.</param>
/// <param name="Energy">What is known.</param>
public sealed record AuditGap(
    AuditGapKind Kind,
    DateTimeOffset Start,
    DateTimeOffset End,
    long MissingSamples,
    int MissingInstants,
    long? Pulses,
    long WithheldPulses,
    EnergyKnowledge Energy)
{
    /// <summary>
    /// Whether there is evidence of what happened: a hole in the sequence, a new boot, a command, a declared exchange,
    /// a clock that the board itself doubted. Without evidence somebody has to look.
    /// </summary>
    public bool IsExplained => Kind < AuditGapKind.NotSampled;
}
