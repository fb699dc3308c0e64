using Metering.Core.Applicability;
using Metering.Core.Psychrometrics;

namespace Metering.Core.Comfort.Mould;

/// <summary>
/// Relative humidity at a surface, %: RH of the air times pws(air) / pws(surface). EN ISO 13788 sees a risk of mould where
/// its monthly mean passes 80 %; 75 % is this project's early alarm.
/// </summary>
public static class SurfaceHumidity
{
    /// <summary>Monthly mean at the surface from which mould may grow, %.</summary>
    public const double CriticalPct = 80;

    /// <summary>Early alarm, %.</summary>
    public const double AlarmPct = 75;

    /// <param name="airC">Air temperature, °C.</param>
    /// <param name="relativeHumidityPct">Relative humidity of the air, %.</param>
    /// <param name="surfaceC">Surface temperature, °C.</param>
    /// <returns>%; capped at 100, where water condenses.</returns>
    public static ModelValue At(double airC, double relativeHumidityPct, double surfaceC)
    {
        var vapour = VapourPressure.At(airC, relativeHumidityPct);
        if (!vapour.TryGetValue(out var pv))
        {
            return vapour;
        }

        var saturation = SaturationPressure.At(surfaceC);
        return saturation.TryGetValue(out var pws) ? ModelValue.Of(Math.Min(100, 100 * pv / pws)) : saturation;
    }

    /// <summary>The surface temperature at which <paramref name="surfaceHumidityPct"/> is reached, °C: colder surfaces pass it.</summary>
    public static ModelValue TemperatureAt(double airC, double relativeHumidityPct, double surfaceHumidityPct)
    {
        if (!PsychrometricLimits.RelativeHumidity.Contains(surfaceHumidityPct) || surfaceHumidityPct == 0)
        {
            return ModelValue.NotApplicable(PsychrometricLimits.RelativeHumidity, surfaceHumidityPct);
        }

        var vapour = VapourPressure.At(airC, relativeHumidityPct);
        return vapour.TryGetValue(out var pv) ? DewPoint.FromVapourPressure(100 * pv / surfaceHumidityPct) : vapour;
    }
}
