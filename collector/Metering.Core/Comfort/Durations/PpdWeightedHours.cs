using Metering.Core.Comfort.HeatBalance;

namespace Metering.Core.Comfort.Durations;

/// <summary>
/// Method C of EN 15251 (long-term evaluation, now CEN/TR 16798-2): hours beyond the category's |PMV|, each weighted by PPD over the PPD of the
/// category's bound.
/// </summary>
public static class PpdWeightedHours
{
    /// <summary>Weight of an hour at this vote: 0 within the category, PPD(vote) / PPD(bound) beyond.</summary>
    public static double Weight(double vote, ThermalCategory category)
    {
        var bound = ThermalCategories.VoteBound(category);
        return Math.Abs(vote) < bound ? 0 : Pmv.Ppd(vote) / Pmv.Ppd(bound);
    }

    /// <summary>Adds one sample; the counter's degree hours are then the weighted hours.</summary>
    /// <param name="counter">Counts.</param>
    /// <param name="vote">The PMV, or why there is none: then the sample counts as not measured.</param>
    /// <param name="category">Category to hold.</param>
    /// <param name="duration">What the sample stands for.</param>
    public static void Add(ExceedanceCounter counter, PmvResult vote, ThermalCategory category, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(counter);
        if (vote.Vote.TryGetValue(out var pmv))
        {
            counter.Add(Weight(pmv, category), duration);
        }
        else
        {
            counter.Break();
        }
    }
}
