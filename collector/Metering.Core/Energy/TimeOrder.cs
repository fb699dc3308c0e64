using Metering.Core.Readings;

namespace Metering.Core.Energy;

/// <summary>
/// Finds the readings whose time contradicts the board's own order. As few as possible are given up, and readings
/// dated by a synchronised clock are preferred to others.
/// </summary>
internal static class TimeOrder
{
    /// <summary>Marks with <see cref="QualityFlags.Clock"/>; entries that are marked already are left out of account.</summary>
    public static void MarkBackwards(Reading[] sorted, QualityFlags[] reasons)
    {
        if (IsIncreasing(sorted, reasons))
        {
            return;
        }

        var open = Enumerable.Range(0, sorted.Length).Where(i => reasons[i] == QualityFlags.Ok).ToList();
        var anchors = LongestIncreasing(sorted, open.Where(i => sorted[i].Clock == ClockQuality.Synchronised).ToList());
        var keep = new HashSet<int>(anchors);

        // Between two synchronised readings, keep the others that fit in.
        var position = 0;
        var low = DateTimeOffset.MinValue;
        for (var a = 0; a <= anchors.Count; a++)
        {
            var high = a < anchors.Count ? sorted[anchors[a]].Time : DateTimeOffset.MaxValue;
            var between = new List<int>();
            for (; position < open.Count && (a == anchors.Count || open[position] < anchors[a]); position++)
            {
                var index = open[position];
                if (sorted[index].Clock != ClockQuality.Synchronised && sorted[index].Time > low && sorted[index].Time < high)
                {
                    between.Add(index);
                }
            }

            keep.UnionWith(LongestIncreasing(sorted, between));
            position++;
            low = high;
        }

        foreach (var index in open)
        {
            if (!keep.Contains(index))
            {
                reasons[index] = QualityFlags.Clock;
            }
        }
    }

    private static bool IsIncreasing(Reading[] sorted, QualityFlags[] reasons)
    {
        var last = DateTimeOffset.MinValue;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (reasons[i] != QualityFlags.Ok)
            {
                continue;
            }

            if (sorted[i].Time <= last)
            {
                return false;
            }

            last = sorted[i].Time;
        }

        return true;
    }

    /// <summary>A longest strictly increasing (by time) part of <paramref name="indices"/>, by patience sorting.</summary>
    private static List<int> LongestIncreasing(Reading[] sorted, List<int> indices)
    {
        var tails = new List<int>();
        var before = new int[indices.Count];
        for (var k = 0; k < indices.Count; k++)
        {
            var time = sorted[indices[k]].Time;
            int low = 0, high = tails.Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (sorted[indices[tails[middle]]].Time < time)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            before[k] = low > 0 ? tails[low - 1] : -1;
            if (low == tails.Count)
            {
                tails.Add(k);
            }
            else
            {
                tails[low] = k;
            }
        }

        var result = new List<int>(tails.Count);
        for (var k = tails.Count > 0 ? tails[^1] : -1; k >= 0; k = before[k])
        {
            result.Add(indices[k]);
        }

        result.Reverse();
        return result;
    }
}
