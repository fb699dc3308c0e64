namespace Metering.Simulator.Office;

/// <summary>Just enough moist air for an invented building: the Magnus formula (WMO) and sea-level pressure.</summary>
internal static class MoistAir
{
    private const double SeaLevelPa = 101_325;

    /// <summary>Saturation vapour pressure at a temperature, Pa.</summary>
    public static double VapourPa(double celsius) => 611.2 * Math.Exp(17.62 * celsius / (243.12 + celsius));

    /// <summary>Relative humidity, %, at most 99.</summary>
    public static double Percent(double celsius, double vapourPa) => Math.Clamp(100 * vapourPa / VapourPa(celsius), 1, 99);

    /// <summary>Humidity ratio, kg/kg of dry air.</summary>
    public static double Ratio(double vapourPa) => 0.621945 * vapourPa / (SeaLevelPa - vapourPa);

    /// <summary>Vapour pressure of a humidity ratio, Pa.</summary>
    public static double VapourOfRatio(double ratio) => SeaLevelPa * ratio / (0.621945 + ratio);
}
