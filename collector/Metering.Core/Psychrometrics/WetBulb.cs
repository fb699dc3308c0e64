using Metering.Core.Applicability;

namespace Metering.Core.Psychrometrics;

/// <summary>Wet-bulb temperature, °C: the thermodynamic one, and Stull's closed expression beside it.</summary>
public static class WetBulb
{
    // 64 halvings of at most 300 K end far below the rounding of a double; the tolerance stops earlier.
    private const int StepsMax = 64;
    private const double ToleranceK = 1e-7;

    /// <summary>
    /// Thermodynamic wet bulb: solves eq. 33 (35 below 0 °C) of ASHRAE Handbook Fundamentals 2017, ch. 1, for the wet bulb
    /// by halving between −100 °C and the dry bulb.
    /// </summary>
    /// <param name="temperatureC">Air temperature, −100 to 200 °C, below boiling at the given pressure.</param>
    /// <param name="relativeHumidityPct">Relative humidity, 0 to 100 %.</param>
    /// <param name="pressurePa">Air pressure, Pa.</param>
    public static ModelValue At(double temperatureC, double relativeHumidityPct, double pressurePa)
    {
        var ratio = HumidityRatio.At(temperatureC, relativeHumidityPct, pressurePa);
        if (!ratio.TryGetValue(out var w))
        {
            return ratio;
        }

        return SaturationPressure.Pa(temperatureC) < pressurePa
            ? ModelValue.Of(Solve(temperatureC, w / 1000, pressurePa))
            : ModelValue.NotApplicable(PsychrometricLimits.Boiling, SaturationPressure.Pa(temperatureC));
    }

    /// <summary>
    /// Stull 2011 (Journal of Applied Meteorology and Climatology 50, 2267, eq. 1): no pressure, sea level; 5 to 99 %,
    /// −20 to 50 °C; the author states errors from −1 to +0.65 K.
    /// </summary>
    public static ModelValue Stull(double temperatureC, double relativeHumidityPct)
    {
        if (!PsychrometricLimits.StullTemperature.Contains(temperatureC))
        {
            return ModelValue.NotApplicable(PsychrometricLimits.StullTemperature, temperatureC);
        }

        if (!PsychrometricLimits.StullRelativeHumidity.Contains(relativeHumidityPct))
        {
            return ModelValue.NotApplicable(PsychrometricLimits.StullRelativeHumidity, relativeHumidityPct);
        }

        var t = temperatureC;
        var rh = relativeHumidityPct;
        return ModelValue.Of(
            (t * Math.Atan(0.151977 * Math.Sqrt(rh + 8.313659)))
            + Math.Atan(t + rh)
            - Math.Atan(rh - 1.676331)
            + (0.00391838 * Math.Pow(rh, 1.5) * Math.Atan(0.023101 * rh))
            - 4.686035);
    }

    private static double Solve(double temperatureC, double ratioKgPerKg, double pressurePa)
    {
        var low = PsychrometricLimits.Temperature.Minimum;
        var high = temperatureC;
        for (var step = 0; step < StepsMax && high - low > ToleranceK; step++)
        {
            var middle = (low + high) / 2;
            var ratio = HumidityRatio.KgPerKgFromWetBulb(temperatureC, middle, SaturationPressure.Pa(middle), pressurePa);
            if (ratio > ratioKgPerKg)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return high;
    }
}
