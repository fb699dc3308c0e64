using Metering.Core.Savings;

namespace Metering.Core.Tests.Savings;

/// <summary>Offices whose use and saving are planted, so that what is found can be judged.</summary>
public sealed class DailySavingsTests
{
    private static readonly DateOnly Before = new(2022, 3, 1);
    private static readonly DateOnly After = new(2023, 3, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Office_that_rests_at_the_weekend_is_modelled_by_kind_of_day_and_its_saving_lies_in_a_narrow_interval(int seed)
    {
        var random = new Random(seed);
        var baseline = Office(random, Before, 365, kept: 1);
        var reporting = Office(random, After, 730, kept: 0.65);

        var savings = DailySavings.Fit("b", baseline, tropical: true)!;
        var avoided = savings.Avoided(reporting)!;
        var single = AvoidedEnergyUse.Of(CalTrack.TropicalDaily(baseline).Model!, reporting, UncertaintyMethod.LeastSquares);

        Assert.True(savings.IsByDayType && savings.IsQualified);
        Assert.Equal([DayType.Working, DayType.Saturday, DayType.Closed], savings.Models.Select(m => m.Type));
        Assert.InRange(0.35, avoided.Fraction - avoided.FractionUncertainty, avoided.Fraction + avoided.FractionUncertainty);
        Assert.True(avoided.FractionUncertainty < single.FractionUncertainty / 2, $"{avoided.FractionUncertainty} against {single.FractionUncertainty}");
        Assert.Equal(730, avoided.Days);
        Assert.Equal(reporting.Sum(o => o.EnergyKWh), avoided.MeasuredKWh, 6);
        Assert.Equal(avoided.MeasuredKWh - avoided.PredictedKWh, avoided.CumulativeDeviationKWh[^1], 6);
    }

    [Fact]
    public void Office_without_works_has_no_savings()
    {
        var random = new Random(11);
        var avoided = DailySavings.Fit("b", Office(random, Before, 365, kept: 1), tropical: true)!.Avoided(Office(random, After, 730, kept: 1))!;

        Assert.InRange(0, avoided.Fraction - avoided.FractionUncertainty, avoided.Fraction + avoided.FractionUncertainty);
    }

    [Fact]
    public void Home_that_every_day_is_alike_keeps_one_model()
    {
        var random = new Random(5);
        var days = Enumerable.Range(0, 365).Select(d =>
        {
            var t = Temperature(random, Before.AddDays(d));
            return new EnergyObservation(Before.AddDays(d), 4 + (0.9 * Math.Max(0, t - 22)) + random.NextDouble(), t);
        }).ToList();

        var savings = DailySavings.Fit("b", days, tropical: true)!;

        Assert.Equal(DayType.Any, Assert.Single(savings.Models).Type);
        Assert.Equal(CalTrack.TropicalDaily(days).Model!.Statistics.AdjustedR2, savings.AdjustedR2, 12);
    }

    [Fact]
    public void Adjustment_moves_the_baseline_once_and_widens_the_interval_once()
    {
        var random = new Random(1);
        var savings = DailySavings.Fit("b", Office(random, Before, 365, kept: 1), tropical: true)!;
        var reporting = Office(random, After, 365, kept: 0.65);
        var entry = new NonRoutineAdjustment(
            "a", After, After.AddDays(100), 2, 0.5, new("poste ajouté", "added desk"), "x", new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));

        var (plain, adjusted) = (savings.Avoided(reporting)!, savings.Avoided(reporting, [entry])!);

        Assert.Equal(200, adjusted.AdjustmentsKWh, 9);
        Assert.Equal(plain.SavingsKWh + 200, adjusted.SavingsKWh, 6);
        Assert.Equal(Math.Sqrt(Math.Pow(plain.UncertaintyKWh, 2) + (50 * 50)), adjusted.UncertaintyKWh, 6);
    }

    [Fact]
    public void Humidity_enters_where_it_drives_the_use()
    {
        var random = new Random(8);
        var days = Enumerable.Range(0, 365).Select(d =>
        {
            var (t, w) = (Temperature(random, Before.AddDays(d)), 14 + (6 * random.NextDouble()));
            return new EnergyObservation(Before.AddDays(d), 4 + (0.9 * Math.Max(0, t - 21)) + (0.8 * (w - 14)) + (0.3 * random.NextDouble()), t, w);
        }).ToList();

        var model = Assert.Single(DailySavings.Fit("b", days, tropical: true)!.Models).Model;

        Assert.InRange(model.HumiditySlope!.Value, 0.75, 0.85);
    }

    [Fact]
    public void Nothing_usable_gives_nothing()
    {
        EnergyObservation[] empty = [new(Before, double.NaN, 25)];

        Assert.Null(DailySavings.Fit("b", empty, tropical: true));
        Assert.Null(DailySavings.Fit("b", Office(new Random(1), Before, 365, 1), tropical: true)!.Avoided(empty));
    }

    /// <summary>Cooling on working days, a little on Saturday mornings, three appliances that wait on closed days.</summary>
    private static List<EnergyObservation> Office(Random random, DateOnly first, int days, double kept) =>
        [.. Enumerable.Range(0, days).Select(d =>
        {
            var day = first.AddDays(d);
            var t = Temperature(random, day);
            var load = DayTypes.Of(day) switch
            {
                DayType.Working => 9 + (2.1 * Math.Max(0, t - 20)),
                DayType.Saturday => 2 + (0.5 * Math.Max(0, t - 20)),
                _ => 0.43,
            };
            return new EnergyObservation(day, kept * load * (1 + (0.16 * (random.NextDouble() - 0.5))), t);
        })];

    private static double Temperature(Random random, DateOnly day) =>
        25.5 + (2.2 * Math.Cos((day.DayOfYear - 235) / 365.25 * 2 * Math.PI)) + (2 * (random.NextDouble() - 0.5));
}
