using Metering.Core.Languages;

namespace Metering.Core.Weather;

/// <summary>How a day's degree days are computed. In warm climates the choice changes a year's total strongly.</summary>
public enum DegreeDayMethod
{
    /// <summary>From the mean of the day's 24 hours.</summary>
    DailyMean = 0,

    /// <summary>From (Tn + Tx) / 2, the method of Météo-France ("DJU météo").</summary>
    HalfSum = 1,

    /// <summary>From Tn and Tx with the partial-day formula of the energy profession (COSTIC).</summary>
    EnergyProfessionals = 2,

    /// <summary>Mean over the hours of each hour's own excess.</summary>
    Hourly = 3,
}

/// <summary>Heating or cooling.</summary>
public enum DegreeDayKind
{
    Heating = 0,
    Cooling = 1,
}

/// <summary>Names as printed.</summary>
public static class DegreeDayNames
{
    public static BilingualText Of(DegreeDayMethod method) => method switch
    {
        DegreeDayMethod.DailyMean => new("moyenne des 24 heures", "24-hour mean"),
        DegreeDayMethod.HalfSum => new("demi-somme (Tn + Tx)/2", "half-sum (Tn + Tx)/2"),
        DegreeDayMethod.EnergyProfessionals => new("professionnels de l'énergie (COSTIC)", "energy professionals (COSTIC)"),
        DegreeDayMethod.Hourly => new("intégration horaire", "hourly integration"),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown method."),
    };

    public static BilingualText Of(DegreeDayKind kind) => kind switch
    {
        DegreeDayKind.Heating => new("degrés-jours de chauffage", "heating degree days"),
        DegreeDayKind.Cooling => new("degrés-jours de refroidissement", "cooling degree days"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Allowed are heating and cooling."),
    };
}
