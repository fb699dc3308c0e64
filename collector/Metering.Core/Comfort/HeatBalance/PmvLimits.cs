using Metering.Core.Applicability;

namespace Metering.Core.Comfort.HeatBalance;

/// <summary>Ranges of the PMV models: one constant a limit.</summary>
public static class PmvLimits
{
    private const string Iso = "ISO 7730:2005, 4.1";
    private const string Ashrae = "ASHRAE 55-2020, 5.3";

    public static ValidityLimit IsoAirTemperature { get; } =
        new("iso7730.air-temperature", new("température de l'air", "air temperature"), "°C", 10, 30, Iso);

    public static ValidityLimit IsoRadiantTemperature { get; } =
        new("iso7730.radiant-temperature", new("température moyenne de rayonnement", "mean radiant temperature"), "°C", 10, 40, Iso);

    public static ValidityLimit IsoAirSpeed { get; } =
        new("iso7730.air-speed", new("vitesse relative de l'air", "relative air speed"), "m/s", 0, 1, Iso);

    /// <summary>Excludes most naturally ventilated rooms of the humid tropics: 28 °C at 75 % are 2 837 Pa.</summary>
    public static ValidityLimit IsoVapourPressure { get; } =
        new("iso7730.vapour-pressure", new("pression partielle de vapeur d'eau", "water vapour pressure"), "Pa", 0, 2700, Iso);

    public static ValidityLimit IsoMetabolicRate { get; } =
        new("iso7730.metabolic-rate", new("métabolisme", "metabolic rate"), "met", 0.8, 4, Iso);

    public static ValidityLimit IsoClothing { get; } =
        new("iso7730.clothing", new("isolement vestimentaire", "clothing insulation"), "clo", 0, 2, Iso);

    public static ValidityLimit IsoVote { get; } =
        new("iso7730.pmv", new("vote moyen prévisible", "predicted mean vote"), "", -2, 2, Iso);

    public static ValidityLimit RelativeHumidity { get; } =
        new("pmv.relative-humidity", new("humidité relative", "relative humidity"), "%", 0, 100, Iso);

    public static ValidityLimit AshraeTemperature { get; } =
        new("ashrae55.temperature", new("température de l'air ou de rayonnement", "air or radiant temperature"), "°C", 10, 40, Ashrae);

    public static ValidityLimit AshraeAirSpeed { get; } =
        new("ashrae55.air-speed", new("vitesse de l'air", "air speed"), "m/s", 0, 2, Ashrae);

    public static ValidityLimit AshraeMetabolicRate { get; } =
        new("ashrae55.metabolic-rate", new("métabolisme", "metabolic rate"), "met", 1, 4, Ashrae);

    public static ValidityLimit AshraeClothing { get; } =
        new("ashrae55.clothing", new("isolement vestimentaire", "clothing insulation"), "clo", 0, 1.5, Ashrae);

    /// <summary>Light clothing and light work, and nobody in the room commands the fan: the air may not move faster.</summary>
    public static ModelRule AshraeSpeedWithoutControl { get; } = new(
        "ashrae55.air-speed-without-control",
        new("l'air est trop rapide pour des occupants qui ne règlent pas la ventilation",
            "the air moves too fast for occupants who do not control it"),
        "ASHRAE 55-2020, 5.3.3");
}
