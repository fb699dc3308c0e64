using Metering.Core.Applicability;
using Metering.Core.Languages;

namespace Metering.Core.Comfort.HeatStress;

/// <summary>Discomfort index of Thom (1959), °C: T − 0.55 (1 − RH/100)(T − 14.5).</summary>
public static class DiscomfortIndex
{
    /// <summary>Below 14.5 °C the formula would turn around: drier air would be felt as warmer.</summary>
    public static ValidityLimit Temperature { get; } = new(
        "discomfort-index.temperature", new("température", "temperature"), "°C", 14.5, 60, "Thom 1959");

    public static ValidityLimit RelativeHumidity { get; } = new(
        "discomfort-index.relative-humidity", new("humidité relative", "relative humidity"), "%", 0, 100, "Thom 1959");

    /// <param name="temperatureC">Air temperature, 14.5 to 60 °C.</param>
    /// <param name="relativeHumidityPct">Relative humidity, 0 to 100 %.</param>
    public static ModelValue At(double temperatureC, double relativeHumidityPct)
    {
        if (!Temperature.Contains(temperatureC))
        {
            return ModelValue.NotApplicable(Temperature, temperatureC);
        }

        return RelativeHumidity.Contains(relativeHumidityPct)
            ? ModelValue.Of(temperatureC - (0.55 * (1 - (0.01 * relativeHumidityPct)) * (temperatureC - 14.5)))
            : ModelValue.NotApplicable(RelativeHumidity, relativeHumidityPct);
    }

    /// <summary>Class: from 21, 24, 27, 29 and 32 °C.</summary>
    public static BilingualText Class(double index) => index switch
    {
        < 21 => new("pas d'inconfort", "no discomfort"),
        < 24 => new("moins de la moitié ressent de l'inconfort", "less than 50% feels discomfort"),
        < 27 => new("plus de la moitié ressent de l'inconfort", "more than 50% feels discomfort"),
        < 29 => new("la plupart ressent de l'inconfort", "most of the population feels discomfort"),
        < 32 => new("tous ressentent un stress sévère", "everyone feels severe stress"),
        _ => new("urgence médicale", "state of medical emergency"),
    };
}
