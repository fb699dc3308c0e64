using Metering.Core.Notes;

namespace Metering.Collector.Web.Curves;

/// <summary>
/// Reduces values to at most a number of steps. Few values stay as they are; many become least, mean and greatest of equal
/// steps. Memory: one entry a step.
/// </summary>
internal sealed class StepReducer
{
    private readonly DateTimeOffset from;
    private readonly long span;
    private readonly double[] least;
    private readonly double[] most;
    private readonly double[] sum;
    private readonly double[] weight;

    public StepReducer(DateTimeOffset from, DateTimeOffset to, int steps)
    {
        this.from = from;
        span = (to - from).Ticks;
        least = new double[steps];
        most = new double[steps];
        sum = new double[steps];
        weight = new double[steps];
    }

    /// <summary>Two steps further apart than this leave a hole: one and a half times the coarser of step and sampling.</summary>
    public TimeSpan HoleAfter => TimeSpan.FromTicks(Math.Max(span / least.Length, NoteBuilder.Step.Ticks) * 3 / 2);

    /// <summary>Takes a value.</summary>
    /// <param name="time">Its instant; outside of the period it is left out.</param>
    /// <param name="value">The value.</param>
    /// <param name="share">Its weight in the mean, such as a duration.</param>
    public void Add(DateTimeOffset time, double value, double share)
    {
        var offset = (time - from).Ticks;
        if (offset < 0 || offset >= span)
        {
            return;
        }

        var step = (int)((Int128)offset * least.Length / span);
        if (weight[step] == 0)
        {
            (least[step], most[step]) = (value, value);
        }

        least[step] = Math.Min(least[step], value);
        most[step] = Math.Max(most[step], value);
        sum[step] += value * share;
        weight[step] += share;
    }

    /// <summary>The steps that hold a value.</summary>
    public IReadOnlyList<CurveStep> Steps()
    {
        var found = new List<CurveStep>(least.Length);
        for (var i = 0; i < least.Length; i++)
        {
            if (weight[i] > 0)
            {
                found.Add(new CurveStep(from.AddTicks((long)((Int128)span * i / least.Length)), least[i], sum[i] / weight[i], most[i]));
            }
        }

        return found;
    }
}
