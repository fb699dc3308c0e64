namespace Metering.Core.Readings;

/// <summary>
/// Quality of a reading or of anything derived from readings. Flags combine; a derived value carries the union of its
/// inputs' flags. Rules: docs/formulas.md, data quality.
/// </summary>
[Flags]
public enum QualityFlags
{
    Ok = 0,

    /// <summary>GAP_INDEX: messages lost, index known before and after: the energy is exact, its distribution is not.</summary>
    GapIndex = 1 << 0,

    /// <summary>RESET: the index dropped with a new boot.</summary>
    Reset = 1 << 1,

    /// <summary>ROLLOVER: the index passed its modulus.</summary>
    Rollover = 1 << 2,

    /// <summary>REVERSED: the index dropped without evidence.</summary>
    Reversed = 1 << 3,

    /// <summary>SPIKE_P: more than the circuit can carry.</summary>
    SpikePower = 1 << 4,

    /// <summary>SPIKE_IQR: more than three interquartile ranges above the median (CalTRACK); flagged, never dropped.</summary>
    SpikeIqr = 1 << 5,

    /// <summary>STUCK: a sensor that repeats itself too long.</summary>
    Stuck = 1 << 6,

    /// <summary>RANGE: outside what the place or the sensor can be.</summary>
    Range = 1 << 7,

    /// <summary>STEP: a jump too large for ten minutes.</summary>
    Step = 1 << 8,

    /// <summary>DUP: two values for one instant.</summary>
    Duplicate = 1 << 9,

    /// <summary>CLOCK: dated by a doubtful clock, or dated afterwards.</summary>
    Clock = 1 << 10,

    /// <summary>ZERO: nothing counted for a day.</summary>
    Zero = 1 << 11,

    /// <summary>ESTIMATED: filled, never for energy.</summary>
    Estimated = 1 << 12,

    /// <summary>INCOMPLETE: below the completeness rule of its period.</summary>
    Incomplete = 1 << 13,

    /// <summary>REGISTER_LOSS: the board restored an older copy of its register: pulses may be missing.</summary>
    RegisterLoss = 1 << 14,

    /// <summary>EXCHANGE: spans a declared meter exchange or a change of pulse weight.</summary>
    MeterExchange = 1 << 15,

    /// <summary>CORRECTED: a correction of the ledger applies.</summary>
    Corrected = 1 << 16,

    /// <summary>SIMULATED: not measured on a real building.</summary>
    Simulated = 1 << 17,
}
