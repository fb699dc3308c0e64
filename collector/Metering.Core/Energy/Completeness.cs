using Metering.Core.Readings;

namespace Metering.Core.Energy;

/// <summary>Samples that are there and samples there should be in one local unit.</summary>
/// <param name="Start">First instant, local offset.</param>
/// <param name="End">End (exclusive), local offset.</param>
/// <param name="Expected">Instants of the grid in the whole unit.</param>
/// <param name="Valid">Instants of the grid that have a valid sample.</param>
/// <param name="ValidUnits">For months and years: complete days. For hours and days: <paramref name="Valid"/>.</param>
/// <param name="ExpectedUnits">For months and years: days. For hours and days: <paramref name="Expected"/>.</param>
/// <param name="IsComplete">Whether the rule of the unit is met (<see cref="CompletenessRules"/>).</param>
public readonly record struct CompletenessValue(
    DateTimeOffset Start, DateTimeOffset End, int Expected, int Valid, int ValidUnits, int ExpectedUnits, bool IsComplete)
{
    /// <summary>Share of the samples, 0 to 1: what a completeness table prints.</summary>
    public double SampleShare => Expected == 0 ? 0 : (double)Valid / Expected;
}

/// <summary>
/// Completeness of a series of samples on a regular grid, by local unit. It speaks of samples; that the energy of a
/// register is exact in spite of lost samples is said by <see cref="ProfileValue.Completeness"/>.
/// </summary>
public static class Completeness
{
    /// <summary>One value for each whole local unit that [from, to) touches.</summary>
    /// <param name="valid">Instants of valid samples, ascending. Several within one step count once.</param>
    /// <param name="step">Grid of the series, aligned to UTC.</param>
    /// <param name="from">First instant.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="resolution">Unit.</param>
    /// <param name="zone">Zone of the site.</param>
    public static IReadOnlyList<CompletenessValue> Of(
        IReadOnlyList<DateTimeOffset> valid, TimeSpan step, DateTimeOffset from, DateTimeOffset to,
        ProfileResolution resolution, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(valid);
        if (step <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, "The step must be longer than nothing.");
        }

        if (resolution is ProfileResolution.Hour or ProfileResolution.Day)
        {
            return Steps(valid, step, from, to, resolution, zone);
        }

        var days = Steps(valid, step, from, to, ProfileResolution.Day, zone);
        var boundaries = LocalCalendar.Boundaries(from, to, resolution, zone);
        var values = new CompletenessValue[boundaries.Count - 1];
        var day = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var (start, end) = (boundaries[i], boundaries[i + 1]);
            int samples = 0, complete = 0;
            for (; day < days.Length && days[day].Start < end; day++)
            {
                samples += days[day].Valid;
                complete += days[day].IsComplete ? 1 : 0;
            }

            var all = LocalCalendar.DateOf(end, zone).DayNumber - LocalCalendar.DateOf(start, zone).DayNumber;
            values[i] = new CompletenessValue(
                start, end, Expected(start, end, step), samples, complete, all, CompletenessRules.IsComplete(resolution, complete, all));
        }

        return values;
    }

    /// <summary>Instants of the valid samples of a channel: a value is there, and <paramref name="reject"/> is not among the flags.</summary>
    public static IReadOnlyList<DateTimeOffset> ValidInstants(
        IReadOnlyList<Reading> readings, IReadOnlyList<QualityFlags>? flags = null, QualityFlags reject = QualityFlags.Ok)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var instants = new List<DateTimeOffset>(readings.Count);
        for (var i = 0; i < readings.Count; i++)
        {
            if (readings[i].Missing == MissingReason.None && (flags is null || (flags[i] & reject) == 0))
            {
                instants.Add(readings[i].Time);
            }
        }

        instants.Sort();
        return instants;
    }

    private static CompletenessValue[] Steps(
        IReadOnlyList<DateTimeOffset> valid, TimeSpan step, DateTimeOffset from, DateTimeOffset to,
        ProfileResolution resolution, TimeZoneInfo zone)
    {
        var boundaries = LocalCalendar.Boundaries(from, to, resolution, zone);
        var values = new CompletenessValue[boundaries.Count - 1];
        var next = 0;
        var lastCell = long.MinValue;
        for (var i = 0; i < values.Length; i++)
        {
            var (start, end) = (boundaries[i], boundaries[i + 1]);
            var count = 0;
            for (; next < valid.Count && valid[next] < end; next++)
            {
                var cell = valid[next].UtcTicks / step.Ticks;
                if (valid[next] >= from && valid[next] < to && valid[next] >= start && cell != lastCell)
                {
                    count++;
                    lastCell = cell;
                }
            }

            var expected = Expected(start, end, step);
            count = Math.Min(count, expected);
            values[i] = new CompletenessValue(
                start, end, expected, count, count, expected, CompletenessRules.IsComplete(resolution, count, expected));
        }

        return values;
    }

    /// <summary>Instants of the UTC grid in [start, end).</summary>
    private static int Expected(DateTimeOffset start, DateTimeOffset end, TimeSpan step) =>
        (int)(Cells(end, step) - Cells(start, step));

    private static long Cells(DateTimeOffset instant, TimeSpan step) => (instant.UtcTicks + step.Ticks - 1) / step.Ticks;
}
