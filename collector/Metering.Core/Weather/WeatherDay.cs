namespace Metering.Core.Weather;

/// <summary>Outdoor temperatures of one local day, from its hours or from a station's daily extremes.</summary>
/// <remarks>
/// CalTRACK 2.0: gaps of at most six hours are interpolated (2.2.4.1); a day with at most half of its hours missing takes the
/// mean of the rest, otherwise it is missing (2.2.2.3, 3.5.1.3). Extremes are given only of days without a missing hour: a
/// gap hides them.
/// </remarks>
public sealed class WeatherDay
{
    /// <summary>Longest gap that is interpolated, h.</summary>
    public const int InterpolatedGapHoursMax = 6;

    private readonly double[] hours;

    internal WeatherDay(DateOnly day, double[] hours, int interpolatedHours)
    {
        Day = day;
        this.hours = hours;
        InterpolatedHours = interpolatedHours;
        ValidHours = hours.Count(h => !double.IsNaN(h));
        Mean = 2 * ValidHours >= hours.Length && ValidHours > 0 ? hours.Where(h => !double.IsNaN(h)).Average() : double.NaN;
        var whole = ValidHours == hours.Length && ValidHours > 0;
        Minimum = whole ? hours.Min() : double.NaN;
        Maximum = whole ? hours.Max() : double.NaN;
    }

    private WeatherDay(DateOnly day, double minimum, double maximum)
    {
        Day = day;
        hours = [];
        Mean = double.NaN;
        Minimum = minimum;
        Maximum = maximum;
    }

    /// <summary>Local date.</summary>
    public DateOnly Day { get; }

    /// <summary>Temperatures of the local hours in order, °C: 24, or 23 and 25 where clocks change; NaN where missing.</summary>
    public IReadOnlyList<double> Hours => hours;

    /// <summary>Hours with a value, interpolated ones included.</summary>
    public int ValidHours { get; }

    public int InterpolatedHours { get; }

    /// <summary>Mean of the hours, °C; NaN where more than half are missing or only extremes are known.</summary>
    public double Mean { get; }

    /// <summary>Tn, °C; NaN where an hour is missing.</summary>
    public double Minimum { get; }

    /// <summary>Tx, °C; NaN where an hour is missing.</summary>
    public double Maximum { get; }

    /// <summary>A day of which a station publishes only Tn and Tx.</summary>
    /// <exception cref="ArgumentException">Tn above Tx.</exception>
    public static WeatherDay OfExtremes(DateOnly day, double minimumC, double maximumC) => minimumC > maximumC
        ? throw new ArgumentException($"Tn {minimumC} °C is above Tx {maximumC} °C on {day:O}.", nameof(minimumC))
        : new(day, minimumC, maximumC);
}
