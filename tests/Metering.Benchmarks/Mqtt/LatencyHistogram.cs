using System.Numerics;

namespace Metering.Benchmarks.Mqtt;

/// <summary>Durations in buckets of 1/16 of a power of two: at most 6 % off, one array.</summary>
internal sealed class LatencyHistogram
{
    private readonly long[] _counts = new long[64 * 16];

    public long Count { get; private set; }

    public void Add(long microseconds)
    {
        _counts[Bucket(Math.Max(microseconds, 1))]++;
        Count++;
    }

    public void Add(LatencyHistogram other)
    {
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
    }

    /// <summary>Upper bound of the bucket that holds the quantile, ms.</summary>
    public double Milliseconds(double quantile)
    {
        long rank = (long)Math.Ceiling(Count * quantile);
        for (int i = 0; i < _counts.Length; i++)
        {
            rank -= _counts[i];
            if (rank <= 0)
            {
                int power = i / 16;
                return Math.Pow(2, power) * (1 + (((i % 16) + 1) / 16.0)) / 1000;
            }
        }

        return 0;
    }

    private static int Bucket(long value)
    {
        int power = BitOperations.Log2((ulong)value);
        long rest = value - (1L << power);
        return (power * 16) + (int)(power >= 4 ? rest >> (power - 4) : rest << (4 - power));
    }
}
