using System.Globalization;
using Metering.Core.Languages;
using Metering.Core.Tests.Reference;
using Metering.Core.Weather;
using Xunit.Abstractions;

namespace Metering.Core.Tests.Weather;

public sealed class DegreeDayTests(ITestOutputHelper output)
{
    private static readonly DateOnly Day = new(2025, 7, 1);
    private static readonly WeatherStation Station = WeatherStation.Find("97101015")!;

    [Theory]
    // Independent computation: Tn, Tx, base, half-sum, energy professionals.
    [InlineData(DegreeDayKind.Cooling, 24, 31, 26, 1.5, 1.9)]
    [InlineData(DegreeDayKind.Cooling, 22, 27, 26, 0, 0.164)]
    [InlineData(DegreeDayKind.Heating, 5, 15, 18, 8, 8)]
    [InlineData(DegreeDayKind.Heating, 12, 22, 18, 1, 1.992)]
    public void Methods_on_daily_extremes_agree_with_the_independent_examples(
        DegreeDayKind kind, double tn, double tx, double baseC, double half, double professionals)
    {
        var day = WeatherDay.OfExtremes(Day, tn, tx);
        // (Tn + Tx)/2 = 27.5 and base 26 give 1.5; 24.5 gives 0.
        Assert.Equal(half, DegreeDays.Of(day, DegreeDayMethod.HalfSum, kind, baseC).Value, 1e-12);
        Assert.Equal(professionals, DegreeDays.Of(day, DegreeDayMethod.EnergyProfessionals, kind, baseC).Value, 0.0005);
    }

    [Fact]
    public void Methods_that_need_hours_refuse_a_day_of_extremes()
    {
        var day = WeatherDay.OfExtremes(Day, 20, 30);
        Assert.Same(DegreeDays.MissingDay, DegreeDays.Of(day, DegreeDayMethod.DailyMean, DegreeDayKind.Cooling, 22).Reason);
        Assert.Same(DegreeDays.MissingDay, DegreeDays.Of(day, DegreeDayMethod.Hourly, DegreeDayKind.Cooling, 22).Reason);
    }

    [Fact]
    public void The_professionals_formula_is_continuous_and_the_cooling_form_mirrors_the_heating_form()
    {
        const int Seed = 20260202;
        var random = new Random(Seed);
        for (var n = 0; n < 5000; n++)
        {
            var tn = -10 + (40 * random.NextDouble());
            var tx = tn + (n % 10 == 0 ? 0 : 15 * random.NextDouble());
            var s = -15 + (55 * random.NextDouble());
            var cooling = DegreeDays.EnergyProfessionals(tn, tx, DegreeDayKind.Cooling, s);
            Assert.True(cooling >= 0 && double.IsFinite(cooling), $"seed {Seed}, draw {n}");
            Assert.Equal(cooling, DegreeDays.EnergyProfessionals(-tx, -tn, DegreeDayKind.Heating, -s), 1e-9);
            // Both limits: half the range where the base is Tn, nothing where it is Tx.
            Assert.Equal((tx - tn) / 2, DegreeDays.EnergyProfessionals(tn, tx, DegreeDayKind.Cooling, tn), 1e-9);
            Assert.Equal((tx - tn) / 2, DegreeDays.EnergyProfessionals(tn, tx, DegreeDayKind.Cooling, tn + 1e-10), 1e-6);
            Assert.Equal(0, DegreeDays.EnergyProfessionals(tn, tx, DegreeDayKind.Cooling, tx), 1e-9);
        }
    }

    [Theory]
    // Sums that eemeter publishes for T = 50 + 30 i/8760 °F: parts 1368 (cooling above 65 °F), 1734 − 365 (heating below 65 °F)
    // and 1582 − 365 (heating below 60 °F and cooling above 70 °F).
    [InlineData(65, 0, 1368)]
    [InlineData(0, 65, 1369)]
    [InlineData(70, 60, 1217)]
    public void Daily_means_agree_with_the_sums_that_eemeter_publishes(double coolingF, double heatingF, double expectedF)
    {
        var hours = Enumerable.Range(0, 8760).Select(i => new HourlyTemperature(
            new DateTimeOffset(2017, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(i), ((50 + (30.0 * i / 8760)) - 32) * 5 / 9));
        var days = WeatherDays.FromHourly(hours, TimeZoneInfo.Utc);
        Assert.Equal(365, days.Count);
        var sum = (coolingF > 0 ? Sum(days, DegreeDayMethod.DailyMean, DegreeDayKind.Cooling, (coolingF - 32) * 5 / 9) : 0)
            + (heatingF > 0 ? Sum(days, DegreeDayMethod.DailyMean, DegreeDayKind.Heating, (heatingF - 32) * 5 / 9) : 0);
        // Published rounded to whole units.
        Assert.Equal(expectedF, sum * 9 / 5, 1.0);
    }

    [Theory]
    // Independent computation over the 8 760 hours, K·d: 24-hour mean, half-sum, professionals, hourly.
    [InlineData(18, 2523.717, 2654.9, 2660.969, 2529.25)]
    [InlineData(23, 765.883, 889.2, 1015.462, 893.904)]
    [InlineData(26, 115.029, 187.2, 362.196, 296.479)]
    public void A_year_of_trade_wind_climate_depends_strongly_on_the_method(
        double baseC, double mean, double half, double professionals, double hourly)
    {
        var days = Honolulu();
        Assert.Equal(365, days.Count);
        var agreement = new Agreement(string.Create(CultureInfo.InvariantCulture, $"Honolulu cooling degree days, base {baseC}"));
        agreement.Absolute("mean", mean, Sum(days, DegreeDayMethod.DailyMean, DegreeDayKind.Cooling, baseC), 0.001);
        agreement.Absolute("half-sum", half, Sum(days, DegreeDayMethod.HalfSum, DegreeDayKind.Cooling, baseC), 0.001);
        agreement.Absolute("professionals", professionals, Sum(days, DegreeDayMethod.EnergyProfessionals, DegreeDayKind.Cooling, baseC), 0.001);
        agreement.Absolute("hourly", hourly, Sum(days, DegreeDayMethod.Hourly, DegreeDayKind.Cooling, baseC), 0.001);
        agreement.Check(output, 4);
    }

    [Fact]
    public void A_total_carries_station_method_base_and_days_and_never_scales_up()
    {
        WeatherDay[] days = [.. Enumerable.Range(0, 9).Select(d => WeatherDay.OfExtremes(Day.AddDays(d), 24, 31))];
        var total = DegreeDayTotal.Of(days, Day, Day.AddDays(10), DegreeDayMethod.HalfSum, DegreeDayKind.Cooling, 26, Station);
        Assert.Equal(9 * 1.5, total.Sum, 1e-9);
        Assert.Equal((9, 1, 10), (total.DayCount, total.MissingDays, total.PeriodDays));
        Assert.Equal(0.9, total.Completeness);
        Assert.Equal(
            "degrés-jours de refroidissement, base 26 °C, méthode demi-somme (Tn + Tx)/2, station LE RAIZET AERO (97101015), 9 jours sur 10",
            total.Label(Language.French));
    }

    [Fact]
    public void A_day_given_twice_or_an_empty_period_is_an_error()
    {
        var day = WeatherDay.OfExtremes(Day, 24, 31);
        Assert.Throws<ArgumentException>(() => DegreeDayTotal.Of([day, day], Day, Day.AddDays(2), DegreeDayMethod.HalfSum, DegreeDayKind.Cooling, 26, Station));
        Assert.Throws<ArgumentException>(() => DegreeDayTotal.Of([day], Day, Day, DegreeDayMethod.HalfSum, DegreeDayKind.Cooling, 26, Station));
        Assert.Throws<ArgumentException>(() => WeatherDay.OfExtremes(Day, 31, 24));
    }

    [Theory]
    [InlineData(37, true)]
    [InlineData(38, false)]
    public void A_year_may_lack_37_days(int missing, bool sufficient)
    {
        var days = Enumerable.Range(0, 365 - missing).Select(d => WeatherDay.OfExtremes(Day.AddDays(d), 24, 31));
        var total = DegreeDayTotal.Of(days, Day, Day.AddDays(365), DegreeDayMethod.HalfSum, DegreeDayKind.Cooling, 26, Station);
        Assert.Equal(sufficient, total.IsSufficient);
    }

    internal static IReadOnlyList<WeatherDay> Honolulu() => WeatherDays.FromHourly(HonoluluHours(), TimeZoneInfo.Utc);

    private static IEnumerable<HourlyTemperature> HonoluluHours()
    {
        var start = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var hour = 0;
        foreach (var line in File.ReadLines(ReferenceFile.Path("weather/honolulu_tmy3_subset.csv")).Skip(1))
        {
            // Hours end at hour_end_lst: the first one begins the year.
            yield return new(start.AddHours(hour++), double.Parse(line.Split(',')[3], CultureInfo.InvariantCulture));
        }
    }

    private static double Sum(IReadOnlyList<WeatherDay> days, DegreeDayMethod method, DegreeDayKind kind, double baseC) =>
        DegreeDayTotal.Of(days, days[0].Day, days[^1].Day.AddDays(1), method, kind, baseC, Station).Sum;
}
