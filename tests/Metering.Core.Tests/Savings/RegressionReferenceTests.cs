using Metering.Core.Savings;

namespace Metering.Core.Tests.Savings;

/// <summary>
/// Statistical Reference Datasets of NIST, linear regression, "Norris" (36 observations of an ozone monitor) and
/// "Longley": certified to 15 digits. Tolerance 1e-11 and 1e-8 relative.
/// </summary>
public sealed class RegressionReferenceTests
{
    private static readonly (double Y, double X)[] Norris =
    [
        (0.1, 0.2), (338.8, 337.4), (118.1, 118.2), (888.0, 884.6), (9.2, 10.1), (228.1, 226.5), (668.5, 666.3), (998.5, 996.3),
        (449.1, 448.6), (778.9, 777.0), (559.2, 558.2), (0.3, 0.4), (0.1, 0.6), (778.1, 775.5), (668.8, 666.9), (339.3, 338.0),
        (448.9, 447.5), (10.8, 11.6), (557.7, 556.0), (228.3, 228.1), (998.0, 995.8), (888.8, 887.6), (119.6, 120.2), (0.3, 0.3),
        (0.6, 0.3), (557.6, 556.8), (339.3, 339.1), (888.0, 887.2), (998.5, 999.0), (778.9, 779.0), (10.2, 11.1), (117.6, 118.3),
        (228.9, 229.2), (668.4, 669.1), (449.2, 448.9), (0.2, 0.5),
    ];

    private static EnergyObservation[] Observations => [.. Norris.Select((r, i) => new EnergyObservation(new DateOnly(2024, 1, 1).AddDays(i), r.Y, r.X))];

    [Fact]
    public void A_straight_line_agrees_with_the_certified_values()
    {
        var model = ModelFit.Best(ModelForm.TwoParameter, Observations, new BalancePointGrid(0, 0, 1))!;

        Close(-0.262323073774029, model.Intercept);
        Close(1.00211681802045, model.TemperatureSlope);
        Close(0.884796396144373, model.Statistics.Rmse);
        Close(0.999993745883712, model.Statistics.R2);
        Close(26.6173985294224, model.Statistics.SumOfSquares);
    }

    [Fact]
    public void The_interval_of_a_new_mean_is_that_of_the_certified_standard_deviations()
    {
        // At T = 0 the variance of the fit is that of the intercept: certified standard deviation 0.232818234301152.
        var model = ModelFit.Best(ModelForm.TwoParameter, Observations, new BalancePointGrid(0, 0, 1))!;
        var reporting = new EnergyObservation(new DateOnly(2025, 1, 1), 0, 0.0);

        var avoided = AvoidedEnergyUse.Of(model, [reporting], UncertaintyMethod.LeastSquares, 0.9);

        // With autocorrelation n' takes the place of n: 36 - 2 degrees of freedom become n' - 2.
        var freedom = model.Statistics.EffectiveN - 2;
        var expected = SavingsUncertainty.StudentT(0.9, (int)freedom)
            * Math.Sqrt(34 / freedom * (Math.Pow(0.232818234301152, 2) + Math.Pow(0.884796396144373, 2)));
        Close(expected, avoided.UncertaintyKWh);
    }

    /// <summary>Longley: seven nearly dependent regressors; a solver by normal equations keeps no digit of the intercept.</summary>
    [Fact]
    public void Nearly_dependent_regressors_agree_with_the_certified_values()
    {
        double[][] longley =
        [
            [60323, 83.0, 234289, 2356, 1590, 107608, 1947],
            [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
            [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
            [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
            [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
            [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
            [64989, 99.0, 365385, 1870, 3547, 115094, 1953],
            [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
            [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
            [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
            [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
            [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
            [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
            [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
            [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
            [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
        ];
        var columns = Enumerable.Range(0, 7).Select(j => longley.Select(row => j == 0 ? 1 : row[j]).ToArray()).ToArray();

        var fit = LeastSquares.Fit(columns, [.. longley.Select(row => row[0])])!;

        double[] certified =
        [
            -3482258.63459582, 15.0618722713733, -0.0358191792925910, -2.02022980381683, -1.03322686717359, -0.0511041056535807,
            1829.15146461355,
        ];
        for (var j = 0; j < 7; j++)
        {
            Close(certified[j], fit.Coefficients[j], 1e-8);
        }

        Close(836424.055505915, fit.SumOfSquares, 1e-8);
    }

    [Fact]
    public void Dependent_regressors_have_no_fit()
    {
        double[] ones = [1, 1, 1, 1], x = [1, 2, 3, 4], twice = [3, 5, 7, 9];

        Assert.Null(LeastSquares.Fit([ones, x, twice], [1, 3, 2, 5]));
        Assert.Null(LeastSquares.Fit([ones, x], [1, 2]));
    }

    private static void Close(double expected, double actual, double relative = 1e-11) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected), FormattableString.Invariant($"expected {expected:R}, got {actual:R}"));
}
