using Metering.Core.Applicability;

namespace Metering.Core.Psychrometrics;

/// <summary>Ranges of the psychrometric formulas: one constant a limit.</summary>
public static class PsychrometricLimits
{
    private const string Handbook = "ASHRAE Handbook Fundamentals 2017, ch. 1, eq. 5-6";

    public static ValidityLimit Temperature { get; } = new(
        "psychro.temperature", new("température", "temperature"), "°C", -100, 200, Handbook);

    public static ValidityLimit RelativeHumidity { get; } = new(
        "psychro.relative-humidity", new("humidité relative", "relative humidity"), "%", 0, 100,
        "ASHRAE Handbook Fundamentals 2017, ch. 1, eq. 12");

    /// <summary>A dew point exists for vapour between the ends of the saturation curve.</summary>
    public static ValidityLimit VapourPressure { get; } = new(
        "psychro.vapour-pressure", new("pression de vapeur", "vapour pressure"), "Pa",
        SaturationPressure.OverIce(-100), SaturationPressure.OverWater(200), Handbook);

    /// <summary>−5000 to 11000 m: the range of the standard atmosphere's lowest layer.</summary>
    public static ValidityLimit Altitude { get; } = new(
        "psychro.altitude", new("altitude", "altitude"), "m", -5000, 11000,
        "ASHRAE Handbook Fundamentals 2017, ch. 1, eq. 3");

    /// <summary>Above this share vapour is no longer a minor part of the air: boiling is near.</summary>
    public static ModelRule Boiling { get; } = new(
        "psychro.boiling",
        new("la pression de vapeur atteint la pression de l'air", "the vapour pressure reaches the air pressure"),
        "ASHRAE Handbook Fundamentals 2017, ch. 1, eq. 20");

    /// <summary>Even perfectly dry air of that temperature has a warmer wet bulb.</summary>
    public static ModelRule WetBulbTooLow { get; } = new(
        "psychro.wet-bulb-too-low",
        new("le thermomètre humide est plus froid que celui de l'air sec", "the wet bulb is colder than that of dry air"),
        "ASHRAE Handbook Fundamentals 2017, ch. 1, eq. 33-35");

    /// <summary>A wet bulb is never warmer than the air.</summary>
    public static ModelRule WetBulbTooHigh { get; } = new(
        "psychro.wet-bulb-too-high",
        new("le thermomètre humide est plus chaud que l'air", "the wet bulb is warmer than the air"),
        "ASHRAE Handbook Fundamentals 2017, ch. 1, eq. 33-35");

    /// <summary>The range over which Stull fitted his expression.</summary>
    public static ValidityLimit StullTemperature { get; } = new(
        "stull.temperature", new("température", "temperature"), "°C", -20, 50, "Stull 2011");

    /// <inheritdoc cref="StullTemperature"/>
    public static ValidityLimit StullRelativeHumidity { get; } = new(
        "stull.relative-humidity", new("humidité relative", "relative humidity"), "%", 5, 99, "Stull 2011");

    /// <summary>−45 to 60 °C: the range of the WMO form of the Magnus formula.</summary>
    public static ValidityLimit MagnusTemperature { get; } = new(
        "magnus.temperature", new("température", "temperature"), "°C", -45, 60, "WMO-No. 8, Magnus form");
}
