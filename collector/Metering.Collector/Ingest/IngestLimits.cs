namespace Metering.Collector.Ingest;

/// <summary>Bounds of what a board may send (docs/wire-format.md).</summary>
public static class IngestLimits
{
    /// <summary>Bytes of one payload.</summary>
    public const int PayloadBytesMax = 8192;

    /// <summary>Samples in one pack.</summary>
    public const int SamplesPerPackMax = 16;

    /// <summary>Values in one sample: eight registers, four sensors of two quantities, one pressure.</summary>
    public const int ValuesPerSampleMax = 17;

    /// <summary>Registers, sequence numbers and uptimes stay exact in JSON readers: 2^53-1.</summary>
    public const long IntegerMax = 9_007_199_254_740_991;

    /// <summary>Boot numbers.</summary>
    public const long BootMax = int.MaxValue;

    /// <summary>No board of this project existed before; an older date is a clock that was never set.</summary>
    public static readonly DateTimeOffset EarliestTime = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A sample dated further ahead of the collector's clock is a wrong clock, of one of the two.</summary>
    public static readonly TimeSpan FutureMax = TimeSpan.FromMinutes(10);
}
