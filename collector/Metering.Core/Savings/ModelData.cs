namespace Metering.Core.Savings;

/// <summary>Degree days of every observation for one balance point, as means per day, and what the search needs of them.</summary>
internal sealed class DegreeDayColumn
{
    public required double[] PerDay { get; init; }
    public required double Mean { get; init; }

    /// <summary>Weighted sum of products of the centred column with itself.</summary>
    public required double WithItself { get; init; }

    /// <summary>Weighted sum of products of the centred column with the use per day.</summary>
    public required double WithUse { get; init; }

    /// <summary>Enough degree days on enough days, and not the same for all observations.</summary>
    public required bool IsAcceptable { get; init; }
}

/// <summary>Usable observations with their degree days for every balance point of a grid.</summary>
internal sealed class ModelData
{
    private readonly bool daily;
    private readonly double[][] temperatures;

    private ModelData(EnergyObservation[] observations, BalancePointGrid grid)
    {
        Observations = observations;
        daily = observations.All(o => o.Temperatures.Count == 1);
        Grid = grid.Values;
        Use = Array.ConvertAll(observations, o => o.UsePerDay);
        Weights = observations.All(o => o.Days == observations[0].Days) ? null : Normalised(observations);
        MeanUse = WeightedSum(Use) / Math.Max(1, Count);
        temperatures = Array.ConvertAll(observations, o => o.Temperatures.Where(t => !double.IsNaN(t)).ToArray());
        Heating = [.. Grid.Select(b => Column(grid, b, side: -1))];
        Cooling = [.. Grid.Select(b => Column(grid, b, side: 1))];
    }

    public EnergyObservation[] Observations { get; }
    public IReadOnlyList<double> Grid { get; }
    public double[] Use { get; }

    /// <summary>Days of each observation over their mean, so that the weights add up to the count; null: all the same.</summary>
    public double[]? Weights { get; }

    public double MeanUse { get; }
    public DegreeDayColumn[] Heating { get; }
    public DegreeDayColumn[] Cooling { get; }
    public int Count => Observations.Length;

    public static ModelData Of(IReadOnlyList<EnergyObservation> observations, BalancePointGrid grid, bool withHumidity) =>
        new([.. observations.Where(o => o.IsUsable && (!withHumidity || double.IsFinite(o.HumidityRatio)))], grid);

    public double WeightedSum(double[] values)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += (Weights?[i] ?? 1) * values[i];
        }

        return sum;
    }

    /// <summary>
    /// Weighted sum of products of centred heating and cooling degree days, the heating balance point at or below the
    /// cooling one. No single day has both, so for days the sum of products is 0 before centring.
    /// </summary>
    public double Cross(DegreeDayColumn a, DegreeDayColumn b)
    {
        if (daily)
        {
            return -Count * a.Mean * b.Mean;
        }

        var sum = 0.0;
        for (var i = 0; i < a.PerDay.Length; i++)
        {
            sum += (Weights?[i] ?? 1) * (a.PerDay[i] - a.Mean) * (b.PerDay[i] - b.Mean);
        }

        return sum;
    }

    /// <summary>Degree days beyond a balance point: below it with <paramref name="side"/> -1, above it with +1.</summary>
    private DegreeDayColumn Column(BalancePointGrid grid, double balancePoint, int side)
    {
        var perDay = new double[Count];
        var total = 0.0;
        var daysAbove = 0;
        for (var i = 0; i < Count; i++)
        {
            var sum = 0.0;
            var known = temperatures[i];
            foreach (var t in known)
            {
                var degrees = side * (t - balancePoint);
                if (degrees > 0)
                {
                    sum += degrees;
                    daysAbove++;
                }
            }

            perDay[i] = sum / known.Length;
            total += sum;
        }

        var mean = WeightedSum(perDay) / Math.Max(1, Count);
        double withItself = 0, withUse = 0;
        for (var i = 0; i < Count; i++)
        {
            var w = Weights?[i] ?? 1;
            withItself += w * (perDay[i] - mean) * (perDay[i] - mean);
            withUse += w * (perDay[i] - mean) * (Use[i] - MeanUse);
        }

        return new DegreeDayColumn
        {
            PerDay = perDay,
            Mean = mean,
            WithItself = withItself,
            WithUse = withUse,
            IsAcceptable = total >= grid.LeastDegreeDays && daysAbove >= grid.LeastDays && withItself > 1e-12 * Math.Max(1, mean * mean),
        };
    }

    private static double[] Normalised(EnergyObservation[] observations)
    {
        var mean = observations.Average(o => o.Days);
        return Array.ConvertAll(observations, o => o.Days / mean);
    }
}
