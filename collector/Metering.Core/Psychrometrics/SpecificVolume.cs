using Metering.Core.Applicability;

namespace Metering.Core.Psychrometrics;

/// <summary>
/// Volume of moist air per kilogram of dry air, m³/kg: v = 287.042 T (1 + 1.607858 w) / p. ASHRAE Handbook Fundamentals
/// 2017, ch. 1, eq. 26; and the density of the mixture, (1 + w) / v (eq. 11).
/// </summary>
public static class SpecificVolume
{
    private const double GasConstantDryAir = 287.042;

    /// <inheritdoc cref="HumidityRatio.At"/>
    /// <returns>m³ per kg of dry air.</returns>
    public static ModelValue At(double temperatureC, double relativeHumidityPct, double pressurePa)
    {
        var ratio = HumidityRatio.At(temperatureC, relativeHumidityPct, pressurePa);
        return ratio.TryGetValue(out var w)
            ? ModelValue.Of(CubicMetresPerKg(temperatureC, w, pressurePa))
            : ratio;
    }

    /// <inheritdoc cref="HumidityRatio.At"/>
    /// <returns>Density of the mixture, kg/m³.</returns>
    public static ModelValue Density(double temperatureC, double relativeHumidityPct, double pressurePa)
    {
        var ratio = HumidityRatio.At(temperatureC, relativeHumidityPct, pressurePa);
        return ratio.TryGetValue(out var w)
            ? ModelValue.Of((1 + (w / 1000)) / CubicMetresPerKg(temperatureC, w, pressurePa))
            : ratio;
    }

    internal static double CubicMetresPerKg(double temperatureC, double gramsPerKg, double pressurePa) =>
        GasConstantDryAir * (temperatureC + SaturationPressure.KelvinOfZeroCelsius)
        * (1 + (1.607858 * gramsPerKg / 1000)) / pressurePa;
}
