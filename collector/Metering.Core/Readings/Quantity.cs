namespace Metering.Core.Readings;

/// <summary>What a channel measures. Values travel and are stored as scaled integers, see <see cref="Quantities"/>.</summary>
public enum Quantity
{
    /// <summary>A register: monotonic count of pulses.</summary>
    PulseRegister = 1,

    /// <summary>Air temperature, stored in hundredths of a degree Celsius.</summary>
    AirTemperature = 2,

    /// <summary>Relative humidity, stored in hundredths of a percent.</summary>
    RelativeHumidity = 3,

    /// <summary>Air pressure, stored in pascals.</summary>
    AirPressure = 4,
}

/// <summary>Scale and symbol of each <see cref="Quantity"/>.</summary>
public static class Quantities
{
    /// <summary>Stored integer = value in the unit of <see cref="Symbol"/> times this.</summary>
    public static int Scale(Quantity quantity) => quantity switch
    {
        Quantity.PulseRegister => 1,
        Quantity.AirTemperature => 100,
        Quantity.RelativeHumidity => 100,
        Quantity.AirPressure => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(quantity), quantity, "Unknown quantity."),
    };

    /// <summary>Unit as printed: count, °C, %, Pa.</summary>
    public static string Symbol(Quantity quantity) => quantity switch
    {
        Quantity.PulseRegister => "count",
        Quantity.AirTemperature => "°C",
        Quantity.RelativeHumidity => "%",
        Quantity.AirPressure => "Pa",
        _ => throw new ArgumentOutOfRangeException(nameof(quantity), quantity, "Unknown quantity."),
    };

    /// <summary>The quantity of a channel name of the wire format (ch1, t1, rh1, p1), or null for any other name.</summary>
    public static Quantity? OfChannel(ReadOnlySpan<char> channel)
    {
        var digits = channel.Length - 1;
        if (digits < 1 || !char.IsAsciiDigit(channel[^1]) || channel[^1] == '0')
        {
            return null;
        }

        return channel[..digits] switch
        {
            "ch" => Quantity.PulseRegister,
            "t" => Quantity.AirTemperature,
            "rh" => Quantity.RelativeHumidity,
            "p" => Quantity.AirPressure,
            _ => null,
        };
    }
}
