using Metering.Core.Findings;
using Metering.Core.Languages;
using Metering.Core.Savings;
using Xunit.Abstractions;

namespace Metering.Core.Tests.Savings;

/// <summary>
/// CalTRACK qualifies the candidate of each balance point first and then chooses among those that qualify. Expected
/// values: planted exact data, and the closed form of simple regression (slope Sxy/Sxx, intercept ȳ - slope x̄).
/// </summary>
public sealed class QualificationTests(ITestOutputHelper output)
{
    private static EnergyObservation[] Year(double mean, double swing, Func<double, double> use, int firstYear = 2024) =>
    [
        .. Enumerable.Range(0, 365).Select(d =>
        {
            var t = mean + (swing * Math.Sin(2 * Math.PI * d / 365));
            return new EnergyObservation(new DateOnly(firstYear, 1, 1).AddDays(d), use(t), t);
        }),
    ];

    private static (double Intercept, double Slope, double SumOfSquares) Regression(double[] x, double[] y)
    {
        double meanX = x.Average(), meanY = y.Average();
        var slope = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
        var intercept = meanY - (slope * meanX);
        return (intercept, slope, x.Zip(y, (a, b) => Math.Pow(b - intercept - (slope * a), 2)).Sum());
    }

    /// <summary>Hot days only, and a line that meets zero inside the grid: below 22.3 °C every balance point extrapolates below 0.</summary>
    [Fact]
    public void A_linear_cooling_circuit_gives_its_line_back_and_the_planted_cut()
    {
        const double Intercept = -55.75, Slope = 2.5, Cut = 0.35;
        var baseline = Year(26, 2.5, t => Intercept + (Slope * t));
        var reporting = Year(27, 2.5, t => (1 - Cut) * (Intercept + (Slope * t)), 2026);

        var fit = CalTrack.TropicalDaily(baseline);
        var study = SavingsStudy.Of("b", baseline, reporting, 0.30, tropical: true);

        Assert.Equal(ModelForm.TwoParameter, fit.Model!.Form);
        Assert.True(fit.Model.BreakNotIdentifiable);
        Assert.Equal(Intercept, fit.Model.Intercept, 9);
        Assert.Equal(Slope, fit.Model.TemperatureSlope, 9);
        Assert.Equal(0, fit.Model.Statistics.SumOfSquares, 9);
        Assert.Equal("baseline.break-not-identifiable", Assert.Single(fit.Findings).Code);
        Assert.Equal(Cut, study.Avoided!.Fraction, 9);
        Assert.True(study.IsWeatherCorrected);
    }

    [Fact]
    public void A_noisy_cooling_circuit_gives_the_line_of_the_closed_form()
    {
        const int Seed = 17;
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var days = Year(26, 2.5, t => (2.5 * (t - 22.3)) + random.NextDouble() - 0.5);

        var model = CalTrack.TropicalDaily(days).Model!;

        var (intercept, slope, sse) = Regression([.. days.Select(d => d.Temperatures[0])], [.. days.Select(d => d.EnergyKWh)]);
        Assert.Equal(ModelForm.TwoParameter, model.Form);
        Assert.Equal(intercept, model.Intercept, 8);
        Assert.Equal(slope, model.TemperatureSlope, 9);
        Assert.Equal(sse, model.Statistics.SumOfSquares, 8);
    }

    /// <summary>No base load and a break between two points of the grid: the nearer point has a negative intercept, the chosen one must not.</summary>
    [Fact]
    public void The_best_of_the_balance_points_that_qualify_is_chosen_not_the_best_of_all()
    {
        var days = Year(25, 4, t => 1.5 * Math.Max(0, t - 23.2));
        var y = days.Select(d => d.EnergyKWh).ToArray();
        var candidates = Enumerable.Range(0, 21).Select(i => 18 + (0.5 * i)).Select(b =>
            (Balance: b, Fit: Regression([.. days.Select(d => Math.Max(0, d.Temperatures[0] - b))], y))).ToArray();
        var ofAll = candidates.MinBy(c => c.Fit.SumOfSquares);
        var qualified = candidates.Where(c => c.Fit is { Intercept: >= 0, Slope: > 0 }).MinBy(c => c.Fit.SumOfSquares);

        var model = CalTrack.TropicalDaily(days).Model!;

        Assert.True(ofAll.Fit.Intercept < 0, "the case must be one that tells the two rules apart");
        Assert.Equal(ModelForm.ThreeParameterCooling, model.Form);
        Assert.Equal(qualified.Balance, model.CoolingBalancePoint);
        Assert.Equal(qualified.Fit.Intercept, model.Intercept, 9);
        Assert.Equal(qualified.Fit.Slope, model.CoolingSlope, 9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_candidate_of_the_grid_that_qualifies_has_a_higher_adjusted_R2(int seed)
    {
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var days = Year(17, 12, t => (0.04 * Math.Pow(Math.Max(0, t - 15), 2)) + (0.03 * Math.Pow(Math.Max(0, 12 - t), 2)) + (0.4 * random.NextDouble()));
        var grid = new BalancePointGrid(0, 30, 2);
        double?[] points = [null, .. grid.Values.Select(v => (double?)v)];

        var best = (
            from heating in points
            from cooling in points
            where heating is null || cooling is null || heating <= cooling
            let form = (heating, cooling) switch
            {
                (null, null) => ModelForm.Mean,
                (null, _) => ModelForm.ThreeParameterCooling,
                (_, null) => ModelForm.ThreeParameterHeating,
                _ => ModelForm.FiveParameter,
            }
            let model = ModelFit.At(form, days, heating, cooling)
            where model is { Intercept: >= 0 } && (heating is null || model.HeatingSlope > 0) && (cooling is null || model.CoolingSlope > 0)
            select model.Statistics.AdjustedR2).Max();

        Assert.Equal(best, CalTrack.Daily(days, grid).Model!.Statistics.AdjustedR2, 12);
    }

    [Fact]
    public void A_circuit_without_base_load_keeps_its_own_balance_point()
    {
        var model = CalTrack.TropicalDaily(Year(25, 4, t => 1.5 * Math.Max(0, t - 24))).Model!;

        Assert.Equal(ModelForm.ThreeParameterCooling, model.Form);
        Assert.Equal(24, model.CoolingBalancePoint);
        Assert.Equal(0, model.Intercept, 9);
        Assert.Equal(1.5, model.CoolingSlope, 9);
    }

    /// <summary>The line meets zero above the highest balance point of the grid, so that no balance point qualifies.</summary>
    [Fact]
    public void Days_hotter_than_the_whole_grid_are_fitted_by_a_line_that_says_so()
    {
        var fit = CalTrack.TropicalDaily(Year(30.5, 2, t => 3 * (t - 28.25)));

        Assert.Equal(ModelForm.TwoParameter, fit.Model!.Form);
        Assert.True(fit.Model.BreakNotIdentifiable);
        Assert.Equal(-84.75, fit.Model.Intercept, 8);
        Assert.Equal(3, fit.Model.TemperatureSlope, 9);
        var finding = Assert.Single(fit.Findings, f => f.Severity == FindingSeverity.Warning);
        Assert.Contains("28 °C, the highest balance point tried", finding.Sentence.In(Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void Use_that_falls_on_hotter_days_stays_a_mean()
    {
        var fit = CalTrack.TropicalDaily(Year(30.5, 2, t => 100 - (2 * t)));

        Assert.Equal(ModelForm.Mean, fit.Model!.Form);
        Assert.Empty(fit.Findings);
    }
}
