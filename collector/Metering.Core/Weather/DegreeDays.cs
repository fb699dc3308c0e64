using Metering.Core.Applicability;

namespace Metering.Core.Weather;

/// <summary>Degree days of one day, K·d, heating or cooling, at any base.</summary>
public static class DegreeDays
{
    /// <summary>The day lacks what the method needs.</summary>
    public static ModelRule MissingDay { get; } = new(
        "degree-days.missing",
        new("les températures du jour ne suffisent pas à cette méthode", "the day's temperatures are not enough for this method"),
        "CalTRACK 2.0, 2.2.2.3");

    /// <param name="day">The day.</param>
    /// <param name="method">How.</param>
    /// <param name="kind">Heating or cooling.</param>
    /// <param name="baseC">Base temperature, °C.</param>
    public static ModelValue Of(WeatherDay day, DegreeDayMethod method, DegreeDayKind kind, double baseC)
    {
        ArgumentNullException.ThrowIfNull(day);
        var value = method switch
        {
            DegreeDayMethod.DailyMean => Excess(day.Mean, kind, baseC),
            DegreeDayMethod.HalfSum => Excess((day.Minimum + day.Maximum) / 2, kind, baseC),
            DegreeDayMethod.EnergyProfessionals => EnergyProfessionals(day.Minimum, day.Maximum, kind, baseC),
            DegreeDayMethod.Hourly => Hourly(day, kind, baseC),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown method."),
        };
        return double.IsNaN(value) ? ModelValue.NotApplicable(MissingDay) : ModelValue.Of(value);
    }

    /// <summary>
    /// COSTIC ("méthode des professionnels de l'énergie"): where the base lies between Tn and Tx, d (0.08 + 0.42 d / (Tx − Tn))
    /// with d the part of the range beyond the base; the cooling form is its mirror image.
    /// </summary>
    /// <param name="minimumC">Tn, °C.</param>
    /// <param name="maximumC">Tx, °C.</param>
    /// <param name="kind">Heating or cooling.</param>
    /// <param name="baseC">Base temperature, °C.</param>
    internal static double EnergyProfessionals(double minimumC, double maximumC, DegreeDayKind kind, double baseC)
    {
        if (double.IsNaN(minimumC) || double.IsNaN(maximumC))
        {
            return double.NaN;
        }

        var mean = (minimumC + maximumC) / 2;
        var (whole, none, beyond) = kind == DegreeDayKind.Heating
            ? (baseC > maximumC, baseC <= minimumC, baseC - minimumC)
            : (baseC <= minimumC, baseC >= maximumC, maximumC - baseC);
        if (whole)
        {
            return Math.Abs(baseC - mean);
        }

        return none ? 0 : beyond * (0.08 + (0.42 * beyond / (maximumC - minimumC)));
    }

    private static double Hourly(WeatherDay day, DegreeDayKind kind, double baseC)
    {
        // Half of the hours, as for the daily mean.
        if (double.IsNaN(day.Mean))
        {
            return double.NaN;
        }

        var sum = 0.0;
        foreach (var hour in day.Hours)
        {
            sum += double.IsNaN(hour) ? 0 : Excess(hour, kind, baseC);
        }

        return sum / day.ValidHours;
    }

    private static double Excess(double celsius, DegreeDayKind kind, double baseC)
    {
        var excess = kind == DegreeDayKind.Heating ? baseC - celsius : celsius - baseC;
        // Not Math.Max: it would be right for NaN too, but only by accident.
        return double.IsNaN(excess) ? double.NaN : excess > 0 ? excess : 0;
    }
}
