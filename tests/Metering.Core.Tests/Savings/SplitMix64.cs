namespace Metering.Core.Tests.Savings;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014): neighbouring seeds give independent streams. The seeded generator of .NET is
/// a linear recurrence in its seed, so that its streams of neighbouring seeds differ by constants, and a campaign over
/// seeds 1, 2, 3, ... would be a lattice, not a sample.
/// </summary>
internal sealed class SplitMix64(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>In [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal (Box and Muller).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());
}
