namespace Metering.Core.Weather;

/// <summary>
/// Running mean outdoor temperature Trm(d) = (1 − α) Ted(d−1) + α Trm(d−1), °C, from daily means. EN 16798-1:2019, annex B.2.2
/// with α = 0.8; ASHRAE 55-2020, 5.4.2.1 with α from 0.6 to 0.9.
/// </summary>
public static class RunningMean
{
    /// <summary>α of EN 16798-1.</summary>
    public const double AlphaEn16798 = 0.8;

    /// <summary>α of ASHRAE 55 for steady climates such as the humid tropics.</summary>
    public const double AlphaHumidTropics = 0.9;

    /// <summary>Days that the start looks back.</summary>
    public const int StartDays = 7;

    /// <summary>
    /// Missing days that a running mean outlives, each taken as equal to the mean itself; after more of them it starts anew from
    /// seven days (project choice).
    /// </summary>
    public const int GapDaysMax = 3;

    private static readonly double[] StartWeights = [1, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2];

    /// <summary>Start of EN 16798-1: weights 1, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2 over 3.8.</summary>
    /// <param name="lastSevenDays">Daily means, yesterday first, °C.</param>
    public static double StartEn16798(ReadOnlySpan<double> lastSevenDays)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(lastSevenDays.Length, StartDays);
        var sum = 0.0;
        for (var i = 0; i < StartDays; i++)
        {
            sum += StartWeights[i] * lastSevenDays[i];
        }

        return sum / 3.8;
    }

    /// <summary>Start for another α: the same seven days weighted 1, α, α² and so on (ASHRAE 55-2020, 5.4.2.1, cut off).</summary>
    /// <param name="lastSevenDays">Daily means, yesterday first, °C.</param>
    /// <param name="alpha">0.6 to 0.9.</param>
    public static double StartWeighted(ReadOnlySpan<double> lastSevenDays, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(lastSevenDays.Length, StartDays);
        double sum = 0, weights = 0, weight = 1;
        foreach (var mean in lastSevenDays)
        {
            sum += weight * mean;
            weights += weight;
            weight *= alpha;
        }

        return sum / weights;
    }

    /// <summary>Running mean of each day: it rests on the days before, so the first seven have none.</summary>
    /// <param name="dailyMeans">Means of consecutive days, °C; NaN where missing.</param>
    /// <param name="alpha">0.6 to 0.9; 0.8 starts as EN 16798-1 does.</param>
    /// <returns>One value a day, °C; NaN where there is none.</returns>
    public static double[] Series(IReadOnlyList<double> dailyMeans, double alpha)
    {
        ArgumentNullException.ThrowIfNull(dailyMeans);
        ArgumentOutOfRangeException.ThrowIfLessThan(alpha, 0.6);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(alpha, 0.9);
        var result = new double[dailyMeans.Count];
        Span<double> week = stackalloc double[StartDays];
        var current = double.NaN;
        var missing = 0;
        for (var d = 0; d < result.Length; d++)
        {
            result[d] = double.NaN;
            if (d == 0)
            {
                continue;
            }

            var yesterday = dailyMeans[d - 1];
            missing = double.IsNaN(yesterday) ? missing + 1 : 0;
            if (double.IsNaN(current) || missing > GapDaysMax)
            {
                current = Start(dailyMeans, d, week, alpha);
            }
            else if (missing == 0)
            {
                current = ((1 - alpha) * yesterday) + (alpha * current);
            }

            result[d] = current;
        }

        return result;
    }

    private static double Start(IReadOnlyList<double> dailyMeans, int day, Span<double> week, double alpha)
    {
        if (day < StartDays)
        {
            return double.NaN;
        }

        for (var i = 0; i < StartDays; i++)
        {
            week[i] = dailyMeans[day - 1 - i];
        }

        return alpha == AlphaEn16798 ? StartEn16798(week) : StartWeighted(week, alpha);
    }
}
