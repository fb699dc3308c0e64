using Metering.Core.Readings;

namespace Metering.Core.Quality;

/// <summary>Flags the readings of a temperature or humidity channel. Readings are never changed.</summary>
public static class SpotQuality
{
    /// <summary>A reading with one of these flags counts as missing.</summary>
    public const QualityFlags Rejecting = QualityFlags.Stuck | QualityFlags.Range | QualityFlags.Duplicate;

    /// <summary>
    /// One entry a reading. A reading without value keeps <see cref="QualityFlags.Ok"/>: its reason says why it is missing.
    /// </summary>
    /// <param name="readings">Readings of one channel, ordered by time, then boot, then sequence, as a store returns them.</param>
    /// <param name="quantity">What the channel measures.</param>
    /// <param name="rules">Limits.</param>
    /// <exception cref="ArgumentException">The readings are not in time order.</exception>
    public static QualityFlags[] Check(IReadOnlyList<Reading> readings, Quantity quantity, SpotRules rules)
    {
        ArgumentNullException.ThrowIfNull(readings);
        ArgumentNullException.ThrowIfNull(rules);
        var scale = Quantities.Scale(quantity);
        var flags = new QualityFlags[readings.Count];
        var same = new Run();
        var saturated = new Run();
        var last = -1;
        for (var i = 0; i < readings.Count; i++)
        {
            var reading = readings[i];
            if (i > 0 && reading.Time < readings[i - 1].Time)
            {
                throw new ArgumentException($"Readings must be in time order; number {i} at {reading.Time:O} is earlier than the one before.");
            }

            if (reading.Missing != MissingReason.None)
            {
                continue;
            }

            if (reading.Clock != ClockQuality.Synchronised)
            {
                flags[i] |= QualityFlags.Clock;
            }

            if (reading.Flags.HasFlag(SampleFlags.Corrected))
            {
                flags[i] |= QualityFlags.Corrected;
            }

            var value = (double)reading.Value / scale;
            if (value < rules.Minimum || value > rules.Maximum)
            {
                flags[i] |= QualityFlags.Range;
            }

            if (last >= 0)
            {
                MarkPair(readings, flags, last, i, rules, scale);
            }

            same.Extend(i, last >= 0 && readings[last].Value == reading.Value, readings, flags, rules.StuckAfter);
            saturated.Extend(i, value >= rules.SaturatedFrom, readings, flags, rules.SaturatedAfter, startsHere: value >= rules.SaturatedFrom);
            last = i;
        }

        return flags;
    }

    /// <summary>Whether a reading may be used.</summary>
    public static bool IsValid(in Reading reading, QualityFlags flags) =>
        reading.Missing == MissingReason.None && (flags & Rejecting) == 0;

    private static void MarkPair(
        IReadOnlyList<Reading> readings, QualityFlags[] flags, int earlier, int later, SpotRules rules, int scale)
    {
        var (a, b) = (readings[earlier], readings[later]);
        if (a.Time == b.Time)
        {
            // Identical: the first one stays. Different: neither can be believed (CalTRACK).
            flags[later] |= QualityFlags.Duplicate;
            if (a.Value != b.Value)
            {
                flags[earlier] |= QualityFlags.Duplicate;
            }

            return;
        }

        if (b.Time - a.Time <= rules.StepWithin && Math.Abs(b.Value - a.Value) > rules.LargestStep * scale)
        {
            flags[later] |= QualityFlags.Step;
        }
    }

    /// <summary>A run of readings in which something lasts. Once it has lasted too long, all of it is marked.</summary>
    private struct Run
    {
        private int first;
        private bool open;
        private bool marked;

        public void Extend(
            int index, bool goesOn, IReadOnlyList<Reading> readings, QualityFlags[] flags, TimeSpan tooLong, bool startsHere = true)
        {
            if (!open || !goesOn)
            {
                (first, open, marked) = (index, startsHere, false);
                return;
            }

            if (marked)
            {
                flags[index] |= QualityFlags.Stuck;
            }
            else if (readings[index].Time - readings[first].Time > tooLong)
            {
                marked = true;
                for (var i = first; i <= index; i++)
                {
                    if (readings[i].Missing == MissingReason.None)
                    {
                        flags[i] |= QualityFlags.Stuck;
                    }
                }
            }
        }
    }
}
