using Metering.Core.Readings;

namespace Metering.Core.Energy;

/// <summary>One value of a load profile: the energy of one local hour, day, month or year.</summary>
/// <param name="Start">First instant, local offset of the site.</param>
/// <param name="End">End (exclusive), local offset of the site.</param>
/// <param name="Pulses">Pulses counted within the unit.</param>
/// <param name="EnergyWh">Energy of the intervals whose energy is known, Wh. Never scaled up for what is missing.</param>
/// <param name="Measured">Time covered by intervals between two neighbouring samples.</param>
/// <param name="ExactGap">Time covered by gaps that lie wholly inside the unit: the energy is exact, its distribution is not.</param>
/// <param name="Spread">Time covered by gaps that reach over an edge of the unit: their energy is spread uniformly.</param>
/// <param name="Completeness">
/// Share, 0 to 1, of the whole calendar unit whose energy is exact. For months and years: share of complete days.
/// </param>
/// <param name="Flags">Union of the flags of all intervals that contribute, plus INCOMPLETE and ZERO by rule.</param>
public readonly record struct ProfileValue(
    DateTimeOffset Start,
    DateTimeOffset End,
    long Pulses,
    decimal EnergyWh,
    TimeSpan Measured,
    TimeSpan ExactGap,
    TimeSpan Spread,
    double Completeness,
    QualityFlags Flags)
{
    public TimeSpan Duration => End - Start;

    /// <summary>Time without known energy.</summary>
    public TimeSpan MissingTime => Duration - Measured - ExactGap - Spread;

    /// <summary>Whether the completeness rule of the unit is met.</summary>
    public bool IsComplete => !Flags.HasFlag(QualityFlags.Incomplete);

    /// <summary>Mean power over the unit, W; null unless the energy of the whole unit is known.</summary>
    public decimal? MeanPowerW => MissingTime > TimeSpan.Zero ? null : EnergyWh * TimeSpan.TicksPerHour / Duration.Ticks;
}
