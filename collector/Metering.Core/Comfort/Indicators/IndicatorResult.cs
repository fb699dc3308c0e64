using Metering.Core.Applicability;
using Metering.Core.Comfort.Durations;

namespace Metering.Core.Comfort.Indicators;

/// <summary>One indicator of a room over a period, ready to be printed.</summary>
public sealed record IndicatorResult
{
    public required ComfortIndicator Indicator { get; init; }

    public required IndicatorRole Role { get; init; }

    /// <summary>Hours that it was counted in: with cooling on, with cooling off, or all of them (null).</summary>
    public bool? CoolingOn { get; init; }

    /// <summary>In <see cref="Unit"/>; NaN when not applicable.</summary>
    public double Value { get; init; } = double.NaN;

    /// <summary>± by the accuracy of the sensor, in <see cref="Unit"/>; NaN where it is not known.</summary>
    public double Uncertainty { get; init; } = double.NaN;

    /// <summary>Symbol; empty for a pure number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Hours beyond, depth, longest run, n and completeness; null for indicators that are no count.</summary>
    public Exceedance? Exceedance { get; init; }

    /// <summary>Why there is no value; null when there is one.</summary>
    public Inapplicability? Reason { get; init; }

    public bool IsApplicable => Reason is null;
}
