using Metering.Core.Readings;

namespace Metering.Core.Energy;

/// <summary>
/// Energy of one metering point over [<see cref="Start"/>, <see cref="End"/>), derived from two register readings.
/// Exact: an integer number of pulses times a decimal pulse weight.
/// </summary>
/// <param name="Start">Instant of the earlier register reading (inclusive).</param>
/// <param name="End">Instant of the later register reading (exclusive).</param>
/// <param name="Pulses">Pulses counted as energy, or null: the energy of the interval is not known.</param>
/// <param name="WithheldPulses">
/// Register difference that is not counted as energy: more than the circuit can carry, or pulses whose weight is
/// ambiguous. 0 when there is none. Kept so that an audit can account for every pulse.
/// </param>
/// <param name="PulseWeightWh">Wh per pulse.</param>
/// <param name="Flags">Union of the flags of both readings and of what happened between them.</param>
public readonly record struct IntervalReading(
    DateTimeOffset Start,
    DateTimeOffset End,
    long? Pulses,
    long WithheldPulses,
    decimal PulseWeightWh,
    QualityFlags Flags)
{
    /// <summary>Energy, Wh, exact; null when not known.</summary>
    public decimal? EnergyWh => Pulses * PulseWeightWh;

    public TimeSpan Duration => End - Start;
}
