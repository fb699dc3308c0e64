namespace Metering.Core.Comfort.Durations;

/// <summary>
/// Counts how long and how far a series lies beyond its limits, in one pass and without keeping the series. Give the samples
/// in the order of time: the longest run needs it.
/// </summary>
public sealed class ExceedanceCounter
{
    private long validTicks;
    private long outsideTicks;
    private long runTicks;
    private long longestTicks;
    private long depthTicks;
    private double degreeHours;
    private int count;

    /// <summary>An occupied, measured sample.</summary>
    /// <param name="excess">How far beyond the limit, in its unit; 0 or less is within. Infinite: beyond, depth unknown.</param>
    /// <param name="duration">What the sample stands for.</param>
    /// <param name="weight">Factor on the excess: 1 for degree hours, the PPD ratio for method C.</param>
    public void Add(double excess, TimeSpan duration, double weight = 1)
    {
        if (double.IsNaN(excess) || duration <= TimeSpan.Zero)
        {
            Break();
            return;
        }

        count++;
        validTicks += duration.Ticks;
        if (excess <= 0)
        {
            runTicks = 0;
            return;
        }

        outsideTicks += duration.Ticks;
        runTicks += duration.Ticks;
        longestTicks = Math.Max(longestTicks, runTicks);
        if (double.IsFinite(excess))
        {
            depthTicks += duration.Ticks;
            degreeHours += excess * weight * duration.TotalHours;
        }
    }

    /// <summary>A stretch that was not measured, or during which nobody was there: it ends the run and counts for nothing.</summary>
    public void Break() => runTicks = 0;

    /// <param name="period">How much occupied time the samples should cover: the denominator of the completeness.</param>
    public Exceedance Summary(TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        return new Exceedance
        {
            OutsideHours = TimeSpan.FromTicks(outsideTicks).TotalHours,
            ValidHours = TimeSpan.FromTicks(validTicks).TotalHours,
            PeriodHours = period.TotalHours,
            SampleCount = count,
            DegreeHours = degreeHours,
            DepthHours = TimeSpan.FromTicks(depthTicks).TotalHours,
            LongestRunHours = TimeSpan.FromTicks(longestTicks).TotalHours,
        };
    }
}
