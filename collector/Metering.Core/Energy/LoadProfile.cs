using Metering.Core.Readings;

namespace Metering.Core.Energy;

/// <summary>
/// Load profile (fr. courbe de charge): the energy of a point by local hour, day, month or year. Totals are exact: each
/// interval's integer pulses are divided among the units it touches so that their sum is the interval. A gap is spread
/// uniformly, and every unit that it reaches into says so.
/// </summary>
public static class LoadProfile
{
    /// <summary>
    /// The profile of [from, to): one value for each whole local unit that the period touches. Only the part of an
    /// interval inside the period counts.
    /// </summary>
    public static IReadOnlyList<ProfileValue> Build(
        IntervalSeries series, DateTimeOffset from, DateTimeOffset to, ProfileResolution resolution, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(series);
        return Build(series.Intervals, from, to, resolution, zone);
    }

    /// <inheritdoc cref="Build(IntervalSeries, DateTimeOffset, DateTimeOffset, ProfileResolution, TimeZoneInfo)"/>
    /// <param name="intervals">In time order, without overlap.</param>
    /// <param name="from">First instant.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="resolution">Unit.</param>
    /// <param name="zone">Zone of the site.</param>
    public static IReadOnlyList<ProfileValue> Build(
        IReadOnlyList<IntervalReading> intervals, DateTimeOffset from, DateTimeOffset to, ProfileResolution resolution, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        var boundaries = LocalCalendar.Boundaries(from, to, resolution, zone);
        var buckets = Accumulate(intervals, boundaries, from, to);
        var days = resolution < ProfileResolution.Month
            ? null
            : Build(intervals, from, to, ProfileResolution.Day, zone);

        var profile = new ProfileValue[buckets.Length];
        var day = 0;
        for (var i = 0; i < buckets.Length; i++)
        {
            var (start, end) = (boundaries[i], boundaries[i + 1]);
            var bucket = buckets[i];
            double valid, expected;
            if (days is null)
            {
                valid = bucket.Measured + bucket.ExactGap;
                expected = (end - start).Ticks;
            }
            else
            {
                valid = 0;
                expected = LocalCalendar.DateOf(end, zone).DayNumber - LocalCalendar.DateOf(start, zone).DayNumber;
                for (; day < days.Count && days[day].Start < end; day++)
                {
                    valid += days[day].IsComplete ? 1 : 0;
                }
            }

            var flags = bucket.Flags;
            if (!CompletenessRules.IsComplete(resolution, valid, expected))
            {
                flags |= QualityFlags.Incomplete;
            }

            if (resolution == ProfileResolution.Day && bucket.Pulses == 0 && !flags.HasFlag(QualityFlags.Incomplete))
            {
                flags |= QualityFlags.Zero;
            }

            profile[i] = new ProfileValue(
                start, end, bucket.Pulses, bucket.EnergyWh, new TimeSpan(bucket.Measured), new TimeSpan(bucket.ExactGap),
                new TimeSpan(bucket.Spread), valid / expected, flags);
        }

        return profile;
    }

    private static Bucket[] Accumulate(
        IReadOnlyList<IntervalReading> intervals, IReadOnlyList<DateTimeOffset> boundaries, DateTimeOffset from, DateTimeOffset to)
    {
        var buckets = new Bucket[boundaries.Count - 1];
        var current = 0;
        for (var i = 0; i < intervals.Count; i++)
        {
            var interval = intervals[i];
            if (interval.End <= from || interval.Start >= to)
            {
                continue;
            }

            while (boundaries[current + 1] <= interval.Start)
            {
                current++;
            }

            for (var b = current; b < buckets.Length && boundaries[b] < interval.End; b++)
            {
                buckets[b].Add(
                    interval,
                    Later(Later(interval.Start, boundaries[b]), from),
                    Earlier(Earlier(interval.End, boundaries[b + 1]), to));
            }
        }

        return buckets;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private struct Bucket
    {
        public long Pulses;
        public long Measured;
        public long ExactGap;
        public long Spread;
        public QualityFlags Flags;
        private decimal energyOfOtherWeights;
        private decimal weight;
        private long pulsesOfWeight;

        /// <summary>Wh. Pulses of one weight are added up as integers first: exact either way, and decimals are slow.</summary>
        public readonly decimal EnergyWh => energyOfOtherWeights + (pulsesOfWeight * weight);

        /// <summary>Adds the part [from, to) of an interval.</summary>
        public void Add(in IntervalReading interval, DateTimeOffset from, DateTimeOffset to)
        {
            var part = (to - from).Ticks;
            if (part <= 0)
            {
                return;
            }

            Flags |= interval.Flags;
            if (interval.Pulses is not { } pulses)
            {
                return;
            }

            var whole = from == interval.Start && to == interval.End;
            var share = whole ? pulses : UpTo(interval, pulses, to) - UpTo(interval, pulses, from);
            Pulses += share;
            if (interval.PulseWeightWh != weight)
            {
                (energyOfOtherWeights, weight, pulsesOfWeight) = (EnergyWh, interval.PulseWeightWh, 0);
            }

            pulsesOfWeight += share;
            if (!interval.Flags.HasFlag(QualityFlags.GapIndex))
            {
                Measured += part;
            }
            else if (whole)
            {
                ExactGap += part;
            }
            else
            {
                Spread += part;
            }
        }

        /// <summary>
        /// Pulses of the interval up to an instant, rounded down. Differences of this function add up to the interval
        /// whatever the cuts, which rounding each part by itself would not.
        /// </summary>
        private static long UpTo(in IntervalReading interval, long pulses, DateTimeOffset instant) =>
            (long)((Int128)pulses * (instant - interval.Start).Ticks / interval.Duration.Ticks);
    }
}
