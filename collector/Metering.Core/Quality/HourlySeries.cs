using Metering.Core.Energy;
using Metering.Core.Readings;

namespace Metering.Core.Quality;

/// <summary>Mean of one local hour of a temperature or humidity channel.</summary>
/// <param name="Start">First instant, local offset.</param>
/// <param name="Value">Mean of the valid readings, °C or %; NaN when there is none.</param>
/// <param name="Count">Valid readings.</param>
/// <param name="Expected">Steps of the hour.</param>
/// <param name="Flags">Union of the flags of the valid readings; INCOMPLETE below half of the steps; ESTIMATED when filled.</param>
public readonly record struct HourlyValue(DateTimeOffset Start, double Value, int Count, int Expected, QualityFlags Flags)
{
    /// <summary>At least half of the steps are there, or the value was filled over a short gap.</summary>
    public bool IsUsable => (Flags & QualityFlags.Incomplete) == 0;
}

/// <summary>Hourly means of a spot channel, with the hour's completeness rule (CalTRACK: at least half of the readings).</summary>
public static class HourlySeries
{
    /// <summary>One value for each local hour of [from, to).</summary>
    /// <param name="readings">Readings in time order.</param>
    /// <param name="flags">From <see cref="SpotQuality.Check"/>.</param>
    /// <param name="quantity">What the channel measures.</param>
    /// <param name="step">Grid of the readings.</param>
    /// <param name="from">First instant.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="zone">Zone of the site.</param>
    public static HourlyValue[] Means(
        IReadOnlyList<Reading> readings, IReadOnlyList<QualityFlags> flags, Quantity quantity, TimeSpan step,
        DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(readings);
        ArgumentNullException.ThrowIfNull(flags);
        var boundaries = LocalCalendar.Boundaries(from, to, ProfileResolution.Hour, zone);
        var scale = Quantities.Scale(quantity);
        var hours = new HourlyValue[boundaries.Count - 1];
        var next = 0;
        for (var h = 0; h < hours.Length; h++)
        {
            long sum = 0;
            var count = 0;
            var union = QualityFlags.Ok;
            for (; next < readings.Count && readings[next].Time < boundaries[h + 1]; next++)
            {
                var reading = readings[next];
                if (reading.Time >= boundaries[h] && reading.Time >= from && reading.Time < to && SpotQuality.IsValid(reading, flags[next]))
                {
                    sum += reading.Value;
                    count++;
                    union |= flags[next];
                }
            }

            var expected = (int)Math.Round((boundaries[h + 1] - boundaries[h]) / step);
            if (!CompletenessRules.IsComplete(ProfileResolution.Hour, count, expected))
            {
                union |= QualityFlags.Incomplete;
            }

            hours[h] = new HourlyValue(boundaries[h], count == 0 ? double.NaN : (double)sum / count / scale, count, expected, union);
        }

        return hours;
    }

    /// <summary>
    /// Fills unusable hours by a straight line between their usable neighbours where no more than
    /// <paramref name="longest"/> are missing in a row, and marks them ESTIMATED. For T and RH one hour (project rule);
    /// CalTRACK allows six hours for outdoor temperature. Never for energy.
    /// </summary>
    public static HourlyValue[] FillShortGaps(IReadOnlyList<HourlyValue> hours, int longest)
    {
        ArgumentNullException.ThrowIfNull(hours);
        ArgumentOutOfRangeException.ThrowIfNegative(longest);
        var filled = hours.ToArray();
        var last = -1;
        for (var i = 0; i < filled.Length; i++)
        {
            if (!filled[i].IsUsable)
            {
                continue;
            }

            var missing = i - last - 1;
            if (last >= 0 && missing > 0 && missing <= longest)
            {
                for (var k = last + 1; k < i; k++)
                {
                    var share = (double)(k - last) / (i - last);
                    filled[k] = filled[k] with
                    {
                        Value = filled[last].Value + (share * (filled[i].Value - filled[last].Value)),
                        Flags = (filled[k].Flags & ~QualityFlags.Incomplete) | QualityFlags.Estimated,
                    };
                }
            }

            last = i;
        }

        return filled;
    }
}
