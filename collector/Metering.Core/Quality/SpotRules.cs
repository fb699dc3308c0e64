using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Core.Quality;

/// <summary>
/// Limits of the quality rules for temperature and humidity, in the unit of the quantity (°C or %). They are rules of
/// this project, not of a standard: docs/formulas.md, data quality.
/// </summary>
public sealed record SpotRules
{
    /// <summary>RANGE: below this is no value of that place.</summary>
    public required double Minimum { get; init; }

    /// <summary>RANGE: above this is no value of that place.</summary>
    public required double Maximum { get; init; }

    /// <summary>STEP: a larger change than this within <see cref="StepWithin"/> is suspect.</summary>
    public required double LargestStep { get; init; }

    public TimeSpan StepWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>STUCK: the same stored value (hundredths) for longer than this.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromHours(6);

    /// <summary>STUCK: at or above this value ..., or null: such a rule does not apply.</summary>
    public double? SaturatedFrom { get; init; }

    /// <summary>... for longer than this.</summary>
    public TimeSpan SaturatedAfter { get; init; } = TimeSpan.FromHours(12);

    public static SpotRules IndoorTemperature { get; } = new() { Minimum = 5, Maximum = 50, LargestStep = 5 };

    public static SpotRules IndoorHumidity { get; } = new() { Minimum = 10, Maximum = 100, LargestStep = 25, SaturatedFrom = 99.5 };

    /// <summary>Outdoors frost is no fault.</summary>
    public static SpotRules OutdoorTemperature { get; } = IndoorTemperature with { Minimum = -40 };

    /// <summary>Outdoors a day of fog is no fault.</summary>
    public static SpotRules OutdoorHumidity { get; } = IndoorHumidity with { SaturatedFrom = null };

    /// <summary>The rules of a point's quantity, or null where there are none (registers, pressure).</summary>
    public static SpotRules? Of(Quantity quantity, PointUse use) => (quantity, use) switch
    {
        (Quantity.AirTemperature, PointUse.OutdoorClimate) => OutdoorTemperature,
        (Quantity.AirTemperature, _) => IndoorTemperature,
        (Quantity.RelativeHumidity, PointUse.OutdoorClimate) => OutdoorHumidity,
        (Quantity.RelativeHumidity, _) => IndoorHumidity,
        _ => null,
    };
}
