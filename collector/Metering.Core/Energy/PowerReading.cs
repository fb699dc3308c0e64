using Metering.Core.Readings;

namespace Metering.Core.Energy;

/// <summary>Mean power over an interval, from a register difference.</summary>
/// <param name="Start">First instant.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="PowerW">Mean power, W.</param>
/// <param name="ResolutionW">
/// One pulse over the interval, W: 3600 times the pulse weight in Wh over the seconds. With 10 Wh: 60 W on ten
/// minutes, 10 W on an hour, 0.42 W on a day. The mean power is known to ± this.
/// </param>
/// <param name="Flags">Flags of the interval.</param>
public readonly record struct PowerReading(
    DateTimeOffset Start, DateTimeOffset End, decimal PowerW, decimal ResolutionW, QualityFlags Flags)
{
    /// <summary>Mean power of an interval reading, or null when its energy is not known.</summary>
    public static PowerReading? Of(in IntervalReading interval) => interval.EnergyWh is { } energy
        ? new PowerReading(
            interval.Start,
            interval.End,
            energy * TimeSpan.TicksPerHour / interval.Duration.Ticks,
            interval.PulseWeightWh * TimeSpan.TicksPerHour / interval.Duration.Ticks,
            interval.Flags)
        : null;
}
