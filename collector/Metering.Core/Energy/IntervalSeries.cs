using Metering.Core.Readings;

namespace Metering.Core.Energy;

/// <summary>The interval readings of one metering point in time order, and the readings they do not stand on.</summary>
public sealed record IntervalSeries(
    string PointId,
    IReadOnlyList<IntervalReading> Intervals,
    IReadOnlyList<SetAsideReading> SetAside)
{
    /// <summary>Pulses counted as energy.</summary>
    public long Pulses => Intervals.Sum(i => i.Pulses ?? 0);

    /// <summary>Register differences that are not counted as energy.</summary>
    public long WithheldPulses => Intervals.Sum(i => i.WithheldPulses);

    /// <summary>Energy of the intervals whose energy is known, Wh, exact.</summary>
    public decimal EnergyWh => Intervals.Sum(i => i.EnergyWh ?? 0m);

    /// <summary>Union of all flags.</summary>
    public QualityFlags Flags => Intervals.Aggregate(QualityFlags.Ok, (flags, i) => flags | i.Flags);
}

/// <summary>A register reading that contradicts the others. It costs resolution, never energy.</summary>
/// <param name="Channel">Where it came from.</param>
/// <param name="Reading">What the board said; it stays in the store as it is.</param>
/// <param name="Reason">
/// <see cref="QualityFlags.Duplicate"/>, <see cref="QualityFlags.Clock"/> or <see cref="QualityFlags.Reversed"/>.
/// </param>
public readonly record struct SetAsideReading(ChannelKey Channel, Reading Reading, QualityFlags Reason);
