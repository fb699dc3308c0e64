using Metering.Core.Applicability;

namespace Metering.Core.Psychrometrics;

/// <summary>
/// Absolute humidity, grams of vapour per cubic metre: 1000 pv / (461.495 T), the ideal gas law with the gas constant of
/// water vapour in J/(kg K).
/// </summary>
public static class AbsoluteHumidity
{
    private const double GasConstantVapour = 461.495;

    /// <inheritdoc cref="VapourPressure.At"/>
    /// <returns>g/m³.</returns>
    public static ModelValue At(double temperatureC, double relativeHumidityPct)
    {
        var vapour = VapourPressure.At(temperatureC, relativeHumidityPct);
        return vapour.TryGetValue(out var pv)
            ? ModelValue.Of(1000 * pv / (GasConstantVapour * (temperatureC + SaturationPressure.KelvinOfZeroCelsius)))
            : vapour;
    }
}
