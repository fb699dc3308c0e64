namespace Metering.Core.Savings;

/// <summary>
/// Time-of-week and temperature model (TOWT) of CalTRACK hourly: twelve models, one for each calendar month, each
/// fitted to its month (weight 1) and its neighbours (weight 0.5), with 168 hours of the week and a broken line in
/// temperature, separate for occupied and unoccupied hours of the week. CalTRACK defines no uncertainty for hourly savings,
/// because the errors of neighbouring hours are alike; <see cref="Savings"/> adds them up to days first.
/// </summary>
public sealed class TimeOfWeekModel
{
    /// <summary>Weight of the neighbouring months.</summary>
    public const double NeighbourWeight = 0.5;

    /// <summary>Share of hours above the simple regression from which an hour of the week counts as occupied.</summary>
    public const double OccupiedShare = 0.65;

    private readonly MonthModel?[] months;

    private TimeOfWeekModel(MonthModel?[] months, bool[] occupied)
    {
        this.months = months;
        OccupiedHours = occupied;
    }

    /// <summary>Statistics over the hours of the baseline; P counts the coefficients of the largest monthly model.</summary>
    public required ModelStatistics Statistics { get; init; }

    /// <summary>
    /// Statistics of the residuals added up to whole local days. P counts the degrees of freedom that the model takes from
    /// them: the trace of its hat matrix, for a month half of seven levels of the day and its slopes, because half of the
    /// weight of a monthly model lies in the neighbouring months.
    /// </summary>
    public required ModelStatistics DailyStatistics { get; init; }

    /// <summary>One entry for each hour of the week, Monday 00:00 first.</summary>
    public IReadOnlyList<bool> OccupiedHours { get; }

    /// <summary>The fit, or null when there are fewer usable hours than a fortnight has.</summary>
    /// <param name="hours">Baseline, at most a year.</param>
    /// <param name="bins">Edges, in the unit of the temperatures.</param>
    /// <param name="heatingBase">Base of the degree hours that tell occupied hours: 50 °F or 10 °C.</param>
    /// <param name="coolingBase">65 °F or 18.3 °C.</param>
    public static TimeOfWeekModel? Fit(IReadOnlyList<HourObservation> hours, TemperatureBins bins, double heatingBase, double coolingBase)
    {
        ArgumentNullException.ThrowIfNull(hours);
        ArgumentNullException.ThrowIfNull(bins);
        HourObservation[] usable = [.. hours.Where(h => h.IsUsable)];
        if (usable.Length < 2 * HourObservation.HoursOfWeek)
        {
            return null;
        }

        var occupied = Occupied(usable, heatingBase, coolingBase);
        var byMonth = usable.ToLookup(h => h.Start.Month);
        var months = new MonthModel?[12];
        for (var month = 1; month <= 12; month++)
        {
            if (!byMonth.Contains(month))
            {
                continue;
            }

            var (before, after) = (month == 1 ? 12 : month - 1, month == 12 ? 1 : month + 1);
            HourObservation[] rows = [.. byMonth[month], .. byMonth[before], .. byMonth[after]];
            var own = byMonth[month].Count();
            var weights = new double[rows.Length];
            Array.Fill(weights, 1, 0, own);
            Array.Fill(weights, NeighbourWeight, own, rows.Length - own);
            months[month - 1] = MonthModel.Fit(rows, weights, bins, occupied);
        }

        var model = new TimeOfWeekModel(months, occupied) { Statistics = null!, DailyStatistics = null! };
        var statistics = model.StatisticsOf(usable);
        return new TimeOfWeekModel(months, occupied) { Statistics = statistics, DailyStatistics = model.DailyStatisticsOf(usable) };
    }

    /// <summary>Avoided energy use of the given hours with the half width of its interval.</summary>
    /// <param name="hours">Reporting period.</param>
    /// <param name="confidence">Between 0 and 1; 0.9 for the note.</param>
    public HourlySavings Savings(IReadOnlyList<HourObservation> hours, double confidence = 0.9)
    {
        var (predicted, measured, count, leftOut) = Compare(hours);
        return HourlySavings.Of(DailyStatistics, predicted, measured, count, leftOut, confidence);
    }

    /// <summary>Predicted energy of an hour, kWh; NaN where the baseline holds nothing of that calendar month or hour of the week.</summary>
    public double Predict(in HourObservation hour) => months[hour.Start.Month - 1]?.Predict(hour) ?? double.NaN;

    /// <summary>Baseline under the weather of the given hours and what was measured, kWh, over the hours that have both.</summary>
    public (double PredictedKWh, double MeasuredKWh, int Hours, int LeftOut) Compare(IReadOnlyList<HourObservation> hours)
    {
        ArgumentNullException.ThrowIfNull(hours);
        double predicted = 0, measured = 0;
        var count = 0;
        foreach (var hour in hours)
        {
            if (hour.IsUsable && Predict(hour) is var prediction && double.IsFinite(prediction))
            {
                predicted += prediction;
                measured += hour.EnergyKWh;
                count++;
            }
        }

        return (predicted, measured, count, hours.Count - count);
    }

    private ModelStatistics StatisticsOf(HourObservation[] usable)
    {
        var residuals = new double[usable.Length];
        double sum = 0, sse = 0, sst = 0;
        var mean = usable.Average(h => h.EnergyKWh);
        for (var i = 0; i < usable.Length; i++)
        {
            residuals[i] = usable[i].EnergyKWh - Predict(usable[i]);
            sum += residuals[i];
            sse += residuals[i] * residuals[i];
            sst += (usable[i].EnergyKWh - mean) * (usable[i].EnergyKWh - mean);
        }

        var p = months.Max(m => m?.Coefficients ?? 0);
        return new ModelStatistics
        {
            N = usable.Length,
            P = p,
            Mean = mean,
            SumOfSquares = sse,
            TotalSumOfSquares = sst,
            Nmbe = sum / ((usable.Length - p) * mean),
            Rho = ModelStatistics.Lag1(residuals),
        };
    }

    private ModelStatistics DailyStatisticsOf(HourObservation[] usable)
    {
        const int WholeDay = 23;
        var days = usable.GroupBy(h => DateOnly.FromDateTime(h.Start.DateTime))
            .Where(d => d.Count() >= WholeDay)
            .OrderBy(d => d.Key)
            .Select(d => (Use: d.Sum(h => h.EnergyKWh), Residual: d.Sum(h => h.EnergyKWh - Predict(h))))
            .ToArray();
        var mean = days.Select(d => d.Use).DefaultIfEmpty(double.NaN).Average();
        var slopes = months.Max(m => m?.Slopes ?? 0);
        var p = (int)Math.Ceiling(months.Count(m => m is not null) * (DaysOfWeek + slopes) / 2.0);
        return new ModelStatistics
        {
            N = days.Length,
            P = p,
            Mean = mean,
            SumOfSquares = days.Sum(d => d.Residual * d.Residual),
            TotalSumOfSquares = days.Sum(d => (d.Use - mean) * (d.Use - mean)),
            Nmbe = days.Sum(d => d.Residual) / (Math.Max(1, days.Length - p) * mean),
            Rho = ModelStatistics.Lag1([.. days.Select(d => d.Residual)]),
        };
    }

    private const int DaysOfWeek = 7;

    private static bool[] Occupied(HourObservation[] hours, double heatingBase, double coolingBase)
    {
        var y = Array.ConvertAll(hours, h => h.EnergyKWh);
        double[][] columns =
        [
            Array.ConvertAll(hours, _ => 1.0),
            Array.ConvertAll(hours, h => Math.Max(0, heatingBase - h.Temperature)),
            Array.ConvertAll(hours, h => Math.Max(0, h.Temperature - coolingBase)),
        ];
        var used = columns.Where((c, i) => i == 0 || c.Any(v => v > 0)).ToList();
        var fit = LeastSquares.Fit(used, y) ?? LeastSquares.Fit([columns[0]], y)!;
        var above = new int[HourObservation.HoursOfWeek];
        var all = new int[HourObservation.HoursOfWeek];
        for (var i = 0; i < hours.Length; i++)
        {
            var hour = hours[i].HourOfWeek;
            all[hour]++;
            above[hour] += fit.Residuals[i] > 0 ? 1 : 0;
        }

        return [.. above.Select((a, i) => all[i] > 0 && a > OccupiedShare * all[i])];
    }
}
