using Metering.Core.Applicability;

namespace Metering.Core.Psychrometrics;

/// <summary>
/// Dew point (below 0 °C: frost point), °C: the temperature at which the vapour saturates. The saturation curve of
/// ASHRAE Handbook Fundamentals 2017, ch. 1, eq. 5 and 6, inverted by Newton steps on its logarithm.
/// </summary>
public static class DewPoint
{
    private const int StepsMax = 30;
    private const double ToleranceK = 1e-9;

    /// <param name="temperatureC">Air temperature, −100 to 200 °C.</param>
    /// <param name="relativeHumidityPct">Relative humidity, 0 to 100 %; perfectly dry air has no dew point.</param>
    public static ModelValue At(double temperatureC, double relativeHumidityPct)
    {
        var vapour = VapourPressure.At(temperatureC, relativeHumidityPct);
        return vapour.TryGetValue(out var pv) ? FromVapourPressure(pv) : vapour;
    }

    /// <param name="vapourPa">Vapour pressure within the saturation curve from −100 to 200 °C, Pa.</param>
    public static ModelValue FromVapourPressure(double vapourPa) =>
        PsychrometricLimits.VapourPressure.Contains(vapourPa)
            ? ModelValue.Of(Celsius(vapourPa))
            : ModelValue.NotApplicable(PsychrometricLimits.VapourPressure, vapourPa);

    /// <summary>
    /// Closed form of the Magnus curve, Td = 243.12 g / (17.62 − g) with g = ln(RH/100) + 17.62 t / (243.12 + t); within
    /// 0.02 K of the reference from 20 to 30 °C.
    /// </summary>
    public static ModelValue Magnus(double temperatureC, double relativeHumidityPct)
    {
        if (!PsychrometricLimits.MagnusTemperature.Contains(temperatureC))
        {
            return ModelValue.NotApplicable(PsychrometricLimits.MagnusTemperature, temperatureC);
        }

        if (!PsychrometricLimits.RelativeHumidity.Contains(relativeHumidityPct) || relativeHumidityPct == 0)
        {
            return ModelValue.NotApplicable(PsychrometricLimits.RelativeHumidity, relativeHumidityPct);
        }

        return ModelValue.Of(MagnusCelsius(SaturationPressure.MagnusPa(temperatureC) * relativeHumidityPct / 100));
    }

    internal static double Celsius(double vapourPa)
    {
        var target = Math.Log(vapourPa);
        var low = PsychrometricLimits.Temperature.Minimum;
        var high = PsychrometricLimits.Temperature.Maximum;
        var t = Math.Clamp(MagnusCelsius(vapourPa), low, high);
        for (var step = 0; step < StepsMax; step++)
        {
            var excess = Math.Log(SaturationPressure.Pa(t)) - target;
            if (excess > 0)
            {
                high = t;
            }
            else
            {
                low = t;
            }

            var next = t - (excess / SaturationPressure.LogSlope(t));
            // The curve has a kink at 0 °C: where a Newton step leaves the bracket, halve it instead.
            if (!(next >= low && next <= high))
            {
                next = (low + high) / 2;
            }

            if (Math.Abs(next - t) < ToleranceK)
            {
                return next;
            }

            t = next;
        }

        return t;
    }

    private static double MagnusCelsius(double vapourPa)
    {
        var g = Math.Log(vapourPa / 611.2);
        return 243.12 * g / (17.62 - g);
    }
}
