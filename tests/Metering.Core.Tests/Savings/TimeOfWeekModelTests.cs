using Metering.Core.Savings;
using Xunit.Abstractions;

namespace Metering.Core.Tests.Savings;

public sealed class TimeOfWeekModelTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Monday = new(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(-4));

    /// <summary>An office: 1 kW at night, 5 kW on weekdays from 8 to 18, and then 0.6 kW for each kelvin above 24 °C.</summary>
    private static double Office(DateTimeOffset t, double temperature) =>
        t.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && t.Hour is >= 8 and < 18
            ? 5 + (0.6 * Math.Max(0, temperature - 24))
            : 1;

    private static List<HourObservation> Year(int seed, double share = 1, double noise = 0, int hours = 8760)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, hours).Select(i =>
            {
                var start = Monday.AddHours(i);
                var t = 25.5 + (2 * Math.Sin(2 * Math.PI * i / 8760)) + (5 * Math.Sin(2 * Math.PI * (i - 14) / 24.0)) + random.NextDouble();
                return new HourObservation(start, (share * Office(start, t)) + (noise * (random.NextDouble() - 0.5)), t);
            }),
        ];
    }

    [Fact]
    public void A_schedule_and_a_break_at_an_edge_are_reproduced_without_noise()
    {
        var model = TimeOfWeekModel.Fit(Year(1), TemperatureBins.Tropical, 10, 18.3)!;

        Assert.True(model.Statistics.CvRmse < 1e-9, FormattableString.Invariant($"CV {model.Statistics.CvRmse}"));
        Assert.Equal(0, model.Statistics.Nmbe, 1e-9);
        var saturday = new HourObservation(new DateTimeOffset(2024, 6, 8, 12, 0, 0, TimeSpan.FromHours(-4)), 0, 29);
        var friday = new HourObservation(new DateTimeOffset(2024, 6, 7, 12, 0, 0, TimeSpan.FromHours(-4)), 0, 29);
        Assert.Equal(1, model.Predict(saturday), 6);
        Assert.Equal(8, model.Predict(friday), 6);
        Assert.Equal(50, model.OccupiedHours.Count(o => o));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void A_planted_cut_is_found_under_other_weather(double cut)
    {
        var model = TimeOfWeekModel.Fit(Year(2, noise: 1), TemperatureBins.Tropical, 10, 18.3)!;

        var (predicted, measured, hours, leftOut) = model.Compare(Year(3, 1 - cut, noise: 1));

        Assert.Equal(cut, (predicted - measured) / predicted, 2);
        Assert.Equal(8760, hours);
        Assert.Equal(0, leftOut);
    }

    [Fact]
    public void The_hourly_sample_of_CalTRACK_is_modelled_with_little_bias_and_agrees_with_the_daily_method()
    {
        var temperature = CalTrackSample.HourlyTemperaturesF.ToDictionary(r => r.Time, r => r.Value);
        var all = CalTrackSample.HourlyUse
            .Select(r => new HourObservation(r.Time, r.Value, temperature.GetValueOrDefault(r.Time, double.NaN)))
            .ToList();
        List<HourObservation> Between(int y1, int m1, int d1, int y2, int m2, int d2) =>
        [
            .. all.Where(h => DateOnly.FromDateTime(h.Start.DateTime) >= new DateOnly(y1, m1, d1)
                && DateOnly.FromDateTime(h.Start.DateTime) <= new DateOnly(y2, m2, d2)),
        ];
        var baseline = Between(2015, 12, 27, 2016, 12, 25);

        var model = TimeOfWeekModel.Fit(baseline, TemperatureBins.CalTrackFahrenheit, 50, 65)!;
        var (predicted, measured, _, _) = model.Compare(Between(2017, 1, 4, 2018, 1, 3));
        output.WriteLine(FormattableString.Invariant(
            $"n {model.Statistics.N}, CV {model.Statistics.CvRmse:P1}, NMBE {model.Statistics.Nmbe:P2}, R2adj {model.Statistics.AdjustedR2:F3}, savings {(predicted - measured) / predicted:P2}"));

        // The file's daily fit finds 3.02 % ± 4.6 % on the same year.
        Assert.InRange((predicted - measured) / predicted, 0.0302 - 0.046, 0.0302 + 0.046);

        // Half-weighted neighbours let each month lean towards them: not free of bias, yet far below Guideline 14's 10 %.
        Assert.InRange(model.Statistics.Nmbe, -0.02, 0.02);
    }

    [Fact]
    public void Pieces_of_a_temperature_add_up_to_it()
    {
        var bins = TemperatureBins.CalTrackCelsius;
        foreach (var t in new[] { -20.0, -1.1, 0, 15, 18.3, 31, 45 })
        {
            Assert.Equal(t, Enumerable.Range(0, bins.Count).Sum(b => bins.Piece(t, b)), 9);
        }
    }

    [Fact]
    public void Bins_without_twenty_hours_are_merged()
    {
        double[] temperatures = [.. Enumerable.Repeat(25.0, 100), .. Enumerable.Repeat(27.0, 100), .. Enumerable.Repeat(29.0, 19)];

        Assert.Equal([26], TemperatureBins.Tropical.Supported(temperatures).Edges);
        Assert.Empty(TemperatureBins.Tropical.Supported([]).Edges);
    }

    [Fact]
    public void Months_that_the_baseline_does_not_hold_have_no_prediction()
    {
        var model = TimeOfWeekModel.Fit(Year(4, hours: 24 * 60), TemperatureBins.Tropical, 10, 18.3)!;

        Assert.True(double.IsNaN(model.Predict(new HourObservation(new DateTimeOffset(2024, 7, 1, 0, 0, 0, TimeSpan.FromHours(-4)), 1, 27))));
        Assert.Null(TimeOfWeekModel.Fit(Year(4, hours: 300), TemperatureBins.Tropical, 10, 18.3));
    }

    /// <summary>
    /// Hours with two kinds of noise: that of the hour, and that of the day (somebody works late), which an interval from
    /// the hours alone would take for independent and be several times too narrow.
    /// </summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    public void The_interval_of_hourly_savings_contains_the_planted_cut_as_often_as_it_claims(double cut)
    {
        const int Buildings = 100;
        var contained = 0;
        for (var seed = 1; seed <= Buildings; seed++)
        {
            var random = new SplitMix64((ulong)seed);
            var dayNoise = 0.0;
            var truth = 0.0;
            List<HourObservation> Noisy(int year, double share)
            {
                var hours = new List<HourObservation>(8760);
                var ofDay = 0.0;
                for (var i = 0; i < 8760; i++)
                {
                    if (i % 24 == 0)
                    {
                        dayNoise = (0.4 * dayNoise) + (0.9 * random.NextNormal());
                        ofDay = 0.3 * dayNoise;
                    }

                    var start = Monday.AddDays(364 * year).AddHours(i);
                    var t = 25.5 + (2 * Math.Sin(2 * Math.PI * i / 8760)) + (5 * Math.Sin(2 * Math.PI * (i - 14) / 24.0)) + random.NextNormal();
                    var use = Office(start, t);
                    truth += year > 0 ? use * (1 - share) : 0;
                    hours.Add(new HourObservation(start, (share * use) + ofDay + (0.3 * random.NextNormal()), t));
                }

                return hours;
            }

            var model = TimeOfWeekModel.Fit(Noisy(0, 1), TemperatureBins.Tropical, 10, 18.3)!;
            var savings = model.Savings(Noisy(1, 1 - cut), 0.95);
            contained += Math.Abs(savings.SavingsKWh - truth) <= savings.UncertaintyKWh.Value ? 1 : 0;
        }

        output.WriteLine(FormattableString.Invariant($"cut {cut:P0}: truth within the interval of 95 % in {contained} of {Buildings}"));
        Assert.InRange(contained, 88, Buildings); // an exact interval contains fewer in one of 300 campaigns
    }

    [Fact]
    public void Forty_days_know_no_uncertainty_of_hourly_savings()
    {
        var model = TimeOfWeekModel.Fit(Year(4, noise: 1, hours: 24 * 40), TemperatureBins.Tropical, 10, 18.3)!;

        Assert.Same(HourlySavings.TooFewDays, model.Savings(Year(5, noise: 1, hours: 24 * 40)).UncertaintyKWh.Reason);
    }
}
