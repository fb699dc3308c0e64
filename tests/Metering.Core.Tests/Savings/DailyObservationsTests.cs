using Metering.Core.Energy;
using Metering.Core.Savings;
using static Metering.Core.Tests.Energy.RegisterTrace;

namespace Metering.Core.Tests.Savings;

public sealed class DailyObservationsTests
{
    private static readonly DateOnly Day1 = DateOnly.FromDateTime(Origin.UtcDateTime);

    private static IReadOnlyList<ProfileValue> Days(Func<int, bool> keep) => LoadProfile.Build(
        Build([.. Enumerable.Range(0, (3 * 144) + 1).Where(keep).Select(i => Reading(10 * i, i < 288 ? i : 288, i + 1))]),
        Origin, Origin.AddDays(3), ProfileResolution.Day, TimeZoneInfo.Utc);

    [Fact]
    public void Complete_days_become_observations_and_missing_temperatures_stay_missing()
    {
        var observations = DailyObservations.Of(
            Days(_ => true), new Dictionary<DateOnly, double> { [Day1] = 27.5 }, zeroIsMissing: false);

        Assert.Equal([1.44, 1.44, 0], observations.Select(o => o.EnergyKWh));
        Assert.Equal(27.5, observations[0].Temperatures[0]);
        Assert.Equal([true, false, false], observations.Select(o => o.IsUsable));
    }

    [Fact]
    public void A_day_of_zero_is_missing_for_a_whole_building() =>
        Assert.True(double.IsNaN(DailyObservations.Of(Days(_ => true), new Dictionary<DateOnly, double>(), zeroIsMissing: true)[2].EnergyKWh));

    [Fact]
    public void A_gap_inside_a_day_is_exact_and_one_over_midnight_is_not()
    {
        var none = new Dictionary<DateOnly, double>();

        Assert.Equal(1.44, DailyObservations.Of(Days(i => i is < 30 or > 100), none, false)[0].EnergyKWh);
        Assert.Equal(
            [true, true, false],
            DailyObservations.Of(Days(i => i is < 140 or > 150), none, false).Select(o => double.IsNaN(o.EnergyKWh)));
    }

    [Fact]
    public void The_sum_of_points_lacks_the_days_that_one_of_them_lacks()
    {
        EnergyObservation[] a = [new(Day1, 1, 25), new(Day1.AddDays(1), 2, 25)];
        EnergyObservation[] b = [new(Day1, 10, 25), new(Day1.AddDays(1), double.NaN, 25), new(Day1.AddDays(2), 5, 25)];

        var sum = DailyObservations.Sum([a, b]);

        Assert.Equal(11, sum[0].EnergyKWh);
        Assert.Equal([false, true, true], sum.Select(o => double.IsNaN(o.EnergyKWh)));
    }
}
