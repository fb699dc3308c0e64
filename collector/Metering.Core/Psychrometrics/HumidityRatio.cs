using Metering.Core.Applicability;

namespace Metering.Core.Psychrometrics;

/// <summary>
/// Humidity ratio w (fr. rapport d'humidité, teneur en eau), grams of vapour per kilogram of dry air:
/// w = 621.945 pv / (p − pv). ASHRAE Handbook Fundamentals 2017, ch. 1, eq. 20.
/// </summary>
public static class HumidityRatio
{
    /// <summary>Ratio of the molar masses of water and dry air.</summary>
    internal const double MolarMassRatio = 0.621945;

    /// <param name="temperatureC">Air temperature, −100 to 200 °C.</param>
    /// <param name="relativeHumidityPct">Relative humidity, 0 to 100 %.</param>
    /// <param name="pressurePa">Air pressure, Pa; above the vapour pressure.</param>
    /// <returns>g/kg of dry air.</returns>
    public static ModelValue At(double temperatureC, double relativeHumidityPct, double pressurePa)
    {
        var vapour = VapourPressure.At(temperatureC, relativeHumidityPct);
        if (!vapour.TryGetValue(out var pv))
        {
            return vapour;
        }

        return pv < pressurePa
            ? ModelValue.Of(GramsPerKg(pv, pressurePa))
            : ModelValue.NotApplicable(PsychrometricLimits.Boiling, pv);
    }

    /// <summary>
    /// From dry-bulb and thermodynamic wet-bulb temperature, g/kg; eq. 33 (water, wet bulb from 0 °C) and 35 (ice).
    /// </summary>
    public static ModelValue FromWetBulb(double temperatureC, double wetBulbC, double pressurePa)
    {
        if (!PsychrometricLimits.Temperature.Contains(temperatureC))
        {
            return ModelValue.NotApplicable(PsychrometricLimits.Temperature, temperatureC);
        }

        if (!PsychrometricLimits.Temperature.Contains(wetBulbC))
        {
            return ModelValue.NotApplicable(PsychrometricLimits.Temperature, wetBulbC);
        }

        if (wetBulbC > temperatureC)
        {
            return ModelValue.NotApplicable(PsychrometricLimits.WetBulbTooHigh, wetBulbC);
        }

        var pws = SaturationPressure.Pa(wetBulbC);
        if (pws >= pressurePa)
        {
            return ModelValue.NotApplicable(PsychrometricLimits.Boiling, pws);
        }

        var ratio = 1000 * KgPerKgFromWetBulb(temperatureC, wetBulbC, pws, pressurePa);
        return ratio >= 0
            ? ModelValue.Of(ratio)
            : ModelValue.NotApplicable(PsychrometricLimits.WetBulbTooLow, wetBulbC);
    }

    internal static double GramsPerKg(double vapourPa, double pressurePa) =>
        1000 * MolarMassRatio * vapourPa / (pressurePa - vapourPa);

    /// <summary>May be negative: such a wet bulb is below what dry air can reach.</summary>
    internal static double KgPerKgFromWetBulb(double temperatureC, double wetBulbC, double saturationPa, double pressurePa)
    {
        var saturated = MolarMassRatio * saturationPa / (pressurePa - saturationPa);
        return wetBulbC >= 0
            ? (((2501 - (2.326 * wetBulbC)) * saturated) - (1.006 * (temperatureC - wetBulbC)))
                / (2501 + (1.86 * temperatureC) - (4.186 * wetBulbC))
            : (((2830 - (0.24 * wetBulbC)) * saturated) - (1.006 * (temperatureC - wetBulbC)))
                / (2830 + (1.86 * temperatureC) - (2.1 * wetBulbC));
    }
}
