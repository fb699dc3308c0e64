namespace Metering.Core.Readings;

/// <summary>Why a sample holds no value for a channel. A missing value is never an old or a zero value.</summary>
public enum MissingReason
{
    /// <summary>The value is there.</summary>
    None = 0,

    /// <summary>The sensor has not answered since the board started.</summary>
    Absent = 1,

    /// <summary>The sensor did not acknowledge its address.</summary>
    Nack = 2,

    /// <summary>The answer's checksum was wrong.</summary>
    Crc = 3,

    /// <summary>No answer in time.</summary>
    Timeout = 4,

    /// <summary>Outside what the sensor can measure.</summary>
    Range = 5,

    /// <summary>Discarded after a heater pulse.</summary>
    Heater = 6,

    /// <summary>Taken out by a correction of the ledger; no board sends this.</summary>
    Excluded = 7,
}
