namespace Metering.Core.Energy;

/// <summary>
/// How much of a period must be there before its value may carry a conclusion. Sources: hour and year CalTRACK 2.0
/// (docs/methods, data sufficiency: half of the readings of an hour; at most 37 of 365 days missing); day, month and
/// comfort season are rules of this project.
/// </summary>
public static class CompletenessRules
{
    /// <summary>Share of the steps of an hour.</summary>
    public const double Hour = 0.5;

    /// <summary>Share of a day.</summary>
    public const double Day = 0.9;

    /// <summary>Share of complete days in a month.</summary>
    public const double Month = 0.9;

    /// <summary>Most days that may be missing in a year of 365 or 366 days (CalTRACK: 10 %).</summary>
    public const int MissingDaysOfYear = 37;

    /// <summary>Share of the occupied hours of a comfort season.</summary>
    public const double ComfortSeason = 0.8;

    /// <summary>Whether a unit is complete, from the share of its time (hour, day) or of its days (month, year).</summary>
    /// <param name="resolution">The unit.</param>
    /// <param name="valid">Steps, time or complete days that are there.</param>
    /// <param name="expected">As many as there should be.</param>
    public static bool IsComplete(ProfileResolution resolution, double valid, double expected) => resolution switch
    {
        ProfileResolution.Hour => Reaches(valid, expected, Hour),
        ProfileResolution.Day => Reaches(valid, expected, Day),
        ProfileResolution.Month => Reaches(valid, expected, Month),
        ProfileResolution.Year => expected > 0 && expected - valid <= MissingDaysOfYear,
        _ => throw new ArgumentOutOfRangeException(nameof(resolution), resolution, "Allowed are Hour, Day, Month and Year."),
    };

    // A share that is met exactly (129.6 of 144) must not fail by the last binary digit.
    private static bool Reaches(double valid, double expected, double share) =>
        expected > 0 && valid >= (share * expected) - (1e-9 * expected);
}
