using Metering.Core.Applicability;

namespace Metering.Core.Psychrometrics;

/// <summary>
/// Specific enthalpy of moist air, kJ per kilogram of dry air: h = 1.006 t + w (2501 + 1.86 t), w in kg/kg. ASHRAE Handbook
/// Fundamentals 2017, ch. 1, eq. 30.
/// </summary>
public static class Enthalpy
{
    /// <inheritdoc cref="HumidityRatio.At"/>
    /// <returns>kJ/kg of dry air.</returns>
    public static ModelValue At(double temperatureC, double relativeHumidityPct, double pressurePa)
    {
        var ratio = HumidityRatio.At(temperatureC, relativeHumidityPct, pressurePa);
        return ratio.TryGetValue(out var w) ? ModelValue.Of(KilojoulesPerKg(temperatureC, w)) : ratio;
    }

    internal static double KilojoulesPerKg(double temperatureC, double gramsPerKg) =>
        (1.006 * temperatureC) + (gramsPerKg / 1000 * (2501 + (1.86 * temperatureC)));
}
