namespace Metering.Core.Readings;

/// <summary>What a board says about a sample (docs/wire-format.md, record <c>flg</c>).</summary>
[Flags]
public enum SampleFlags
{
    None = 0,

    /// <summary>The register comes from an older copy, or the board stopped without warning: pulses may be missing before this sample.</summary>
    RegisterRestored = 1,

    /// <summary>The board's journal dropped samples before this one.</summary>
    JournalDropped = 2,

    /// <summary>Taken off the ten-minute grid.</summary>
    OffGrid = 4,

    /// <summary>A register was set by command since the sample before.</summary>
    RegisterSet = 8,

    /// <summary>First sample of a boot.</summary>
    FirstOfBoot = 16,

    /// <summary>A correction of the ledger applies; no board sends this (the wire has flags up to 255), no store keeps it.</summary>
    Corrected = 256,
}
