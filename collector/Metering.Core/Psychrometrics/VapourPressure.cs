using Metering.Core.Applicability;

namespace Metering.Core.Psychrometrics;

/// <summary>Partial pressure of water vapour, Pa: pv = RH/100 pws. ASHRAE Handbook Fundamentals 2017, ch. 1, eq. 12 and 22.</summary>
public static class VapourPressure
{
    /// <param name="temperatureC">Air temperature, −100 to 200 °C.</param>
    /// <param name="relativeHumidityPct">Relative humidity, 0 to 100 %.</param>
    public static ModelValue At(double temperatureC, double relativeHumidityPct)
    {
        if (!PsychrometricLimits.Temperature.Contains(temperatureC))
        {
            return ModelValue.NotApplicable(PsychrometricLimits.Temperature, temperatureC);
        }

        return PsychrometricLimits.RelativeHumidity.Contains(relativeHumidityPct)
            ? ModelValue.Of(Pa(temperatureC, relativeHumidityPct))
            : ModelValue.NotApplicable(PsychrometricLimits.RelativeHumidity, relativeHumidityPct);
    }

    internal static double Pa(double temperatureC, double relativeHumidityPct) =>
        relativeHumidityPct / 100 * SaturationPressure.Pa(temperatureC);
}
