using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Core.Notes.Model;

/// <summary>Measured energy of one metering point. Energy is decimal: pulses times pulse weight, exactly.</summary>
public sealed record PointConsumption
{
    public required MeteringPoint Point { get; init; }

    /// <summary>What each channel's register said, one row an assignment.</summary>
    public required IReadOnlyList<RegisterSpan> Registers { get; init; }

    /// <summary>Energy of the period, kWh, or null when nothing is known.</summary>
    public required decimal? EnergyKwh { get; init; }

    public required IReadOnlyList<EnergyStep> Hours { get; init; }

    public required IReadOnlyList<EnergyStep> Days { get; init; }

    public required IReadOnlyList<EnergyStep> Months { get; init; }

    /// <summary>Union over the period.</summary>
    public required QualityFlags Flags { get; init; }

    public required long SamplesStored { get; init; }

    public required long SamplesExpected { get; init; }

    public double CompletenessPercent => SamplesExpected == 0 ? 0 : Math.Min(100, 100.0 * SamplesStored / SamplesExpected);
}

/// <summary>Energy of one hour, day or month of local time.</summary>
/// <param name="Start">Local start (inclusive).</param>
/// <param name="End">Local end (exclusive).</param>
/// <param name="EnergyKwh">kWh, or null: unknown. Unknown is not zero.</param>
/// <param name="CompletenessPercent">Share of the step that measured intervals cover, 0 to 100.</param>
/// <param name="Flags">Union of the inputs' flags.</param>
public readonly record struct EnergyStep(
    DateTimeOffset Start, DateTimeOffset End, decimal? EnergyKwh, double CompletenessPercent, QualityFlags Flags)
{
    /// <summary>A part of the energy is a share of a gap over an edge of the step: known in sum, spread evenly.</summary>
    public bool Spread { get; init; }

    public bool Incomplete => (Flags & QualityFlags.Incomplete) != 0;
}

/// <summary>First and last register reading of an assignment within the period: the chain of custody from pulse to kilowatt-hour.</summary>
/// <param name="Key">Board and channel.</param>
/// <param name="MeterSerial">Serial of the meter, or null.</param>
/// <param name="PulseWeightWh">Wh per pulse.</param>
/// <param name="FirstAt">Instant of the first reading.</param>
/// <param name="First">Its index, pulses.</param>
/// <param name="LastAt">Instant of the last reading.</param>
/// <param name="Last">Its index, pulses.</param>
/// <param name="Pulses">Pulses between the two, with roll-overs and resets resolved.</param>
public sealed record RegisterSpan(
    ChannelKey Key, string? MeterSerial, decimal PulseWeightWh, DateTimeOffset FirstAt, long First, DateTimeOffset LastAt, long Last, long Pulses)
{
    public decimal EnergyKwh => Pulses * PulseWeightWh / 1000m;
}

/// <param name="Name">The point's name.</param>
/// <param name="Channel">Board and channel.</param>
/// <param name="Months">One entry a month that the period touches.</param>
public sealed record CompletenessRow(string Name, ChannelKey Channel, IReadOnlyList<MonthCompleteness> Months);

/// <param name="Month">First day of the month.</param>
/// <param name="Stored">Samples with a value.</param>
/// <param name="Expected">Samples that the ten-minute grid asks for within the period.</param>
public readonly record struct MonthCompleteness(DateOnly Month, long Stored, long Expected)
{
    public double Percent => Expected == 0 ? 0 : Math.Min(100, 100.0 * Stored / Expected);
}
