namespace Metering.Core.Comfort.Durations;

/// <summary>
/// How long and how far beyond a limit. The methods of EN 15251 (long-term evaluation, now CEN/TR 16798-2): A is
/// <see cref="Share"/>, B and C are <see cref="DegreeHours"/> with weights 1 and PPD ratio.
/// </summary>
public sealed record Exceedance
{
    /// <summary>Hours beyond the limit.</summary>
    public required double OutsideHours { get; init; }

    /// <summary>Occupied hours with a valid value: the denominator.</summary>
    public required double ValidHours { get; init; }

    /// <summary>Occupied hours of the period.</summary>
    public required double PeriodHours { get; init; }

    /// <summary>Number of valid samples, n.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Sum of excess times hours (times weight), in the unit of the limit times hours.</summary>
    public required double DegreeHours { get; init; }

    /// <summary>Hours beyond whose depth is known: for some limits (a zone on a chart) there is no distance to them.</summary>
    public required double DepthHours { get; init; }

    /// <summary>Longest stretch without a break, h.</summary>
    public required double LongestRunHours { get; init; }

    /// <summary>Method A, and the discomfort rate (fr. taux d'inconfort): share of valid occupied hours, 0 to 1; NaN without any.</summary>
    public double Share => OutsideHours / ValidHours;

    /// <summary>Depth: mean excess over the hours beyond whose depth is known; 0 when there are none.</summary>
    public double MeanDepth => DepthHours > 0 ? DegreeHours / DepthHours : 0;

    /// <summary>Mean excess over all valid occupied hours (the form of ICT); NaN without any.</summary>
    public double MeanExcess => DegreeHours / ValidHours;

    /// <summary>Valid over occupied hours of the period, 0 to 1. Below 0.8 a comfort season is not concluded on.</summary>
    public double Completeness => PeriodHours > 0 ? Math.Min(1, ValidHours / PeriodHours) : 0;
}
