namespace Metering.Core.Weather;

/// <summary>Cuts hourly temperatures into the local days of a site, closing short gaps.</summary>
public static class WeatherDays
{
    /// <summary>
    /// Days from the first to the last local date of the data, without holes. An hour given twice with two different values is
    /// missing; given twice alike it counts once (CalTRACK 2.0, 2.3.2.1).
    /// </summary>
    /// <param name="hourly">Any order.</param>
    /// <param name="zone">Time zone of the site.</param>
    public static IReadOnlyList<WeatherDay> FromHourly(IEnumerable<HourlyTemperature> hourly, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(hourly);
        ArgumentNullException.ThrowIfNull(zone);
        var byHour = new SortedDictionary<DateTime, double>();
        foreach (var (hour, celsius) in hourly)
        {
            var key = new DateTime(hour.UtcTicks - (hour.UtcTicks % TimeSpan.TicksPerHour), DateTimeKind.Utc);
            // NaN when two values disagree; Equals, unlike ==, takes two NaN as equal.
            byHour[key] = !byHour.TryGetValue(key, out var other) || other.Equals(celsius) ? celsius : double.NaN;
        }

        if (byHour.Count == 0)
        {
            return [];
        }

        var firstDay = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(byHour.Keys.First(), zone));
        var lastDay = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(byHour.Keys.Last(), zone));
        var from = StartOf(firstDay, zone);
        var count = (int)((StartOf(lastDay.AddDays(1), zone) - from).Ticks / TimeSpan.TicksPerHour);
        var values = new double[count];
        var interpolated = new bool[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = byHour.TryGetValue(from.AddHours(i), out var celsius) ? celsius : double.NaN;
        }

        CloseShortGaps(values, interpolated);
        var days = new List<WeatherDay>(lastDay.DayNumber - firstDay.DayNumber + 1);
        for (var day = firstDay; day <= lastDay; day = day.AddDays(1))
        {
            var start = (int)((StartOf(day, zone) - from).Ticks / TimeSpan.TicksPerHour);
            var end = (int)((StartOf(day.AddDays(1), zone) - from).Ticks / TimeSpan.TicksPerHour);
            days.Add(new WeatherDay(day, values[start..end], interpolated.AsSpan(start..end).Count(true)));
        }

        return days;
    }

    /// <summary>UTC instant at which the local day begins; where the clock skips midnight, the first instant that exists.</summary>
    private static DateTime StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(30);
        }

        // An ambiguous midnight happens twice: the day begins with the first, the one with the larger offset.
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        var utc = DateTime.SpecifyKind(midnight - offset, DateTimeKind.Utc);
        // Zones with half-hour offsets: the hour in which the day begins.
        return new DateTime(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerHour), DateTimeKind.Utc);
    }

    private static void CloseShortGaps(double[] values, bool[] interpolated)
    {
        var known = -1;
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
            {
                continue;
            }

            var gap = i - known - 1;
            if (known >= 0 && gap is > 0 and <= WeatherDay.InterpolatedGapHoursMax)
            {
                for (var j = known + 1; j < i; j++)
                {
                    values[j] = values[known] + ((values[i] - values[known]) * (j - known) / (i - known));
                    interpolated[j] = true;
                }
            }

            known = i;
        }
    }
}
