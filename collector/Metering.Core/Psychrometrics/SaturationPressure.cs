using Metering.Core.Applicability;

namespace Metering.Core.Psychrometrics;

/// <summary>
/// Saturation pressure of water vapour, Pa. ASHRAE Handbook Fundamentals 2017, chapter 1, equations 5 (ice, −100 to
/// 0 °C) and 6 (water, 0 to 200 °C), coefficients C1 to C13 (Hyland and Wexler 1983).
/// </summary>
public static class SaturationPressure
{
    internal const double KelvinOfZeroCelsius = 273.15;

    /// <summary>At <paramref name="temperatureC"/>, −100 to 200 °C; over ice below 0 °C.</summary>
    public static ModelValue At(double temperatureC) =>
        PsychrometricLimits.Temperature.Contains(temperatureC)
            ? ModelValue.Of(Pa(temperatureC))
            : ModelValue.NotApplicable(PsychrometricLimits.Temperature, temperatureC);

    /// <summary>
    /// Magnus form as the WMO guide gives it, 611.2 exp(17.62 t / (243.12 + t)), −45 to 60 °C: what small devices use.
    /// Differs from the reference by −0.29 % at 25 °C.
    /// </summary>
    public static ModelValue Magnus(double temperatureC) =>
        PsychrometricLimits.MagnusTemperature.Contains(temperatureC)
            ? ModelValue.Of(MagnusPa(temperatureC))
            : ModelValue.NotApplicable(PsychrometricLimits.MagnusTemperature, temperatureC);

    internal static double Pa(double temperatureC) => temperatureC < 0 ? OverIce(temperatureC) : OverWater(temperatureC);

    internal static double OverIce(double temperatureC)
    {
        var t = temperatureC + KelvinOfZeroCelsius;
        return Math.Exp((-5.6745359e3 / t) + 6.3925247
            + (t * (-9.677843e-3 + (t * (6.2215701e-7 + (t * (2.0747825e-9 + (t * -9.484024e-13)))))))
            + (4.1635019 * Math.Log(t)));
    }

    internal static double OverWater(double temperatureC)
    {
        var t = temperatureC + KelvinOfZeroCelsius;
        return Math.Exp((-5.8002206e3 / t) + 1.3914993
            + (t * (-4.8640239e-2 + (t * (4.1764768e-5 + (t * -1.4452093e-8)))))
            + (6.5459673 * Math.Log(t)));
    }

    internal static double MagnusPa(double temperatureC) =>
        611.2 * Math.Exp(17.62 * temperatureC / (243.12 + temperatureC));

    /// <summary>d ln(pws) / dT in 1/K, the derivative of equations 5 and 6, for Newton steps.</summary>
    internal static double LogSlope(double temperatureC)
    {
        var t = temperatureC + KelvinOfZeroCelsius;
        return temperatureC < 0
            ? (5.6745359e3 / (t * t)) - 9.677843e-3
                + (t * ((2 * 6.2215701e-7) + (t * ((3 * 2.0747825e-9) + (t * (4 * -9.484024e-13))))))
                + (4.1635019 / t)
            : (5.8002206e3 / (t * t)) - 4.8640239e-2
                + (t * ((2 * 4.1764768e-5) + (t * (3 * -1.4452093e-8))))
                + (6.5459673 / t);
    }
}
