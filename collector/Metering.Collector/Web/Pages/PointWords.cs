using Metering.Core.Languages;
using Metering.Core.Notes.Text;
using Metering.Core.Readings;

namespace Metering.Collector.Web.Pages;

/// <summary>Names of what a channel measures, as people read them.</summary>
internal static class PointWords
{
    public static string Quantity(Quantity quantity, Language language) => quantity switch
    {
        Core.Readings.Quantity.PulseRegister => language.Of("Index du compteur", "Register of the meter"),
        Core.Readings.Quantity.AirTemperature => language.Of("Température de l’air", "Air temperature"),
        Core.Readings.Quantity.RelativeHumidity => language.Of("Humidité relative", "Relative humidity"),
        _ => language.Of("Pression de l’air", "Air pressure"),
    };

    /// <summary>Unit as printed on an axis.</summary>
    public static string Unit(Quantity quantity, Language language) =>
        quantity == Core.Readings.Quantity.PulseRegister ? language.Of("impulsions", "pulses") : Quantities.Symbol(quantity);
}
