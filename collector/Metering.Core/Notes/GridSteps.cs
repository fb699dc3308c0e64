using Metering.Core.Notes.Model;
using Metering.Core.Readings;

namespace Metering.Core.Notes;

/// <summary>Steps of the ten-minute grid (UTC): how many a period has, and how many of them hold a value.</summary>
internal static class GridSteps
{
    /// <summary>Instants of the grid in a period.</summary>
    public static long Expected(NotePeriod period) => Math.Max(0, StepFrom(period.To) - StepFrom(period.From));

    /// <summary>Steps of each period that hold at least one value; never more than expected.</summary>
    /// <param name="readings">In any order; in time order they are counted in one pass.</param>
    /// <param name="periods">In time order, without overlap; an empty one may end before it begins.</param>
    public static long[] Count(IReadOnlyList<Reading> readings, IReadOnlyList<NotePeriod> periods)
    {
        var counts = new long[periods.Count];
        var current = 0;
        long last = long.MinValue;
        var before = DateTimeOffset.MinValue;
        for (var i = 0; i < readings.Count; i++)
        {
            var time = readings[i].Time;
            if (time < before)
            {
                return Count([.. readings.OrderBy(r => r.Time)], periods);
            }

            before = time;
            while (current < counts.Length && time >= periods[current].To)
            {
                current++;
                last = long.MinValue;
            }

            if (current == counts.Length)
            {
                break;
            }

            var step = time.UtcTicks / NoteBuilder.Step.Ticks;
            if (readings[i].Missing == MissingReason.None && time >= periods[current].From && step != last)
            {
                counts[current]++;
                last = step;
            }
        }

        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = Math.Min(counts[i], Expected(periods[i]));
        }

        return counts;
    }

    private static long StepFrom(DateTimeOffset instant) => (instant.UtcTicks + NoteBuilder.Step.Ticks - 1) / NoteBuilder.Step.Ticks;
}
