using Metering.Core.Readings;

namespace Metering.Collector.Storage;

/// <summary>Time, then boot, then sequence: the order of every read.</summary>
internal sealed class ReadingOrder : IComparer<Reading>
{
    internal static readonly ReadingOrder Instance = new();

    public int Compare(Reading x, Reading y)
    {
        var order = x.Time.CompareTo(y.Time);
        order = order != 0 ? order : x.Boot.CompareTo(y.Boot);
        return order != 0 ? order : x.Sequence.CompareTo(y.Sequence);
    }
}
