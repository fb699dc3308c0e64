using Metering.Core.Languages;

namespace Metering.Core.Comfort.Indicators;

/// <summary>The comfort indicators that a note can print.</summary>
public enum ComfortIndicator
{
    GivoniZones = 0,
    CocoLimits = 1,
    DiscomfortRate = 2,
    IctMeasured = 3,
    AdaptiveAshrae55 = 4,
    AdaptiveEn16798 = 5,
    Humidex = 6,
    HotNights = 7,
    HumidHours = 8,
    PmvPpd = 9,
    Overcooling = 10,
    CoolingBelow26 = 11,
    HumidityRatioLimit = 12,
    ExceedanceMethods = 13,
    ColdHours = 14,
    Re2020DegreeHours = 15,
    SurfaceHumidity = 16,
    VttMouldIndex = 17,
    ConditionedRange = 18,
    ConditionedHumidity = 19,
    ExceedanceMethodC = 20,
    SetTemperature = 21,
    HeatIndex = 22,
    WbgtEstimate = 23,
    DewPointHours = 24,
}

/// <summary>How an indicator is printed, and whether people know its name.</summary>
public static class ComfortIndicators
{
    public static BilingualText Name(ComfortIndicator indicator) => indicator switch
    {
        ComfortIndicator.GivoniZones => new("Zones de Givoni par vitesse d'air", "Givoni zones by air speed"),
        ComfortIndicator.CocoLimits => new("Limites COCO (28 °C/80 %, 31 °C/75 %)", "COCO limits (28 °C/80 %, 31 °C/75 %)"),
        ComfortIndicator.DiscomfortRate => new("Taux d'inconfort", "Discomfort rate"),
        ComfortIndicator.IctMeasured => new("ICT_mes (dépassement moyen de 28 °C)", "ICT_mes (mean excess over 28 °C)"),
        ComfortIndicator.AdaptiveAshrae55 => new("Confort adaptatif ASHRAE 55", "Adaptive comfort, ASHRAE 55"),
        ComfortIndicator.AdaptiveEn16798 => new("Confort adaptatif EN 16798-1", "Adaptive comfort, EN 16798-1"),
        ComfortIndicator.Humidex => new("Heures au-dessus de 40 d'humidex", "Hours above a humidex of 40"),
        ComfortIndicator.HotNights => new("Heures de nuit au-dessus de 28 °C", "Night hours above 28 °C"),
        ComfortIndicator.HumidHours => new("Heures au-dessus de 80 % d'humidité", "Hours above 80 % humidity"),
        ComfortIndicator.PmvPpd => new("PMV/PPD (ISO 7730)", "PMV/PPD (ISO 7730)"),
        ComfortIndicator.Overcooling => new("Heures sous 24 °C", "Hours below 24 °C"),
        ComfortIndicator.CoolingBelow26 => new("Climatisation en marche à 26 °C ou moins", "Cooling on at 26 °C or below"),
        ComfortIndicator.HumidityRatioLimit => new("Heures au-dessus de 12 g/kg", "Hours above 12 g/kg"),
        ComfortIndicator.ExceedanceMethods => new("Dépassements (méthodes A et B)", "Exceedance (methods A and B)"),
        ComfortIndicator.ColdHours => new("Heures sous 19 °C en saison de chauffe", "Hours below 19 °C in the heating season"),
        ComfortIndicator.Re2020DegreeHours => new("Degrés-heures à la manière de la RE2020", "Degree hours in the manner of RE2020"),
        ComfortIndicator.SurfaceHumidity => new("Humidité relative en surface", "Relative humidity at surfaces"),
        ComfortIndicator.VttMouldIndex => new("Indice de moisissure VTT (air)", "VTT mould index (air)"),
        ComfortIndicator.ConditionedRange => new(
            "Températures hors catégorie II (EN 16798-1, locaux climatisés)", "Temperatures beyond category II (EN 16798-1, conditioned rooms)"),
        ComfortIndicator.ConditionedHumidity => new(
            "Humidités hors catégorie II (EN 16798-1, locaux climatisés)", "Humidities beyond category II (EN 16798-1, conditioned rooms)"),
        ComfortIndicator.ExceedanceMethodC => new("Heures pondérées par le PPD (méthode C)", "Hours weighted by PPD (method C)"),
        ComfortIndicator.SetTemperature => new("Température effective standard SET*", "Standard effective temperature SET*"),
        ComfortIndicator.HeatIndex => new("Heures d'indice de chaleur au-dessus de 32 °C (Rothfusz)", "Hours of heat index above 32 °C (Rothfusz)"),
        ComfortIndicator.WbgtEstimate => new("Heures de WBGT estimé à l'ombre au-dessus de 30 °C", "Hours of estimated WBGT in the shade above 30 °C"),
        ComfortIndicator.DewPointHours => new("Heures de point de rosée au-dessus de 18 °C", "Hours of dew point above 18 °C"),
        _ => throw new ArgumentOutOfRangeException(nameof(indicator), indicator, "Unknown indicator."),
    };
}
