using Metering.Core.Readings;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>Clock quality (2 bits), "dated afterwards" (1 bit) and the board's flags of a sample, in one small integer.</summary>
internal readonly record struct SampleState(ClockQuality Clock, bool DatedLate, SampleFlags Flags)
{
    /// <summary>The bit of a sample that was dated afterwards.</summary>
    internal const long DatedLateBit = 4;

    internal long Packed => (long)Clock | (DatedLate ? DatedLateBit : 0L) | ((long)Flags << 3);

    internal static SampleState Unpack(long packed) =>
        new((ClockQuality)(packed & 3), (packed & DatedLateBit) != 0, (SampleFlags)(packed >> 3));
}
