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
    private ModelData(EnergyObservation[] observations, BalancePointGrid grid)
    {
        Observations = observations;
        Grid = grid.Values;
        Use = Array.ConvertAll(observations, o => o.UsePerDay);
        Weights = observations.All(o => o.Days == observations[0].Days) ? null : Normalised(observations);
        MeanUse = WeightedSum(Use) / Math.Max(1, Count);
        Heating = [.. Grid.Select(b => Column(grid, t => b - t))];
        Cooling = [.. Grid.Select(b => Column(grid, t => t - b))];
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

    /// <summary>Weighted sum of products of two centred columns.</summary>
    public double Cross(DegreeDayColumn a, DegreeDayColumn b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.PerDay.Length; i++)
        {
            sum += (Weights?[i] ?? 1) * (a.PerDay[i] - a.Mean) * (b.PerDay[i] - b.Mean);
        }

        return sum;
    }

    private DegreeDayColumn Column(BalancePointGrid grid, Func<double, double> excess)
    {
        var perDay = new double[Count];
        var total = 0.0;
        var daysAbove = 0;
        for (var i = 0; i < Count; i++)
        {
            var sum = 0.0;
            var days = 0;
            foreach (var t in Observations[i].Temperatures)
            {
                if (double.IsNaN(t))
                {
                    continue;
                }

                days++;
                var degrees = excess(t);
                if (degrees > 0)
                {
                    sum += degrees;
                    daysAbove++;
                }
            }

            perDay[i] = sum / days;
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
