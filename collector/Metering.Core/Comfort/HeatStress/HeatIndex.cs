using Metering.Core.Applicability;
using Metering.Core.Languages;

namespace Metering.Core.Comfort.HeatStress;

/// <summary>
/// Heat index, °C. Two variants that differ by a kelvin where it matters here: print which one. Rothfusz 1990 (NWS technical
/// attachment SR 90-23), its polynomial in SI units; and the whole procedure of the US National Weather Service.
/// </summary>
public static class HeatIndex
{
    private const string Source = "Rothfusz 1990, NWS SR 90-23";

    public static ValidityLimit RothfuszTemperature { get; } = new(
        "heat-index.temperature", new("température", "temperature"), "°C", 27, 43.3, Source);

    public static ValidityLimit RothfuszHumidity { get; } = new(
        "heat-index.relative-humidity", new("humidité relative", "relative humidity"), "%", 40, 100, Source);

    /// <summary>The procedure starts with a formula for mild air; below 20 °C a heat index has no meaning (project choice).</summary>
    public static ValidityLimit NwsTemperature { get; } = new(
        "heat-index-nws.temperature", new("température", "temperature"), "°C", 20, 43.3, "NWS heat index procedure");

    public static ValidityLimit NwsHumidity { get; } = new(
        "heat-index-nws.relative-humidity", new("humidité relative", "relative humidity"), "%", 0, 100,
        "NWS heat index procedure");

    /// <summary>Polynomial of Rothfusz in °C, from 27 °C and 40 %.</summary>
    public static ModelValue Rothfusz(double temperatureC, double relativeHumidityPct)
    {
        if (!RothfuszTemperature.Contains(temperatureC))
        {
            return ModelValue.NotApplicable(RothfuszTemperature, temperatureC);
        }

        return RothfuszHumidity.Contains(relativeHumidityPct)
            ? ModelValue.Of(RothfuszPolynomial(temperatureC, relativeHumidityPct))
            : ModelValue.NotApplicable(RothfuszHumidity, relativeHumidityPct);
    }

    /// <summary>
    /// Procedure of the NWS: Steadman's simple formula; from 80 °F the polynomial with corrections for dry and for humid air.
    /// </summary>
    public static ModelValue Nws(double temperatureC, double relativeHumidityPct)
    {
        if (!NwsTemperature.Contains(temperatureC))
        {
            return ModelValue.NotApplicable(NwsTemperature, temperatureC);
        }

        return NwsHumidity.Contains(relativeHumidityPct)
            ? ModelValue.Of((NwsFahrenheit((temperatureC * 9 / 5) + 32, relativeHumidityPct) - 32) * 5 / 9)
            : ModelValue.NotApplicable(NwsHumidity, relativeHumidityPct);
    }

    /// <summary>What the NWS says of a heat index: from 27, 32, 41 and 54 °C.</summary>
    public static BilingualText Class(double heatIndexC) => heatIndexC switch
    {
        < 27 => new("pas de risque", "no risk"),
        < 32 => new("prudence", "caution"),
        < 41 => new("prudence extrême", "extreme caution"),
        < 54 => new("danger", "danger"),
        _ => new("danger extrême", "extreme danger"),
    };

    internal static double RothfuszPolynomial(double t, double r) =>
        -8.784695 + (1.61139411 * t) + (2.338549 * r) - (0.14611605 * t * r) - (1.2308094e-2 * t * t)
        - (1.6424828e-2 * r * r) + (2.211732e-3 * t * t * r) + (7.2546e-4 * t * r * r) - (3.582e-6 * t * t * r * r);

    private static double NwsFahrenheit(double t, double r)
    {
        // Already the mean of the temperature and of Steadman's value.
        var simple = 0.5 * (t + 61 + (1.2 * (t - 68)) + (0.094 * r));
        if (simple < 80)
        {
            return simple;
        }

        var index = -42.379 + (2.04901523 * t) + (10.14333127 * r) - (0.22475541 * t * r) - (6.83783e-3 * t * t)
            - (5.481717e-2 * r * r) + (1.22874e-3 * t * t * r) + (8.5282e-4 * t * r * r) - (1.99e-6 * t * t * r * r);
        if (r < 13 && t is >= 80 and <= 112)
        {
            index -= (13 - r) / 4 * Math.Sqrt((17 - Math.Abs(t - 95)) / 17);
        }
        else if (r > 85 && t is >= 80 and <= 87)
        {
            index += (r - 85) / 10 * ((87 - t) / 5);
        }

        return index;
    }
}
