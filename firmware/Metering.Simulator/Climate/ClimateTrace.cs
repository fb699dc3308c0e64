using Metering.Virtual;

namespace Metering.Simulator.Climate;

/// <summary>Temperature and relative humidity of a place at the instants of a regular series; held until the next instant.</summary>
/// <param name="StartUs">First instant, microseconds since the Unix epoch.</param>
/// <param name="StepUs">Microseconds from one to the next.</param>
/// <param name="Celsius">Air temperature, degrees Celsius.</param>
/// <param name="Humidity">Relative humidity, %.</param>
public sealed record ClimateTrace(long StartUs, long StepUs, IReadOnlyList<double> Celsius, IReadOnlyList<double> Humidity) : IClimateSource
{
    public (double Celsius, double Percent) At(long atUs)
    {
        var index = (int)Math.Clamp((atUs - StartUs) / StepUs, 0, Celsius.Count - 1);
        return (Celsius[index], Humidity[index]);
    }
}
