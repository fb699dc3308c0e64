namespace Metering.Core.Savings;

/// <summary>
/// The hourly model of one calendar month. The 168 hours of the week are levels; taking each level's weighted mean off
/// use and temperature pieces leaves a regression on the pieces alone (Frisch, Waugh and Lovell), which gives the same
/// least squares as 168 columns of zeros and ones would, at a fraction of the work.
/// </summary>
internal sealed class MonthModel
{
    private readonly double[] levels;
    private readonly bool[] occupied;
    private readonly Pieces whenOccupied;
    private readonly Pieces whenEmpty;

    private MonthModel(double[] levels, bool[] occupied, Pieces whenOccupied, Pieces whenEmpty)
    {
        this.levels = levels;
        this.occupied = occupied;
        this.whenOccupied = whenOccupied;
        this.whenEmpty = whenEmpty;
        Slopes = whenOccupied.Values.Length + whenEmpty.Values.Length;
        Coefficients = levels.Count(double.IsFinite) + Slopes;
    }

    public int Coefficients { get; }

    /// <summary>Coefficients of temperature.</summary>
    public int Slopes { get; }

    public static MonthModel Fit(HourObservation[] rows, double[] weights, TemperatureBins bins, bool[] occupied)
    {
        var whenOccupied = Pieces.Fit(rows, weights, bins, h => occupied[h]);
        var whenEmpty = Pieces.Fit(rows, weights, bins, h => !occupied[h]);
        var sum = new double[HourObservation.HoursOfWeek];
        var weight = new double[HourObservation.HoursOfWeek];
        for (var i = 0; i < rows.Length; i++)
        {
            var hour = rows[i].HourOfWeek;
            var slopes = occupied[hour] ? whenOccupied : whenEmpty;
            sum[hour] += weights[i] * (rows[i].EnergyKWh - slopes.Of(rows[i].Temperature));
            weight[hour] += weights[i];
        }

        var levels = new double[HourObservation.HoursOfWeek];
        for (var h = 0; h < levels.Length; h++)
        {
            levels[h] = weight[h] > 0 ? sum[h] / weight[h] : double.NaN;
        }

        return new MonthModel(levels, occupied, whenOccupied, whenEmpty);
    }

    public double Predict(in HourObservation hour)
    {
        var index = hour.HourOfWeek;
        return levels[index] + (occupied[index] ? whenOccupied : whenEmpty).Of(hour.Temperature);
    }

    /// <summary>kWh for each unit of temperature in each bin.</summary>
    private sealed record Pieces(TemperatureBins Bins, double[] Values)
    {
        public double Of(double temperature)
        {
            var sum = 0.0;
            for (var b = 0; b < Values.Length; b++)
            {
                sum += Values[b] * Bins.Piece(temperature, b);
            }

            return sum;
        }

        public static Pieces Fit(HourObservation[] rows, double[] weights, TemperatureBins bins, Func<int, bool> belongs)
        {
            int[] chosen = [.. Enumerable.Range(0, rows.Length).Where(i => belongs(rows[i].HourOfWeek))];
            var supported = bins.Supported(Array.ConvertAll(chosen, i => rows[i].Temperature));
            var w = Array.ConvertAll(chosen, i => weights[i]);
            var hours = Array.ConvertAll(chosen, i => rows[i].HourOfWeek);
            var y = Centred(Array.ConvertAll(chosen, i => rows[i].EnergyKWh), w, hours);
            var columns = Enumerable.Range(0, supported.Count)
                .Select(b => Centred(Array.ConvertAll(chosen, i => supported.Piece(rows[i].Temperature, b)), w, hours))
                .ToList();

            // Pieces that vary too little to tell their slope: none is better than a wild one.
            return LeastSquares.Fit(columns, y, w) is { } fit
                ? new Pieces(supported, fit.Coefficients)
                : new Pieces(new TemperatureBins([]), LeastSquares.Fit(OneLine(rows, chosen, w, hours), y, w)?.Coefficients ?? []);
        }

        private static List<double[]> OneLine(HourObservation[] rows, int[] chosen, double[] weights, int[] hours) =>
            [Centred(Array.ConvertAll(chosen, i => rows[i].Temperature), weights, hours)];

        private static double[] Centred(double[] values, double[] weights, int[] hours)
        {
            var sum = new double[HourObservation.HoursOfWeek];
            var weight = new double[HourObservation.HoursOfWeek];
            for (var i = 0; i < values.Length; i++)
            {
                sum[hours[i]] += weights[i] * values[i];
                weight[hours[i]] += weights[i];
            }

            var centred = new double[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                centred[i] = values[i] - (sum[hours[i]] / weight[hours[i]]);
            }

            return centred;
        }
    }
}
