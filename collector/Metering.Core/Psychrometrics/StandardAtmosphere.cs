using Metering.Core.Applicability;

namespace Metering.Core.Psychrometrics;

/// <summary>
/// Air pressure from altitude: p = 101325 (1 − 2.25577e-5 z)^5.25588, Pa, z in metres. ASHRAE Handbook Fundamentals 2017,
/// ch. 1, eq. 3. What is used where no barometer measures.
/// </summary>
public static class StandardAtmosphere
{
    /// <summary>Standard pressure at sea level, Pa.</summary>
    public const double SeaLevelPa = 101325;

    /// <param name="altitudeM">−5000 to 11000 m.</param>
    public static ModelValue PressurePa(double altitudeM) =>
        PsychrometricLimits.Altitude.Contains(altitudeM)
            ? ModelValue.Of(SeaLevelPa * Math.Pow(1 - (2.25577e-5 * altitudeM), 5.25588))
            : ModelValue.NotApplicable(PsychrometricLimits.Altitude, altitudeM);
}
