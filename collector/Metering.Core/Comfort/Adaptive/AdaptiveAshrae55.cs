using Metering.Core.Applicability;

namespace Metering.Core.Comfort.Adaptive;

/// <summary>
/// Adaptive comfort of ASHRAE 55-2020, 5.4: comfort temperature 0.31 Tpma + 17.8 °C, ±3.5 K for 80 % and ±2.5 K for 90 %
/// acceptability. For rooms that occupants condition by their windows. Tpma is the prevailing mean outdoor temperature: a
/// running mean with α from 0.6 to 0.9, 0.9 where the climate is steady as in the humid tropics.
/// </summary>
public static class AdaptiveAshrae55
{
    public static ValidityLimit PrevailingMean { get; } = new(
        "ashrae55.prevailing-mean",
        new("température extérieure moyenne dominante", "prevailing mean outdoor temperature"), "°C", 10, 33.5,
        "ASHRAE 55-2020, 5.4.1");

    /// <param name="prevailingMeanC">Prevailing mean outdoor temperature, 10 to 33.5 °C.</param>
    /// <param name="acceptabilityPct">80 or 90.</param>
    public static AdaptiveBand Band(double prevailingMeanC, int acceptabilityPct)
    {
        var half = acceptabilityPct switch
        {
            80 => 3.5,
            90 => 2.5,
            _ => throw new ArgumentOutOfRangeException(nameof(acceptabilityPct), acceptabilityPct, "Allowed are 80 and 90."),
        };
        if (!PrevailingMean.Contains(prevailingMeanC))
        {
            return AdaptiveBand.Refused(PrevailingMean, prevailingMeanC);
        }

        var comfort = (0.31 * prevailingMeanC) + 17.8;
        return new(ModelValue.Of(comfort), ModelValue.Of(comfort - half), ModelValue.Of(comfort + half));
    }

    /// <summary>Whether the temperature is acceptable, moving air that occupants control included (from 25 °C operative).</summary>
    public static bool Accepts(double operativeC, double airSpeed, double prevailingMeanC, int acceptabilityPct)
    {
        var band = Band(prevailingMeanC, acceptabilityPct);
        return band.High.TryGetValue(out var high)
            && operativeC >= band.Low.Value
            && operativeC <= high + (operativeC >= 25 ? ElevatedAirSpeed.RaiseK(airSpeed) : 0);
    }
}
