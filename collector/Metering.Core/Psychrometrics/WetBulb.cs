using Metering.Core.Applicability;

namespace Metering.Core.Psychrometrics;

/// <summary>Wet-bulb temperature, °C: the thermodynamic one, and Stull's closed expression beside it.</summary>
public static class WetBulb
{
    // Every third step halves at least: 3 × 32 steps take 300 K below 1e-7 K. Usually eight are enough.
    private const int StepsMax = 96;
    private const double ToleranceK = 1e-7;

    // kg/kg; a wet bulb moves by less than 1e-7 K for it anywhere above −60 °C.
    private const double RatioTolerance = 1e-12;

    /// <summary>
    /// Thermodynamic wet bulb: solves eq. 33 (35 below 0 °C) of ASHRAE Handbook Fundamentals 2017, ch. 1, for the wet bulb
    /// between −100 °C and the dry bulb.
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

    /// <summary>
    /// False position that keeps its bracket (Illinois rule), halving whenever three steps did not halve the bracket: the two
    /// equations do not meet at 0 °C, and no interpolation survives that step.
    /// </summary>
    private static double Solve(double temperatureC, double ratioKgPerKg, double pressurePa)
    {
        var low = PsychrometricLimits.Temperature.Minimum;
        var high = temperatureC;
        var atLow = Excess(low);
        var atHigh = Excess(high);
        if (atHigh <= RatioTolerance)
        {
            return high;
        }

        var side = 0;
        var before = high - low;
        for (var step = 0; step < StepsMax && high - low > ToleranceK; step++)
        {
            var middle = Math.Clamp(high - (atHigh * (high - low) / (atHigh - atLow)), low, high);
            if (step % 3 == 2)
            {
                middle = high - low > before / 2 ? (low + high) / 2 : middle;
                before = high - low;
            }

            var at = Excess(middle);
            if (Math.Abs(at) < RatioTolerance)
            {
                return middle;
            }

            if (at > 0)
            {
                high = middle;
                atHigh = at;
                atLow = side > 0 ? atLow / 2 : atLow;
                side = 1;
            }
            else
            {
                low = middle;
                atLow = at;
                atHigh = side < 0 ? atHigh / 2 : atHigh;
                side = -1;
            }
        }

        return high;

        double Excess(double wetBulbC) => HumidityRatio.KgPerKgFromWetBulb(
            temperatureC, wetBulbC, SaturationPressure.Pa(wetBulbC), pressurePa) - ratioKgPerKg;
    }
}
