using Metering.Core.Applicability;

namespace Metering.Core.Comfort.Adaptive;

/// <summary>Operative temperatures that a category accepts, °C.</summary>
/// <param name="Comfort">The comfort temperature.</param>
/// <param name="Low">Lowest accepted.</param>
/// <param name="High">Highest accepted.</param>
public readonly record struct AdaptiveBand(ModelValue Comfort, ModelValue Low, ModelValue High)
{
    /// <summary>Whether the band exists and contains the temperature, bounds included.</summary>
    public bool Accepts(double operativeC) =>
        Low.TryGetValue(out var low) && High.TryGetValue(out var high) && operativeC >= low && operativeC <= high;

    internal static AdaptiveBand Refused(Inapplicability reason, double given)
    {
        var refused = ModelValue.NotApplicable(reason, given);
        return new(refused, refused, refused);
    }
}

/// <summary>Categories of the adaptive model.</summary>
public enum AdaptiveCategory
{
    I = 1,
    II = 2,
    III = 3,
}

/// <summary>
/// Adaptive comfort of EN 16798-1:2019, annex B.2.2 (before: EN 15251): comfort temperature 0.33 Trm + 18.8 °C, category I
/// +2/−3 K, II +3/−4 K, III +4/−5 K. For buildings without mechanical cooling, 1.0 to 1.3 met, free clothing, windows that
/// occupants open.
/// </summary>
public static class AdaptiveEn16798
{
    /// <summary>
    /// 10 to 30 °C: the standard's range for the running mean of the outdoor temperature. Some programs accept up to 33.5 °C,
    /// which is the range of ASHRAE 55.
    /// </summary>
    public static ValidityLimit RunningMean { get; } = new(
        "en16798.running-mean",
        new("moyenne glissante de la température extérieure", "running mean outdoor temperature"), "°C", 10, 30,
        "EN 16798-1:2019, annex B.2.2");

    /// <summary>From this operative temperature on, moving air raises the upper bound, °C.</summary>
    public const double AirSpeedFromC = 25;

    /// <param name="runningMeanC">Running mean outdoor temperature with α = 0.8, 10 to 30 °C.</param>
    /// <param name="category">Category I to III.</param>
    public static AdaptiveBand Band(double runningMeanC, AdaptiveCategory category)
    {
        if (!RunningMean.Contains(runningMeanC))
        {
            return AdaptiveBand.Refused(RunningMean, runningMeanC);
        }

        var comfort = (0.33 * runningMeanC) + 18.8;
        var (down, up) = category switch
        {
            AdaptiveCategory.I => (3, 2),
            AdaptiveCategory.II => (4, 3),
            AdaptiveCategory.III => (5, 4),
            _ => throw new ArgumentOutOfRangeException(nameof(category), category, "Allowed are I, II and III."),
        };
        return new(ModelValue.Of(comfort), ModelValue.Of(comfort - down), ModelValue.Of(comfort + up));
    }

    /// <summary>Whether the category accepts the temperature, moving air that occupants control included.</summary>
    public static bool Accepts(double operativeC, double airSpeed, double runningMeanC, AdaptiveCategory category)
    {
        var band = Band(runningMeanC, category);
        return band.High.TryGetValue(out var high)
            && operativeC >= band.Low.Value
            && operativeC <= high + (operativeC >= AirSpeedFromC ? ElevatedAirSpeed.RaiseK(airSpeed) : 0);
    }
}
