using Metering.Core.Applicability;

namespace Metering.Core.Comfort.Mould;

/// <summary>State of the growth model between two steps.</summary>
/// <param name="Index">M, 0 (nothing) to 6 (covered).</param>
/// <param name="UnfavourableHours">Hours since conditions last allowed growth.</param>
public readonly record struct MouldState(double Index, double UnfavourableHours);

/// <summary>
/// Mould index M of VTT (Hukka and Viitanen 1999, classes of Ojanen et al. 2010), parameters as in anssilaukkarinen/trh-1
/// @af62948. 1 is growth that a microscope shows, 3 growth that the eye sees.
/// </summary>
/// <remarks>
/// Fed with the air of a room it is an air-based index: surfaces may be colder and then moister. Say so wherever it is
/// printed. Its check values rest on one independent computation, not on a published table.
/// </remarks>
public static class VttMouldIndex
{
    /// <summary>The experiments behind the model lie within 0 to 50 °C.</summary>
    public static ValidityLimit Temperature { get; } = new(
        "vtt-mould.temperature", new("température", "temperature"), "°C", 0, 50, "Hukka and Viitanen 1999");

    public static ValidityLimit RelativeHumidity { get; } = new(
        "vtt-mould.relative-humidity", new("humidité relative", "relative humidity"), "%", 0, 100,
        "Hukka and Viitanen 1999");

    /// <summary>Index after <paramref name="hours"/> at constant conditions, by one Euler step: give an hour or less.</summary>
    /// <param name="state">State before; start with index 0.</param>
    /// <param name="temperatureC">°C, 0 to 50.</param>
    /// <param name="relativeHumidityPct">%, 0 to 100.</param>
    /// <param name="hours">Length of the step, above 0 to 1 h.</param>
    /// <param name="sensitivity">Class of the surface.</param>
    /// <param name="declineFactor">How fast the material lets growth die back, relative to pine (1): 0 to 1.</param>
    /// <param name="next">State after; unchanged when the model does not apply.</param>
    /// <returns>The index, or why the model does not apply.</returns>
    public static ModelValue Step(
        MouldState state, double temperatureC, double relativeHumidityPct, double hours, MouldSensitivity sensitivity,
        double declineFactor, out MouldState next)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hours);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hours, 1);
        next = state;
        if (!Temperature.Contains(temperatureC))
        {
            return ModelValue.NotApplicable(Temperature, temperatureC);
        }

        if (!RelativeHumidity.Contains(relativeHumidityPct))
        {
            return ModelValue.NotApplicable(RelativeHumidity, relativeHumidityPct);
        }

        var p = Parameters(sensitivity);
        var critical = CriticalHumidity(temperatureC, p.HumidityMin);
        if (relativeHumidityPct >= critical && temperatureC > 0)
        {
            next = new(Math.Max(0, state.Index + (hours * GrowthPerHour(state.Index, temperatureC, relativeHumidityPct, critical, p))), 0);
        }
        else
        {
            var dry = state.UnfavourableHours + hours;
            var perDay = dry switch { <= 6 => 0.032, <= 24 => 0, _ => 0.016 };
            next = new(Math.Max(0, state.Index - (declineFactor * perDay / 24 * hours)), dry);
        }

        return ModelValue.Of(next.Index);
    }

    /// <summary>Relative humidity from which mould grows, %.</summary>
    internal static double CriticalHumidity(double t, double humidityMin) => t <= 0
        ? 100
        : Math.Max((-0.00267 * t * t * t) + (0.160 * t * t) - (3.13 * t) + 100, humidityMin);

    private static double GrowthPerHour(double index, double t, double rh, double critical, in ClassParameters p)
    {
        var x = (critical - rh) / (critical - 100);
        var most = p.A + (p.B * x) - (p.C * x * x);
        var saturation = Math.Max(1 - Math.Exp(2.3 * (index - most)), 0);
        var speed = index < 1 ? p.SlowStart : p.Later;
        return speed * saturation / (7 * Math.Exp((-0.68 * Math.Log(t)) - (13.9 * Math.Log(rh)) + 66.02)) / 24;
    }

    private static ClassParameters Parameters(MouldSensitivity sensitivity) => sensitivity switch
    {
        MouldSensitivity.VerySensitive => new(80, 1, 2, 1, 7, 2),
        MouldSensitivity.Sensitive => new(80, 0.578, 0.386, 0.3, 6, 1),
        MouldSensitivity.MediumResistant => new(85, 0.072, 0.097, 0, 5, 1.5),
        MouldSensitivity.Resistant => new(85, 0.033, 0.014, 0, 3, 1),
        _ => throw new ArgumentOutOfRangeException(nameof(sensitivity), sensitivity, "Unknown sensitivity class."),
    };

    private readonly record struct ClassParameters(
        double HumidityMin, double SlowStart, double Later, double A, double B, double C);
}
