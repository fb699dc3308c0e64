using Metering.Core.Energy;
using static Metering.Core.Tests.Energy.RegisterTrace;

namespace Metering.Core.Tests.Energy;

public sealed class CompletenessTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    private static List<DateTimeOffset> Grid(int count) => [.. Enumerable.Range(0, count).Select(i => Origin.AddMinutes(10 * i))];

    [Theory]
    [InlineData(ProfileResolution.Hour, 3, 6, true)]
    [InlineData(ProfileResolution.Hour, 2, 6, false)]
    [InlineData(ProfileResolution.Day, 130, 144, true)]
    [InlineData(ProfileResolution.Day, 129, 144, false)]
    [InlineData(ProfileResolution.Month, 27, 30, true)]
    [InlineData(ProfileResolution.Month, 27, 31, false)]
    [InlineData(ProfileResolution.Year, 328, 365, true)]
    [InlineData(ProfileResolution.Year, 327, 365, false)]
    public void The_rules_are_those_of_the_fact_sheet(ProfileResolution resolution, int valid, int expected, bool complete) =>
        Assert.Equal(complete, CompletenessRules.IsComplete(resolution, valid, expected));

    [Fact]
    public void A_random_quarter_of_the_samples_is_a_quarter_complete_and_no_day_passes()
    {
        var random = new Random(20160111);
        var samples = Grid(144 * 120).Where(_ => random.Next(4) == 0).ToList();

        var months = Completeness.Of(samples, Step, Origin, Origin.AddDays(120), ProfileResolution.Month, TimeZoneInfo.Utc);
        var days = Completeness.Of(samples, Step, Origin, Origin.AddDays(120), ProfileResolution.Day, TimeZoneInfo.Utc);

        Assert.All(months.Take(3), m => Assert.InRange(m.SampleShare, 0.23, 0.27));
        Assert.All(days, d => Assert.False(d.IsComplete));
        Assert.All(months, m => Assert.False(m.IsComplete));
    }

    [Fact]
    public void Several_samples_within_one_step_count_once()
    {
        var samples = Grid(6).SelectMany(t => new[] { t, t.AddSeconds(5), t.AddMinutes(9) }).ToList();

        var hour = Assert.Single(Completeness.Of(samples, Step, Origin, Origin.AddHours(1), ProfileResolution.Hour, TimeZoneInfo.Utc));

        Assert.Equal(6, hour.Valid);
        Assert.Equal(6, hour.Expected);
    }

    [Fact]
    public void Nothing_at_all_is_zero_of_what_should_be_there()
    {
        var day = Assert.Single(Completeness.Of([], Step, Origin, Origin.AddDays(1), ProfileResolution.Day, TimeZoneInfo.Utc));

        Assert.Equal(144, day.Expected);
        Assert.Equal(0.0, day.SampleShare);
        Assert.False(day.IsComplete);
    }
}
