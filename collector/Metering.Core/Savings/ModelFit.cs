namespace Metering.Core.Savings;

/// <summary>Fits one form: searches the balance points on the grid, then solves by QR.</summary>
public static class ModelFit
{
    /// <summary>
    /// The best fit of a form, or null when the data do not carry it: too few observations, no acceptable balance
    /// point, dependent regressors, or coefficients of the wrong sign.
    /// </summary>
    /// <param name="form">Form.</param>
    /// <param name="observations">Usable observations; others are left out. Billing periods are weighted by their days (CalTRACK).</param>
    /// <param name="grid">Balance points to try.</param>
    /// <param name="withHumidity">Add the humidity ratio as a further regressor.</param>
    public static EnergyModel? Best(
        ModelForm form, IReadOnlyList<EnergyObservation> observations, BalancePointGrid grid, bool withHumidity = false)
    {
        ArgumentNullException.ThrowIfNull(observations);
        ArgumentNullException.ThrowIfNull(grid);
        return Best(form, ModelData.Of(observations, grid, withHumidity), withHumidity);
    }

    /// <summary>The fit of a form with given balance points.</summary>
    public static EnergyModel? At(
        ModelForm form, IReadOnlyList<EnergyObservation> observations, double? heatingBalancePoint, double? coolingBalancePoint)
    {
        var (h, c) = (heatingBalancePoint, coolingBalancePoint);
        var grid = new BalancePointGrid(h ?? c ?? 0, h ?? c ?? 0, 1);
        var data = ModelData.Of(observations, grid, withHumidity: false);
        return Solve(form, data, h, c, withHumidity: false, searched: false);
    }

    /// <summary>The best fit of a form on prepared data, or null when the data do not carry it.</summary>
    /// <param name="form">Form.</param>
    /// <param name="data">Usable observations and their degree days.</param>
    /// <param name="withHumidity">Add the humidity ratio as a further regressor.</param>
    /// <param name="interceptNotBelowZero">
    /// Only balance points whose fit has an intercept of 0 or more compete (CalTRACK's qualification): without it, a
    /// balance point that explains as much but extrapolates below 0 would hide those that qualify.
    /// </param>
    internal static EnergyModel? Best(ModelForm form, ModelData data, bool withHumidity, bool interceptNotBelowZero = false)
    {
        if (data.Count < 3)
        {
            return null;
        }

        switch (form)
        {
            case ModelForm.Mean or ModelForm.TwoParameter:
                return Solve(form, data, null, null, withHumidity);
            case ModelForm.ThreeParameterCooling:
                return Single(data, data.Cooling, interceptNotBelowZero) is { } c ? Solve(form, data, null, data.Grid[c], withHumidity) : null;
            case ModelForm.ThreeParameterHeating:
                return Single(data, data.Heating, interceptNotBelowZero) is { } h ? Solve(form, data, data.Grid[h], null, withHumidity) : null;
            case ModelForm.FourParameter:
                return Pair(data, sameBreak: true, interceptNotBelowZero) is { } four
                    ? Solve(form, data, data.Grid[four.Heating], data.Grid[four.Cooling], withHumidity)
                    : null;
            case ModelForm.FiveParameter:
                return Pair(data, sameBreak: false, interceptNotBelowZero) is { } five
                    ? Solve(form, data, data.Grid[five.Heating], data.Grid[five.Cooling], withHumidity)
                    : null;
            default:
                throw new ArgumentOutOfRangeException(nameof(form), form, "Unknown model form.");
        }
    }

    /// <summary>
    /// Whether an intercept counts as not below 0: rounding may leave a base load of exactly 0 some units of the last
    /// place below it.
    /// </summary>
    internal static bool IsNotBelowZero(double intercept, double meanUse) => intercept >= -1e-9 * Math.Abs(meanUse);

    /// <summary>Index of the balance point with the smallest sum of squares among those with a positive slope.</summary>
    private static int? Single(ModelData data, DegreeDayColumn[] columns, bool interceptNotBelowZero)
    {
        int? best = null;
        var most = 0.0;
        for (var i = 0; i < columns.Length; i++)
        {
            var column = columns[i];
            if (!column.IsAcceptable || column.WithUse <= 0)
            {
                continue;
            }

            var slope = column.WithUse / column.WithItself;
            if (interceptNotBelowZero && !IsNotBelowZero(data.MeanUse - (slope * column.Mean), data.MeanUse))
            {
                continue;
            }

            var explained = slope * column.WithUse;
            if (explained > most * (1 + 1e-12))
            {
                (best, most) = (i, explained);
            }
        }

        return best;
    }

    private static (int Heating, int Cooling)? Pair(ModelData data, bool sameBreak, bool interceptNotBelowZero)
    {
        (int, int)? best = null;
        var most = 0.0;
        for (var h = 0; h < data.Grid.Count; h++)
        {
            var heating = data.Heating[h];
            if (!heating.IsAcceptable)
            {
                continue;
            }

            var last = sameBreak ? h : data.Grid.Count - 1;
            for (var c = h; c <= last; c++)
            {
                var cooling = data.Cooling[c];
                if (!cooling.IsAcceptable)
                {
                    continue;
                }

                var cross = data.Cross(heating, cooling);
                var determinant = (heating.WithItself * cooling.WithItself) - (cross * cross);
                if (determinant <= 1e-10 * heating.WithItself * cooling.WithItself)
                {
                    continue;
                }

                var slopeH = ((cooling.WithItself * heating.WithUse) - (cross * cooling.WithUse)) / determinant;
                var slopeC = ((heating.WithItself * cooling.WithUse) - (cross * heating.WithUse)) / determinant;
                if (!sameBreak && (slopeH <= 0 || slopeC <= 0))
                {
                    continue;
                }

                var intercept = data.MeanUse - (slopeH * heating.Mean) - (slopeC * cooling.Mean);
                if (interceptNotBelowZero && !IsNotBelowZero(intercept, data.MeanUse))
                {
                    continue;
                }

                var explained = (slopeH * heating.WithUse) + (slopeC * cooling.WithUse);
                if (explained > most * (1 + 1e-12))
                {
                    (best, most) = ((h, c), explained);
                }
            }
        }

        return best;
    }

    private static EnergyModel? Solve(
        ModelForm form, ModelData data, double? heating, double? cooling, bool withHumidity, bool searched = true)
    {
        var shape = new EnergyModel
        {
            Form = form,
            Intercept = 0,
            HeatingBalancePoint = heating,
            CoolingBalancePoint = cooling,
            HumiditySlope = withHumidity ? 0 : null,
            Statistics = null!,
        };
        var rows = data.Observations.Select(o => shape.Regressors(o.Temperatures, o.HumidityRatio)).ToArray();
        if (rows.Length == 0)
        {
            return null;
        }

        var columns = Enumerable.Range(0, rows[0].Length).Select(j => Array.ConvertAll(rows, r => r[j])).ToArray();
        if (LeastSquares.Fit(columns, data.Use, data.Weights) is not { } fit)
        {
            return null;
        }

        var p = columns.Length;
        var mean = data.MeanUse;
        var next = 1;
        var model = shape with
        {
            Intercept = fit.Coefficients[0],
            TemperatureSlope = form == ModelForm.TwoParameter ? fit.Coefficients[next++] : 0,
            HeatingSlope = heating is null ? 0 : fit.Coefficients[next++],
            CoolingSlope = cooling is null ? 0 : fit.Coefficients[next++],
            HumiditySlope = withHumidity ? fit.Coefficients[next] : null,
            MeanDays = data.Observations.Average(o => o.Days),
            InverseOfNormal = fit.InverseOfNormal,
            Statistics = new ModelStatistics
            {
                N = data.Count,
                P = p,
                SearchedBalancePoints = searched ? BalancePoints(form) : 0,
                Mean = mean,
                SumOfSquares = fit.SumOfSquares,
                TotalSumOfSquares = fit.TotalSumOfSquares,
                Nmbe = data.WeightedSum(fit.Residuals) / ((data.Count - p) * mean),
                Rho = ModelStatistics.Lag1(fit.Residuals),
            },
        };
        return searched ? WithBalancePoints(model, data, columns) : model;
    }

    private static int BalancePoints(ModelForm form) => form switch
    {
        ModelForm.FiveParameter => 2,
        ModelForm.Mean or ModelForm.TwoParameter => 0,
        _ => 1,
    };

    /// <summary>Adds to J how the model moves with its balance points, as far as the data can tell that from the coefficients.</summary>
    private static EnergyModel WithBalancePoints(EnergyModel model, ModelData data, double[][] columns)
    {
        var moves = Array.ConvertAll(data.Observations, o => model.BalancePointMoves(o.Temperatures));
        for (var count = BalancePoints(model.Form); count > 0; count--)
        {
            double[][] jacobian =
                [.. columns, .. Enumerable.Range(0, count).Select(j => Array.ConvertAll(moves, m => m[j]))];
            if (LeastSquares.InverseOfNormalOf(jacobian, data.Weights) is { } inverse)
            {
                return model with { InverseOfNormal = inverse, BalancePointDerivatives = count };
            }
        }

        return model;
    }
}
