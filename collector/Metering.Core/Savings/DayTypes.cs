namespace Metering.Core.Savings;

/// <summary>Kind of a day by the calendar.</summary>
public enum DayType
{
    /// <summary>Every day alike.</summary>
    Any = 0,

    /// <summary>Monday to Friday, no public holiday.</summary>
    Working = 1,

    Saturday = 2,

    /// <summary>Sundays and public holidays.</summary>
    Closed = 3,
}

/// <summary>
/// Sorts days by the French calendar: the eleven public holidays of the Code du travail, L. 3133-1. Holidays of a single
/// territory (27 May in Guadeloupe) are not among them.
/// </summary>
public static class DayTypes
{
    private static readonly (int Month, int Day)[] Fixed = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];

    /// <summary>Days from Easter Sunday to Easter Monday, Ascension and Whit Monday.</summary>
    private static readonly int[] AfterEaster = [1, 39, 50];

    public static DayType Of(DateOnly day) => day.DayOfWeek switch
    {
        DayOfWeek.Sunday => DayType.Closed,
        _ when IsHoliday(day) => DayType.Closed,
        DayOfWeek.Saturday => DayType.Saturday,
        _ => DayType.Working,
    };

    public static bool IsHoliday(DateOnly day) =>
        Array.IndexOf(Fixed, (day.Month, day.Day)) >= 0 || Array.IndexOf(AfterEaster, day.DayNumber - Easter(day.Year).DayNumber) >= 0;

    /// <summary>Easter Sunday of the Gregorian calendar (anonymous algorithm of 1876; Meeus, Astronomical Algorithms, ch. 8).</summary>
    /// <param name="year">1583 and up.</param>
    public static DateOnly Easter(int year)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 1583);
        int a = year % 19, b = year / 100, c = year % 100;
        int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
        var h = ((19 * a) + b - d - g + 15) % 30;
        int i = c / 4, k = c % 4;
        var l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var n = h + l - (7 * m) + 114;
        return new DateOnly(year, n / 31, (n % 31) + 1);
    }
}
