using Metering.Core.Savings;

namespace Metering.Core.Tests.Savings;

public sealed class SavingsStudyTests
{
    /// <summary>The first building of a campaign that the weather clearly drives, with a cut of 40 %.</summary>
    private static readonly SyntheticBuilding Driven = Enumerable.Range(1, 50)
        .Select(seed => SyntheticBuilding.Of(31, seed, cut: 0.40))
        .First(b => CalTrack.Daily(b.Baseline, BalancePointGrid.CalTrackCelsius).Model!.Statistics.R2 > 0.7);

    private static EnergyObservation[] Year(int year, Func<int, double> temperature, Func<int, double> use, int days = 365) =>
        [.. Enumerable.Range(0, days).Select(d => new EnergyObservation(new DateOnly(year, 1, 1).AddDays(d), use(d), temperature(d)))];

    [Fact]
    public void A_planted_cut_of_40_percent_is_met_against_30()
    {
        var study = SavingsStudy.Of("b", Driven.Baseline, Driven.Reporting, 0.30, tropical: false);

        Assert.Equal(TargetVerdict.Met, study.Verdict);
        Assert.True(study.IsWeatherCorrected);
        Assert.Equal(study.Avoided!.SavingsKWh, study.AvoidedByCalTrack!.SavingsKWh, 9);
        Assert.Equal("savings.target-met", study.Findings[^1].Code);
    }

    [Fact]
    public void Use_that_the_weather_does_not_drive_is_compared_raw_and_says_so()
    {
        var random = new Random(3);
        var noise = Enumerable.Range(0, 730).Select(_ => random.NextDouble()).ToArray();
        double Temperature(int day) => 26 + (2 * Math.Sin(2 * Math.PI * day / 365));

        var study = SavingsStudy.Of(
            "b", Year(2024, Temperature, d => 10 + noise[d]), Year(2026, d => Temperature(d) + 2, d => 6 + noise[365 + d]), 0.30, tropical: true);

        Assert.False(study.IsWeatherCorrected);
        Assert.Equal(ModelForm.Mean, study.Model!.Form);
        Assert.Equal(4.0 / 10.5, study.Avoided!.Fraction, 2);
        Assert.Contains(study.Findings, f => f.Code == "savings.weather-does-not-drive");
        Assert.Equal(TargetVerdict.Met, study.Verdict);
    }

    [Fact]
    public void Half_a_baseline_year_carries_no_verdict()
    {
        var study = SavingsStudy.Of("b", [.. Driven.Baseline.Take(180)], Driven.Reporting, 0.30, tropical: false);

        Assert.Equal(TargetVerdict.Inconclusive, study.Verdict);
        Assert.Contains(study.Findings, f => f.Code == "baseline.too-few-days");
    }

    [Fact]
    public void Nothing_to_compare_is_inconclusive_and_no_error()
    {
        Assert.Null(SavingsStudy.Of("b", Driven.Baseline, [], 0.30, tropical: false).Avoided);
        Assert.Equal(TargetVerdict.Inconclusive, SavingsStudy.Of("b", [], Driven.Reporting, 0.30, tropical: true).Verdict);
    }
}
