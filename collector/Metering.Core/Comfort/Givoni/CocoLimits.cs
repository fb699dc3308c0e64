using Metering.Core.Psychrometrics;

namespace Metering.Core.Comfort.Givoni;

/// <summary>What the votes of the COCO study accept.</summary>
public enum CocoPlace
{
    NotMeasured = 0,

    /// <summary>Up to 28 °C and 80 % in still air (below 0.2 m/s): 83 % of the votes comfortable.</summary>
    StillAir = 1,

    /// <summary>Up to 31 °C and 75 % with a fan (0.5 to 1 m/s): 85 % of the votes comfortable.</summary>
    Fan = 2,

    /// <summary>Hotter or more humid than what the study found comfortable.</summary>
    Outside = 3,
}

/// <summary>
/// Limits of COCO 2019-2022 (Imageen, Watt Smart, Kebati; 4 142 votes in Martinique and Mayotte), the only field evidence from
/// the French tropics: shown beside the Givoni zones, which it finds about 2 K too strict. As reported by batipresse.com,
/// 2023-03-20.
/// </summary>
/// <remarks>
/// The votes with a fan were given at 65 to 75 %. Drier air at the same temperature is counted as accepted too: it is not
/// harder to bear (project reading). There is no lower limit: the study found cooled rooms too cold as often as too hot, which
/// the overcooled hours show.
/// </remarks>
public static class CocoLimits
{
    public const double StillAirC = 28;
    public const double StillAirPct = 80;
    public const double FanC = 31;
    public const double FanPct = 75;

    /// <param name="temperatureC">Air temperature, °C.</param>
    /// <param name="relativeHumidityPct">Relative humidity, %.</param>
    public static CocoPlace Classify(double temperatureC, double relativeHumidityPct)
    {
        if (!PsychrometricLimits.Temperature.Contains(temperatureC)
            || !PsychrometricLimits.RelativeHumidity.Contains(relativeHumidityPct))
        {
            return CocoPlace.NotMeasured;
        }

        if (temperatureC <= StillAirC && relativeHumidityPct <= StillAirPct)
        {
            return CocoPlace.StillAir;
        }

        return temperatureC <= FanC && relativeHumidityPct <= FanPct ? CocoPlace.Fan : CocoPlace.Outside;
    }
}
