namespace Metering.Core.Energy;

/// <summary>Units of local time that values are reported by.</summary>
public enum ProfileResolution
{
    Hour = 0,
    Day = 1,
    Month = 2,
    Year = 3,
}

/// <summary>
/// Hours, days, months and years of a site's local time as instants. A day has 23, 24 or 25 hours where daylight
/// saving begins or ends; a local midnight that does not exist is the first instant after it, and one that exists
/// twice is the earlier one.
/// </summary>
public static class LocalCalendar
{
    /// <summary>
    /// Boundaries of the whole units that touch [from, to): the first is at or before <paramref name="from"/>, the last
    /// at or after <paramref name="to"/>. Each carries the local offset.
    /// </summary>
    public static IReadOnlyList<DateTimeOffset> Boundaries(
        DateTimeOffset from, DateTimeOffset to, ProfileResolution resolution, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (to <= from)
        {
            throw new ArgumentException($"A period must end after it begins; it runs from {from:O} to {to:O}.", nameof(to));
        }

        var boundaries = new List<DateTimeOffset>();
        var boundary = Floor(from, resolution, zone);
        while (boundary < to)
        {
            boundaries.Add(boundary);
            boundary = Next(boundary, resolution, zone);
        }

        boundaries.Add(boundary);
        return boundaries;
    }

    /// <summary>The first instant of a local day.</summary>
    public static DateTimeOffset StartOfDay(DateOnly day, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset);
    }

    /// <summary>The local date of an instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    private static DateTimeOffset Floor(DateTimeOffset instant, ProfileResolution resolution, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        var date = DateOnly.FromDateTime(local.DateTime);
        return resolution switch
        {
            ProfileResolution.Hour => TimeZoneInfo.ConvertTime(
                local.AddTicks(-(local.TimeOfDay.Ticks % TimeSpan.TicksPerHour)), zone),
            ProfileResolution.Day => StartOfDay(date, zone),
            ProfileResolution.Month => StartOfDay(new DateOnly(date.Year, date.Month, 1), zone),
            ProfileResolution.Year => StartOfDay(new DateOnly(date.Year, 1, 1), zone),
            _ => throw new ArgumentOutOfRangeException(nameof(resolution), resolution, "Allowed are Hour, Day, Month and Year."),
        };
    }

    private static DateTimeOffset Next(DateTimeOffset boundary, ProfileResolution resolution, TimeZoneInfo zone)
    {
        var date = DateOnly.FromDateTime(boundary.DateTime);
        return resolution switch
        {
            // Up to the next full hour of the local clock, so that zones with half hours stay in step.
            ProfileResolution.Hour => TimeZoneInfo.ConvertTime(
                boundary.AddTicks(TimeSpan.TicksPerHour - (boundary.TimeOfDay.Ticks % TimeSpan.TicksPerHour)), zone),
            ProfileResolution.Day => StartOfDay(date.AddDays(1), zone),
            ProfileResolution.Month => StartOfDay(date.AddMonths(1), zone),
            _ => StartOfDay(date.AddYears(1), zone),
        };
    }
}
