using Metering.Core.Languages;
using Metering.Core.Notes.Text;
using Metering.Core.Readings;

namespace Metering.Collector.Web.Curves;

/// <summary>What a curve of a metering point shows.</summary>
internal enum CurveKind
{
    /// <summary>Mean power between two register readings, W: what people look at.</summary>
    Power = 0,

    /// <summary>The register itself, pulses: what a technician compares with the meter's display.</summary>
    Register = 1,

    Temperature = 2,
    Humidity = 3,
    Pressure = 4,
}

/// <summary>Names, units and the channels of each <see cref="CurveKind"/>.</summary>
internal static class CurveKinds
{
    /// <summary>The curves that channels of a quantity give, the one to look at first.</summary>
    public static IReadOnlyList<CurveKind> Of(Quantity quantity) => quantity switch
    {
        Quantity.PulseRegister => [CurveKind.Power, CurveKind.Register],
        Quantity.AirTemperature => [CurveKind.Temperature],
        Quantity.RelativeHumidity => [CurveKind.Humidity],
        _ => [CurveKind.Pressure],
    };

    /// <summary>Where the values come from.</summary>
    public static Quantity Source(CurveKind kind) => kind switch
    {
        CurveKind.Power or CurveKind.Register => Quantity.PulseRegister,
        CurveKind.Temperature => Quantity.AirTemperature,
        CurveKind.Humidity => Quantity.RelativeHumidity,
        _ => Quantity.AirPressure,
    };

    /// <summary>As in addresses.</summary>
    public static string Word(CurveKind kind) => kind.ToString().ToLowerInvariant();

    public static bool TryParse(string? word, out CurveKind kind)
    {
        foreach (var known in Enum.GetValues<CurveKind>())
        {
            if (Word(known) == word)
            {
                kind = known;
                return true;
            }
        }

        kind = default;
        return false;
    }

    public static string Name(CurveKind kind, Language language) => kind switch
    {
        CurveKind.Power => language.Of("Puissance moyenne", "Mean power"),
        CurveKind.Register => language.Of("Index du compteur", "Register of the meter"),
        CurveKind.Temperature => language.Of("Température de l’air", "Air temperature"),
        CurveKind.Humidity => language.Of("Humidité relative", "Relative humidity"),
        _ => language.Of("Pression de l’air", "Air pressure"),
    };

    public static string Unit(CurveKind kind, Language language) => kind switch
    {
        CurveKind.Power => "W",
        CurveKind.Register => language.Of("impulsions", "pulses"),
        _ => Quantities.Symbol(Source(kind)),
    };
}
