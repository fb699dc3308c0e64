using Metering.Core.Applicability;
using Metering.Core.Psychrometrics;

namespace Metering.Core.Comfort.HeatStress;

/// <summary>
/// Wet-bulb globe temperature, °C. ISO 7243:2017, 4: 0.7 tnw + 0.3 tg without solar load, 0.7 tnw + 0.2 tg + 0.1 ta with it.
/// </summary>
/// <remarks>
/// It needs a natural wet bulb and a globe, which no room sensor of ours has. <see cref="ShadeEstimate"/> is what T and RH
/// allow, and is named an estimate wherever it is printed.
/// </remarks>
public static class Wbgt
{
    /// <param name="naturalWetBulbC">Natural wet-bulb temperature, °C.</param>
    /// <param name="globeC">Globe temperature, °C.</param>
    public static double WithoutSun(double naturalWetBulbC, double globeC) => (0.7 * naturalWetBulbC) + (0.3 * globeC);

    /// <param name="naturalWetBulbC">Natural wet-bulb temperature, °C.</param>
    /// <param name="globeC">Globe temperature, °C.</param>
    /// <param name="airC">Air temperature, °C.</param>
    public static double WithSun(double naturalWetBulbC, double globeC, double airC) =>
        (0.7 * naturalWetBulbC) + (0.2 * globeC) + (0.1 * airC);

    /// <summary>
    /// Estimate in the shade from T and RH alone: globe = air, natural wet bulb = thermodynamic wet bulb. Low where the room
    /// has warm surfaces or hardly moving air (project choice, not ISO 7243).
    /// </summary>
    /// <param name="temperatureC">Air temperature, °C.</param>
    /// <param name="relativeHumidityPct">Relative humidity, %.</param>
    /// <param name="pressurePa">Air pressure, Pa.</param>
    public static ModelValue ShadeEstimate(double temperatureC, double relativeHumidityPct, double pressurePa)
    {
        var wet = WetBulb.At(temperatureC, relativeHumidityPct, pressurePa);
        return wet.TryGetValue(out var tw) ? ModelValue.Of(WithoutSun(tw, temperatureC)) : wet;
    }
}
