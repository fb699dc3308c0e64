using Metering.Core.Findings;
using Metering.Core.Languages;
using Metering.Core.Savings;

namespace Metering.Core.Tests.Savings;

public sealed class SavingsRulesTests
{
    private static List<EnergyObservation> Year(Func<int, double> temperature, Func<double, double> use, int days = 365) =>
    [
        .. Enumerable.Range(0, days).Select(d => new EnergyObservation(
            new DateOnly(2024, 1, 1).AddDays(d), use(temperature(d)), temperature(d))),
    ];

    private static double Season(int day) => 15 - (12 * Math.Cos(2 * Math.PI * day / 365));

    [Theory]
    [InlineData(ModelForm.TwoParameter, 4.0, 0.0, 0.7, null, null)]
    [InlineData(ModelForm.ThreeParameterCooling, 5.0, 0.0, 1.5, null, 18.0)]
    [InlineData(ModelForm.ThreeParameterHeating, 5.0, 1.2, 0.0, 14.0, null)]
    [InlineData(ModelForm.FourParameter, 6.0, 0.5, 1.5, 16.0, 16.0)]
    [InlineData(ModelForm.FiveParameter, 7.0, 1.1, 1.6, 12.0, 20.0)]
    public void A_form_without_noise_gives_its_parameters_back(
        ModelForm form, double intercept, double heatingSlope, double coolingSlope, double? th, double? tc)
    {
        double Use(double t) => intercept
            + (form == ModelForm.TwoParameter ? coolingSlope * t : 0)
            + (th is { } h ? heatingSlope * Math.Max(0, h - t) : 0)
            + (tc is { } c ? coolingSlope * Math.Max(0, t - c) : 0);

        var model = ModelFit.Best(form, Year(Season, Use), new BalancePointGrid(0, 30, 0.5))!;

        Assert.Equal(intercept, model.Intercept, 9);
        Assert.Equal(th, model.HeatingBalancePoint);
        Assert.Equal(tc, model.CoolingBalancePoint);
        Assert.Equal(heatingSlope, model.HeatingSlope, 9);
        Assert.Equal(coolingSlope, form == ModelForm.TwoParameter ? model.TemperatureSlope : model.CoolingSlope, 9);
        Assert.Equal(1, model.Statistics.R2, 9);
        Assert.Equal(form, ChangePointModels.All(Year(Season, Use), new BalancePointGrid(0, 30, 0.5))
            .Where(m => m.Statistics.SumOfSquares < 1e-12).MinBy(m => m.Statistics.P)!.Form);
    }

    [Fact]
    public void A_4P_model_may_fall_on_both_sides_and_a_5P_model_may_not()
    {
        double Use(double t) => 30 - (0.5 * Math.Max(0, 16 - t)) + (0.3 * Math.Max(0, t - 16));
        var grid = new BalancePointGrid(0, 30, 0.5);

        Assert.Equal(-0.5, ModelFit.Best(ModelForm.FourParameter, Year(Season, Use), grid)!.HeatingSlope, 9);
        Assert.Null(ModelFit.Best(ModelForm.FiveParameter, Year(Season, Use), grid));
    }

    [Fact]
    public void Use_that_does_not_depend_on_the_weather_is_a_mean()
    {
        var random = new Random(11);
        var noise = Enumerable.Range(0, 365).Select(_ => random.NextDouble()).ToArray();
        var days = Enumerable.Range(0, 365)
            .Select(d => new EnergyObservation(new DateOnly(2024, 1, 1).AddDays(d), 10 + (d % 2 == 0 ? noise[d / 2] : -noise[d / 2]), Season(d)))
            .ToList();

        var model = CalTrack.Daily(days, BalancePointGrid.CalTrackCelsius).Model!;

        Assert.True(model.Statistics.R2 < 0.05);
        Assert.False(DegreeDayRatio.IsMeaningful(model.Statistics));
    }

    [Fact]
    public void In_a_climate_hotter_than_every_balance_point_a_line_takes_its_place_and_says_so()
    {
        var days = Year(d => 26.5 + (1.5 * Math.Sin(2 * Math.PI * d / 365)), t => 8 + (1.2 * (t - 20)));

        var fit = CalTrack.TropicalDaily(days);

        Assert.Equal(ModelForm.TwoParameter, fit.Model!.Form);
        Assert.True(fit.Model.BreakNotIdentifiable);
        Assert.Equal(1.2, fit.Model.TemperatureSlope, 9);
        var finding = Assert.Single(fit.Findings);
        Assert.Equal("baseline.break-not-identifiable", finding.Code);
        Assert.Contains("0 days", finding.Sentence.In(Language.English), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(328, true)] // 37 days missing
    [InlineData(327, false)]
    public void A_baseline_may_lack_37_days(int days, bool qualified)
    {
        var fit = CalTrack.Daily(Year(Season, t => 5 + Math.Max(0, t - 18), days), BalancePointGrid.CalTrackCelsius);

        Assert.Equal(qualified, fit.IsQualified);
        Assert.Equal(qualified ? [] : ["baseline.too-few-days"], fit.Findings.Select(f => f.Code));
        Assert.NotNull(fit.Model);
    }

    [Fact]
    public void Bills_that_are_too_short_or_too_long_are_dropped_and_named()
    {
        EnergyObservation Bill(int start, int days) => new(
            new DateOnly(2024, 1, 1).AddDays(start), days, 10.0 * days, [.. Enumerable.Range(start, days).Select(Season)]);

        var (kept, findings) = BaselineSufficiency.OfBills([Bill(0, 24), Bill(24, 25), Bill(49, 35), Bill(84, 36)]);

        Assert.Equal([25, 35], kept.Select(b => b.Days));
        Assert.Equal(["baseline.bills-dropped", "baseline.too-few-days"], findings.Select(f => f.Code));
        Assert.Equal(4, BaselineSufficiency.OfBills([Bill(0, 24), Bill(24, 25), Bill(49, 35), Bill(84, 36), Bill(120, 70)], bimonthly: true).Kept.Count);
        Assert.Equal(FindingSeverity.Disqualifying, findings[1].Severity);
    }

    [Theory]
    [InlineData(100_000, 62_000, 1_200, 1_350, 44_889, 50_500)] // fact sheet, section 3.1
    public void The_degree_day_ratio_reproduces_the_contract_practice(
        double reference, double measured, double djuReference, double dju, double inReference, double inReal)
    {
        Assert.Equal(inReference, DegreeDayRatio.InReferenceClimate(reference, measured, djuReference, dju).SavingsKWh, 0);
        Assert.Equal(inReal, DegreeDayRatio.InRealClimate(reference, measured, djuReference, dju).SavingsKWh, 0);
    }

    [Fact]
    public void The_degree_day_ratio_leaves_the_base_load_alone()
    {
        // No change at all: 10 MWh of base load, 20 kWh per degree day.
        var corrected = DegreeDayRatio.InReferenceClimate(20 * 1_000, 20 * 1_500, 1_000, 1_500, 10_000, 10_000);

        Assert.Equal(0, corrected.SavingsKWh, 9);
        Assert.NotEqual(0, DegreeDayRatio.InReferenceClimate(30_000, 40_000, 1_000, 1_500).SavingsKWh, 9);
        Assert.Throws<ArgumentException>(() => DegreeDayRatio.InRealClimate(1, 1, 0, 10));
    }

    [Fact]
    public void Humidity_stays_only_where_it_earns_its_place()
    {
        var random = new Random(5);
        List<EnergyObservation> Days(double humiditySlope) =>
        [
            .. Enumerable.Range(0, 365).Select(d =>
            {
                var t = 26 + (2 * Math.Sin(2 * Math.PI * d / 365)) + random.NextDouble();
                var w = 15 + (4 * random.NextDouble());
                return new EnergyObservation(
                    new DateOnly(2024, 1, 1).AddDays(d), 10 + (2 * (t - 22)) + (humiditySlope * w) + random.NextDouble(), t, w);
            }),
        ];

        foreach (var (slope, earned) in new[] { (1.0, true), (0.0, false) })
        {
            var days = Days(slope);
            var model = ModelFit.Best(ModelForm.TwoParameter, days, BalancePointGrid.Tropical)!;
            var chosen = ChangePointModels.WithHumidityIfEarned(model, days, BalancePointGrid.Tropical);
            Assert.Equal(earned, chosen.HumiditySlope is not null);
            Assert.True(!earned || Math.Abs(chosen.HumiditySlope!.Value - slope) < 0.05);
        }
    }

    [Theory]
    [InlineData(0.40, 0.10, TargetVerdict.Met)]
    [InlineData(0.30, 0.00, TargetVerdict.Met)]
    [InlineData(0.35, 0.10, TargetVerdict.Compatible)]
    [InlineData(0.22, 0.10, TargetVerdict.Compatible)]
    [InlineData(0.15, 0.10, TargetVerdict.NotMet)]
    [InlineData(0.03, 0.04, TargetVerdict.NotMet)]
    [InlineData(0.25, 0.30, TargetVerdict.Inconclusive)]
    [InlineData(double.NaN, 0.1, TargetVerdict.Inconclusive)]
    public void The_verdict_on_thirty_percent_follows_the_rule(double fraction, double halfWidth, TargetVerdict expected)
    {
        Assert.Equal(expected, SavingsVerdict.OfTarget(fraction, halfWidth, 0.30, qualified: true));
        Assert.Equal(TargetVerdict.Inconclusive, SavingsVerdict.OfTarget(fraction, halfWidth, 0.30, qualified: false));
    }

    [Theory]
    [InlineData(0.30, 0.14, SavingsEvidence.Conclusive)]
    [InlineData(0.30, 0.15, SavingsEvidence.Indicative)]
    [InlineData(0.30, 0.30, SavingsEvidence.Inconclusive)]
    [InlineData(0.0, 0.1, SavingsEvidence.Inconclusive)]
    public void Savings_are_as_firm_as_their_FSU(double fraction, double halfWidth, SavingsEvidence expected) =>
        Assert.Equal(expected, SavingsVerdict.OfSavings(fraction, halfWidth, qualified: true));

    [Fact]
    public void A_target_of_thirty_percent_with_a_CV_of_35_percent_has_an_FSU_of_15_percent()
    {
        // Fact sheet, section 3.6: 151 % x 3.02 / 30.
        var statistics = ModelFit.At(ModelForm.ThreeParameterCooling, CalTrackSample.Baseline, null, 65)!.Statistics;

        var halfWidth = SavingsUncertainty.HalfWidthKWh(UncertaintyMethod.SunBaltazarDaily, statistics, 1, 365, 12, 0.9);

        Assert.Equal(0.15, halfWidth / 0.30, 2);
    }

    [Fact]
    public void Adjustments_of_the_ledger_move_the_baseline_for_the_days_they_cover()
    {
        var days = Year(Season, t => 5 + Math.Max(0, t - 18));
        var model = CalTrack.Daily(days, BalancePointGrid.CalTrackCelsius).Model!;
        var occupants = new NonRoutineAdjustment(
            "nra-1", new DateOnly(2024, 12, 1), null, 2, 1, new BilingualText("Deux occupants de plus", "Two more occupants"), "analyst",
            new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));

        var plain = AvoidedEnergyUse.Of(model, days, UncertaintyMethod.SunBaltazarDaily);
        var adjusted = AvoidedEnergyUse.Of(model, days, UncertaintyMethod.SunBaltazarDaily, adjustments: [occupants]);

        Assert.Equal(30 * 2, adjusted.AdjustmentsKWh, 9); // 1 to 30 December: day 365 of a leap year is the 30th
        Assert.Equal(plain.SavingsKWh + 60, adjusted.SavingsKWh, 9);
        Assert.Equal(30, adjusted.UncertaintyKWh, 3);
    }

    [Fact]
    public void Days_without_energy_or_temperature_are_left_out_and_never_scaled_up()
    {
        var days = Year(Season, t => 5 + Math.Max(0, t - 18));
        var model = CalTrack.Daily(days, BalancePointGrid.CalTrackCelsius).Model!;
        var holes = days.Select((d, i) => i switch
        {
            < 10 => d with { EnergyKWh = double.NaN },
            < 15 => d with { Temperatures = [double.NaN] },
            _ => d with { EnergyKWh = d.EnergyKWh * 0.7 },
        }).ToList();

        var avoided = AvoidedEnergyUse.Of(model, holes, UncertaintyMethod.SunBaltazarDaily);

        Assert.Equal(15, avoided.LeftOut);
        Assert.Equal(350, avoided.Days);
        Assert.Equal(0.3, avoided.Fraction, 9);
        Assert.Throws<ArgumentException>(() => AvoidedEnergyUse.Of(model, holes[..5], UncertaintyMethod.SunBaltazarDaily));
    }

    [Fact]
    public void Normalised_savings_compare_two_models_under_one_year()
    {
        var before = CalTrack.Daily(Year(Season, t => 10 + (2 * Math.Max(0, t - 18))), BalancePointGrid.CalTrackCelsius).Model!;
        var after = CalTrack.Daily(Year(d => Season(d) + 3, t => 8 + (1 * Math.Max(0, t - 18))), BalancePointGrid.CalTrackCelsius).Model!;
        var year = Enumerable.Repeat(23.0, 100).ToArray();

        var savings = NormalisedSavings.Of(before, after, year, UncertaintyMethod.SunBaltazarDaily);

        Assert.Equal(100 * 20, savings.BaselineKWh, 6);
        Assert.Equal(100 * 13, savings.ReportingKWh, 6);
        Assert.Equal(0.35, savings.Fraction, 9);
        Assert.Throws<ArgumentException>(() => NormalisedSavings.Of(before, after, [double.NaN], UncertaintyMethod.SunBaltazarDaily));
    }

    [Fact]
    public void Normalised_savings_of_models_with_humidity_need_the_humidity_of_the_mean_year()
    {
        var random = new Random(6);
        List<EnergyObservation> Days(double share) =>
        [
            .. Enumerable.Range(0, 365).Select(d =>
            {
                var (t, w) = (26 + (2 * Math.Sin(2 * Math.PI * d / 365)) + random.NextDouble(), 15 + (4 * random.NextDouble()));
                return new EnergyObservation(new DateOnly(2024, 1, 1).AddDays(d), share * (10 + (2 * (t - 22)) + w), t, w);
            }),
        ];
        EnergyModel Fit(double share) =>
            ModelFit.Best(ModelForm.TwoParameter, Days(share), BalancePointGrid.Tropical, withHumidity: true)!;
        var (before, after) = (Fit(1), Fit(0.7));
        double[] year = [25, 27], humidity = [14, 18];

        var savings = NormalisedSavings.Of(before, after, year, UncertaintyMethod.LeastSquares, 0.9, humidity);

        Assert.Equal(16 + 14 + 20 + 18, savings.BaselineKWh, 6);
        Assert.Equal(0.3, savings.Fraction, 9);
        Assert.True(double.IsFinite(savings.UncertaintyKWh));
        Assert.Throws<ArgumentException>(() => NormalisedSavings.Of(before, after, year, UncertaintyMethod.LeastSquares));
        Assert.Throws<ArgumentException>(() => NormalisedSavings.Of(before, after, year, UncertaintyMethod.LeastSquares, 0.9, [14]));
    }

    [Fact]
    public void A_portfolio_adds_savings_and_the_squares_of_their_uncertainties()
    {
        var portfolio = PortfolioSavings.Of(
        [
            new BuildingSavings("a", 1_000, 300, 30, 0.2),
            new BuildingSavings("b", 2_000, 400, 40, 0.9),
            new BuildingSavings("c", 9_000, 9_000, 9_000, 1.01),
        ]);

        Assert.Equal(2, portfolio.Buildings);
        Assert.Equal(1, portfolio.LeftOut);
        Assert.Equal(700, portfolio.SavingsKWh);
        Assert.Equal(50, portfolio.UncertaintyKWh, 9);
        Assert.Equal(50.0 / 700, portfolio.FractionalSavingsUncertainty, 12);
    }

    [Theory]
    [InlineData(0.90, 363, 1.6491)]
    [InlineData(0.95, 10, 2.228)]
    [InlineData(0.68, 30, 1.011)]
    public void Students_t_is_that_of_the_tables(double confidence, int freedom, double t) =>
        Assert.Equal(t, SavingsUncertainty.StudentT(confidence, freedom), 3);

    [Theory]
    [InlineData(UncertaintyMethod.Guideline14, 24, 1.26)]
    [InlineData(UncertaintyMethod.SunBaltazarDaily, 12, 1.3925)]
    [InlineData(UncertaintyMethod.SunBaltazarBilling, 12, 1.30558)]
    public void The_factors_are_those_of_the_methods(UncertaintyMethod method, double months, double factor) =>
        Assert.Equal(factor, SavingsUncertainty.Factor(method, months), 5);
}
