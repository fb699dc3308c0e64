namespace Metering.Simulator.Office;

/// <summary>Who is there when: weekdays, a few on Saturday morning, nobody on Sundays and public holidays, fewer in August.</summary>
internal static class OfficeCalendar
{
    /// <summary>Share of the desks that are used, 0 to 1, by hour of a weekday.</summary>
    private static readonly double[] Weekday =
    [
        0, 0, 0, 0, 0, 0, 0.05, 0.45, 0.9, 1, 1, 0.95, 0.55, 0.7, 0.95, 0.9, 0.6, 0.25, 0.05, 0, 0, 0, 0, 0,
    ];

    /// <summary>French public holidays of a fixed date, month and day.</summary>
    private static readonly (int Month, int Day)[] Holidays =
        [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];

    /// <summary>Easter Monday, Ascension and Whit Monday of the years of the scenario.</summary>
    private static readonly DateOnly[] Movable =
    [
        new(2022, 4, 18), new(2022, 5, 26), new(2022, 6, 6), new(2023, 4, 10), new(2023, 5, 18), new(2023, 5, 29),
        new(2024, 4, 1), new(2024, 5, 9), new(2024, 5, 20),
    ];

    /// <summary>Share of the desks that are used, 0 to 1.</summary>
    /// <param name="day">Local day.</param>
    /// <param name="hour">Local hour.</param>
    public static double Occupancy(DateOnly day, int hour)
    {
        if (day.DayOfWeek == DayOfWeek.Sunday || Array.IndexOf(Holidays, (day.Month, day.Day)) >= 0 || Array.IndexOf(Movable, day) >= 0)
        {
            return 0;
        }

        var present = day.Month == 8 ? 0.65 : 1;
        return day.DayOfWeek == DayOfWeek.Saturday ? (hour is >= 8 and < 12 ? 0.3 * present : 0) : Weekday[hour] * present;
    }
}
