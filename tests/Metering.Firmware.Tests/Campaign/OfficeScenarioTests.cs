using Metering.Simulator.Scenarios;
using Xunit;

namespace Metering.Firmware.Tests.Campaign;

/// <summary>What is planted in the invented office, before any board runs.</summary>
public sealed class OfficeScenarioTests
{
    private static readonly Scenario Office = OfficeScenario.Create(seed: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(2026)]
    public void Pulses_after_reception_are_the_planted_share_of_what_the_building_would_have_taken(int seed)
    {
        var office = OfficeScenario.Create(seed);
        var first = (int)((OfficeScenario.Instant(OfficeScenario.Reception) - office.From) / Scenario.SamplePeriod);
        var kwh = office.Boards.SelectMany(b => b.Meters).Sum(m => m.Trace.Counts.Skip(first).Sum(n => (long)n) * m.PulseWeightWh) / 1000m;

        // Each circuit may hold back less than one pulse at either end.
        Assert.InRange((double)kwh - (0.65 * office.Planted!.WithoutWorksKwh), -0.04, 0.04);
        Assert.Equal(0.35, office.Planted.Saving);
    }

    [Fact]
    public void Same_seed_gives_the_same_office_and_another_seed_another()
    {
        var again = OfficeScenario.Create(seed: 1);
        var other = OfficeScenario.Create(seed: 2);

        Assert.Equal(Office.Boards[0].Meters[0].Trace.Counts, again.Boards[0].Meters[0].Trace.Counts);
        Assert.Equal(Office.Boards[3].Climate!.Celsius, again.Boards[3].Climate!.Celsius);
        Assert.NotEqual(Office.Boards[0].Meters[0].Trace.Total, other.Boards[0].Meters[0].Trace.Total);
    }

    [Fact]
    public void Period_is_a_year_before_the_works_and_two_after_reception()
    {
        Assert.Equal(OfficeScenario.WorksStart, OfficeScenario.First.AddYears(1));
        Assert.Equal(OfficeScenario.End, OfficeScenario.Reception.AddYears(2));
        Assert.Equal(OfficeScenario.Instant(OfficeScenario.First), Office.From);
        Assert.Equal(OfficeScenario.Instant(OfficeScenario.End), Office.To);
        Assert.True(Office.Registry.Building.Simulated);
    }

    [Fact]
    public void Cooling_rests_on_sundays_and_follows_the_outdoor_temperature_on_working_days()
    {
        var outdoor = Office.Boards[^1].Climate!;
        var days = Enumerable.Range(0, 365).Select(d => (
            Day: OfficeScenario.First.AddDays(d),
            Pulses: Office.Boards[0].Meters.Sum(m => m.Trace.Counts.Skip(d * 144).Take(144).Sum()),
            Mean: outdoor.Celsius.Skip(d * 144).Take(144).Average())).ToList();

        // Three air conditioners that wait: 3 x 6 W x 24 h = 432 Wh, more or less by the habits of the week.
        Assert.All(days.Where(d => d.Day.DayOfWeek == DayOfWeek.Sunday), d => Assert.InRange(d.Pulses, 30, 60));
        var working = days.Where(d => d.Day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).OrderBy(d => d.Mean).ToList();
        var third = working.Count / 3;
        Assert.True(working.TakeLast(third).Average(d => d.Pulses) > 1.4 * working.Take(third).Average(d => d.Pulses));
    }

    [Fact]
    public void Values_stay_within_what_sensors_and_meters_can_say()
    {
        Assert.All(Office.Boards.Where(b => b.Climate is not null), b =>
        {
            Assert.InRange(b.Climate!.Celsius.Min(), 8, 30);
            Assert.InRange(b.Climate.Celsius.Max(), 25, 42);
            Assert.All(b.Climate.Humidity, rh => Assert.InRange(rh, 1, 99));
        });

        // 4 600 W: the most that the registry allows the circuit; 76 pulses of 10 Wh in ten minutes.
        Assert.All(Office.Boards[0].Meters, m => Assert.InRange(m.Trace.Counts.Max(), 30, 76));
    }
}
