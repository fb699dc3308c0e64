namespace Metering.Core.Quality;

/// <summary>SPIKE_IQR: more than three interquartile ranges above the median (CalTRACK 2.0). A flag, never a reason to drop.</summary>
public static class OutlierRule
{
    public const double InterquartileRanges = 3;

    /// <summary>One entry a value; NaN is never an outlier. Fewer than four values have no quartiles, hence no outlier.</summary>
    public static bool[] Outliers(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var sorted = values.Where(v => !double.IsNaN(v)).ToArray();
        var outliers = new bool[values.Count];
        if (sorted.Length < 4)
        {
            return outliers;
        }

        Array.Sort(sorted);
        var limit = Quantile(sorted, 0.5) + (InterquartileRanges * (Quantile(sorted, 0.75) - Quantile(sorted, 0.25)));
        for (var i = 0; i < outliers.Length; i++)
        {
            outliers[i] = values[i] > limit;
        }

        return outliers;
    }

    /// <summary>Quantile of sorted values, linear between order statistics (Hyndman and Fan 1996, type 7).</summary>
    public static double Quantile(IReadOnlyList<double> sorted, double share)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        if (sorted.Count == 0 || share is < 0 or > 1 || double.IsNaN(share))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, $"A share from 0 to 1 of at least one value; there are {sorted.Count}.");
        }

        var position = share * (sorted.Count - 1);
        var below = (int)position;
        return below + 1 >= sorted.Count
            ? sorted[below]
            : sorted[below] + ((position - below) * (sorted[below + 1] - sorted[below]));
    }
}
