using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Core.Energy;

/// <summary>Readings of one assignment in the board's own order, strictly increasing in time.</summary>
internal sealed class OrderedReadings(ChannelAssignment assignment, List<Reading> readings, List<QualityFlags> carried)
{
    public ChannelAssignment Assignment { get; } = assignment;

    public int Count => readings.Count;

    public Reading this[int index] => readings[index];

    /// <summary>Flags of the readings that were set aside between the reading before this one and this one.</summary>
    public QualityFlags Carried(int index) => carried[index];
}

/// <summary>
/// Brings readings into the board's order (boot, sequence), and sets aside those that contradict the others: two
/// contents of one sample, time running backwards, a single reading below both of its neighbours or above both.
/// </summary>
internal static class ReadingOrder
{
    public static OrderedReadings Arrange(AssignedReadings channel, List<SetAsideReading> setAside)
    {
        var assignment = channel.Assignment;
        var sorted = Sorted(channel);
        var reasons = new QualityFlags[sorted.Length];
        MarkDuplicates(sorted, reasons);
        TimeOrder.MarkBackwards(sorted, reasons);

        var kept = new List<Reading>(sorted.Length);
        var carried = new List<QualityFlags>(sorted.Length);
        var pending = QualityFlags.Ok;
        for (var i = 0; i < sorted.Length; i++)
        {
            var reading = sorted[i];
            if (reasons[i] == Repeated)
            {
                continue;
            }

            if (reasons[i] == QualityFlags.Ok && kept.Count > 0 && RegisterDifference.Falls(kept[^1], reading, assignment.Modulus))
            {
                var next = Next(reasons, i);
                if (next > 0 && sorted[next].Boot == reading.Boot && sorted[next].Value >= kept[^1].Value)
                {
                    reasons[i] = QualityFlags.Reversed;
                }
                else if (kept.Count > 1 && kept[^2].Boot == reading.Boot && reading.Value >= kept[^2].Value)
                {
                    setAside.Add(new SetAsideReading(assignment.Key, kept[^1], QualityFlags.Reversed));
                    pending |= carried[^1] | QualityFlags.Reversed;
                    kept.RemoveAt(kept.Count - 1);
                    carried.RemoveAt(carried.Count - 1);
                }
            }

            if (reasons[i] != QualityFlags.Ok)
            {
                setAside.Add(new SetAsideReading(assignment.Key, reading, reasons[i]));
                pending |= reasons[i];
                continue;
            }

            kept.Add(reading);
            carried.Add(pending);
            pending = QualityFlags.Ok;
        }

        return new OrderedReadings(assignment, kept, carried);
    }

    /// <summary>The same sample once more: dropped without a word, as the store does.</summary>
    private const QualityFlags Repeated = (QualityFlags)(-1);

    private static Reading[] Sorted(AssignedReadings channel)
    {
        var assignment = channel.Assignment;
        var usable = new List<Reading>(channel.Readings.Count);
        foreach (var reading in channel.Readings)
        {
            if (reading.Missing == MissingReason.None && reading.Time >= assignment.From && !(reading.Time > assignment.To))
            {
                usable.Add(reading);
            }
        }

        var sorted = usable.ToArray();
        for (var i = 1; i < sorted.Length; i++)
        {
            if (Compare(sorted[i - 1], sorted[i]) > 0)
            {
                Array.Sort(sorted, Compare);
                break;
            }
        }

        return sorted;
    }

    /// <summary>A total order, so that the order of arrival has no influence on anything.</summary>
    private static int Compare(Reading x, Reading y)
    {
        var order = x.Boot.CompareTo(y.Boot);
        order = order != 0 ? order : x.Sequence.CompareTo(y.Sequence);
        order = order != 0 ? order : x.Time.CompareTo(y.Time);
        order = order != 0 ? order : x.Value.CompareTo(y.Value);
        order = order != 0 ? order : x.Clock.CompareTo(y.Clock);
        return order != 0 ? order : x.Flags.CompareTo(y.Flags);
    }

    private static void MarkDuplicates(Reading[] sorted, QualityFlags[] reasons)
    {
        for (var first = 0; first < sorted.Length;)
        {
            var end = first + 1;
            var conflict = false;
            while (end < sorted.Length && sorted[end].Boot == sorted[first].Boot && sorted[end].Sequence == sorted[first].Sequence)
            {
                conflict |= sorted[end].Time != sorted[first].Time || sorted[end].Value != sorted[first].Value;
                end++;
            }

            // Identical: the last one stays (best clock quality). Contradictory: none of them can be believed.
            for (var i = first; i < end; i++)
            {
                reasons[i] = conflict ? QualityFlags.Duplicate : i < end - 1 ? Repeated : QualityFlags.Ok;
            }

            first = end;
        }

        // Two samples in one second: the later one knows all pulses of the earlier one.
        var previous = -1;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (reasons[i] != QualityFlags.Ok)
            {
                continue;
            }

            if (previous >= 0 && sorted[previous].Time == sorted[i].Time)
            {
                reasons[previous] = sorted[previous].Value == sorted[i].Value && sorted[previous].Boot == sorted[i].Boot
                    ? Repeated
                    : QualityFlags.Duplicate;
            }

            previous = i;
        }
    }

    private static int Next(QualityFlags[] reasons, int index)
    {
        for (var i = index + 1; i < reasons.Length; i++)
        {
            if (reasons[i] == QualityFlags.Ok)
            {
                return i;
            }
        }

        return -1;
    }
}
