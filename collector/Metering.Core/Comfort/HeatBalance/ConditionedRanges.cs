namespace Metering.Core.Comfort.HeatBalance;

/// <summary>Season of a conditioned room by the running mean of the outdoor temperature.</summary>
public enum ConditioningSeason
{
    /// <summary>Running mean up to 10 °C: winter clothing, 1.0 clo.</summary>
    Heating = 0,

    /// <summary>Running mean from 15 °C: summer clothing, 0.5 clo. The whole year in Guadeloupe.</summary>
    Cooling = 1,

    /// <summary>In between: what either season accepts (project choice).</summary>
    Between = 2,
}

/// <summary>A closed range, in the unit of its table.</summary>
public readonly record struct DesignRange(double Low, double High)
{
    /// <summary>How far beyond, 0 within; NaN for NaN.</summary>
    public double Beyond(double value) => double.IsNaN(value) ? double.NaN : Math.Max(0, Math.Max(Low - value, value - High));
}

/// <summary>
/// Default ranges of conditioned offices and similar rooms (about 1.2 met) in EN 16798-1:2019, annex B: operative
/// temperature and design values of relative humidity, categories I to IV. The operative temperature of a room whose radiant
/// temperature is not measured is its air temperature.
/// </summary>
/// <remarks>
/// The standard was not read: tables B.5 and B.16 are general knowledge. I to III are also the categories A to C of ISO
/// 7730:2005, annex A (24.5 ± 1, 1.5, 2.5 °C in summer, 22 ± 1, 2, 3 °C in winter) and agree with them; for IV public
/// programs differ (17 to 27 and 20 to 29 °C instead of 17 to 25 and 21 to 28 °C).
/// </remarks>
public static class ConditionedRanges
{
    /// <summary>Running mean up to which it is the heating season, °C.</summary>
    public const double HeatingUpToC = 10;

    /// <summary>Running mean from which it is the cooling season, °C.</summary>
    public const double CoolingFromC = 15;

    /// <summary>Humidity ratio that air conditioning should not exceed, g/kg (the same annex).</summary>
    public const double HumidityRatioLimit = 12;

    public static ConditioningSeason Season(double runningMeanC) => runningMeanC switch
    {
        <= HeatingUpToC => ConditioningSeason.Heating,
        >= CoolingFromC => ConditioningSeason.Cooling,
        _ => ConditioningSeason.Between,
    };

    /// <summary>Operative temperature, °C.</summary>
    public static DesignRange Temperature(ThermalCategory category, ConditioningSeason season)
    {
        var (heating, cooling) = category switch
        {
            ThermalCategory.I => (new DesignRange(21, 23), new DesignRange(23.5, 25.5)),
            ThermalCategory.II => (new DesignRange(20, 24), new DesignRange(23, 26)),
            ThermalCategory.III => (new DesignRange(19, 25), new DesignRange(22, 27)),
            ThermalCategory.IV => (new DesignRange(17, 25), new DesignRange(21, 28)),
            _ => throw new ArgumentOutOfRangeException(nameof(category), category, "Allowed are I to IV."),
        };
        return season switch
        {
            ConditioningSeason.Heating => heating,
            ConditioningSeason.Cooling => cooling,
            _ => new DesignRange(heating.Low, cooling.High),
        };
    }

    /// <summary>Relative humidity by which humidifiers and dehumidifiers are designed, %. No such design values exist for IV.</summary>
    public static DesignRange Humidity(ThermalCategory category) => category switch
    {
        ThermalCategory.I => new(30, 50),
        ThermalCategory.II => new(25, 60),
        ThermalCategory.III => new(20, 70),
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "Allowed are I, II and III."),
    };

    /// <summary>The best category whose range contains the temperature, or none.</summary>
    public static ThermalCategory Of(double operativeC, ConditioningSeason season)
    {
        for (var category = ThermalCategory.I; category <= ThermalCategory.IV; category++)
        {
            if (Temperature(category, season).Beyond(operativeC) == 0)
            {
                return category;
            }
        }

        return ThermalCategory.None;
    }
}
