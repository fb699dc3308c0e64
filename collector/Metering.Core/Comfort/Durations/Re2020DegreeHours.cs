using Metering.Core.Applicability;

namespace Metering.Core.Comfort.Durations;

/// <summary>
/// Degree hours of summer discomfort in the manner of the RE2020 indicator DH, from measurements: sum of the excess over 26 °C
/// at night and over an adaptive 26 to 28 °C by day. Metropolitan France only.
/// </summary>
/// <remarks>
/// The regulatory DH is calculated for conventional weather and use; a measured one is an indicator beside it, never a
/// verdict. The regulation's own adaptive formula was not at hand: by day this takes the comfort temperature of EN 16798-1
/// (0.33 Trm + 18.8) held between 26 and 28 °C (project choice).
/// </remarks>
public static class Re2020DegreeHours
{
    /// <summary>°C.h up to which the regulation asks nothing more.</summary>
    public const double ComfortableDegreeHours = 350;

    /// <summary>°C.h that the regulation does not allow to be passed.</summary>
    public const double MaximumDegreeHours = 1250;

    /// <summary>°C by night, and least by day.</summary>
    public const double NightC = 26;

    /// <summary>°C, most by day.</summary>
    public const double DayMaximumC = 28;

    /// <summary>The regulation does not apply overseas: there, ICT_mes is used.</summary>
    public static ModelRule MetropolitanOnly { get; } = new(
        "re2020.metropolitan",
        new("l'indicateur DH de la RE2020 ne concerne que la France métropolitaine",
            "the RE2020 indicator DH is for metropolitan France only"),
        "Code de la construction et de l'habitation, R. 172-1");

    /// <summary>Temperature beyond which an hour counts, °C.</summary>
    /// <param name="night">Between 22 h and 7 h local time.</param>
    /// <param name="runningMeanC">Running mean outdoor temperature, °C; NaN where unknown: then 26 °C, the stricter bound.</param>
    public static double LimitC(bool night, double runningMeanC) => night || double.IsNaN(runningMeanC)
        ? NightC
        : Math.Clamp((0.33 * runningMeanC) + 18.8, NightC, DayMaximumC);

    /// <summary>Night as this indicator counts it: 22 h to 7 h.</summary>
    public static bool IsNight(TimeOnly local) => local.Hour is >= 22 or < 7;
}
