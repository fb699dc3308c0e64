using Metering.Core.Applicability;
using Metering.Core.Languages;

namespace Metering.Core.Comfort.HeatStress;

/// <summary>
/// Humidex, felt °C: T + 5/9 (e − 10), e the vapour pressure in hPa by 6.112 · 10^(7.5 T / (237.7 + T)) · RH/100. Masterton
/// and Richardson 1979 (Environment Canada), Magnus form of the vapour pressure.
/// </summary>
public static class Humidex
{
    public static ValidityLimit Temperature { get; } = new(
        "humidex.temperature", new("température", "temperature"), "°C", 0, 60, "Masterton and Richardson 1979");

    public static ValidityLimit RelativeHumidity { get; } = new(
        "humidex.relative-humidity", new("humidité relative", "relative humidity"), "%", 0, 100,
        "Masterton and Richardson 1979");

    /// <param name="temperatureC">Air temperature, 0 to 60 °C.</param>
    /// <param name="relativeHumidityPct">Relative humidity, 0 to 100 %.</param>
    public static ModelValue At(double temperatureC, double relativeHumidityPct)
    {
        if (!Temperature.Contains(temperatureC))
        {
            return ModelValue.NotApplicable(Temperature, temperatureC);
        }

        if (!RelativeHumidity.Contains(relativeHumidityPct))
        {
            return ModelValue.NotApplicable(RelativeHumidity, relativeHumidityPct);
        }

        var e = 6.112 * Math.Pow(10, 7.5 * temperatureC / (237.7 + temperatureC)) * relativeHumidityPct / 100;
        return ModelValue.Of(temperatureC + (5.0 / 9 * (e - 10)));
    }

    /// <summary>Degree of discomfort of the value to a tenth, as it is printed: up to 30, 35, 40, 45 and 54, bounds included.</summary>
    public static BilingualText Class(double humidex) => Math.Round(humidex, 1) switch
    {
        <= 30 => new("peu ou pas d'inconfort", "little or no discomfort"),
        <= 35 => new("inconfort perceptible", "noticeable discomfort"),
        <= 40 => new("inconfort manifeste", "evident discomfort"),
        <= 45 => new("inconfort intense ; éviter les efforts", "intense discomfort; avoid exertion"),
        <= 54 => new("inconfort dangereux", "dangerous discomfort"),
        _ => new("coup de chaleur probable", "heat stroke probable"),
    };
}
