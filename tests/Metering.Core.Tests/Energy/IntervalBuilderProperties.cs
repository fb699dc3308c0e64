using Metering.Core.Energy;
using Metering.Core.Readings;
using static Metering.Core.Tests.Energy.RegisterTrace;

namespace Metering.Core.Tests.Energy;

/// <summary>Each case is one seed; the runner prints it with the test's name.</summary>
public sealed class IntervalBuilderProperties
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Losing_any_subset_of_messages_changes_no_total(int seed)
    {
        var random = new Random(seed);
        var trace = RegisterTrace.Random(random, 400, restartProbability: 0.02);
        var keep = random.NextDouble();

        var kept = trace.Readings.Where((_, i) => i == 0 || i == trace.Readings.Count - 1 || random.NextDouble() < keep).ToList();

        Assert.Equal(trace.TotalPulses, Build(kept).Pulses);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Each_interval_holds_the_pulses_of_its_steps(int seed)
    {
        var random = new Random(seed);
        var trace = RegisterTrace.Random(random, 300);
        var kept = trace.Readings.Where(_ => random.NextDouble() < 0.6).ToList();

        foreach (var interval in Build(kept).Intervals)
        {
            var first = (int)((interval.Start - Origin).TotalMinutes / 10);
            var last = (int)((interval.End - Origin).TotalMinutes / 10);
            Assert.Equal(trace.PulsesOfStep.Skip(first).Take(last - first).Sum(), interval.Pulses);
            Assert.Equal(last - first > 1, interval.Flags.HasFlag(QualityFlags.GapIndex));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Order_and_repetition_of_the_input_change_nothing(int seed)
    {
        var random = new Random(seed);
        var trace = RegisterTrace.Random(random, 200, restartProbability: 0.03);

        // Also with contradictions in it: falls, jumps, times that run backwards.
        var readings = trace.Readings.Select(r => random.Next(25) switch
        {
            0 => r with { Value = random.Next(100_000) },
            1 => r with { Time = r.Time.AddMinutes(random.Next(-300, 300)) },
            2 => r with { Clock = ClockQuality.Estimated },
            _ => r,
        }).ToList();
        var expected = Build(readings);

        var shuffled = readings.Concat(readings.Where(_ => random.Next(3) == 0)).ToArray();
        random.Shuffle(shuffled);
        var actual = Build(shuffled);

        Assert.Equal(expected.Intervals, actual.Intervals);
        Assert.Equal(expected.SetAside, actual.SetAside);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_register_of_sixteen_bits_gives_the_pulses_of_one_that_never_turns(int seed)
    {
        var random = new Random(seed);
        var wide = RegisterTrace.Random(random, 5_000, start: random.Next(65_536));
        var narrow = wide.Readings.Select(r => r with { Value = r.Value % 65_536 }).ToList();
        var kept = narrow.Where((_, i) => i == 0 || i == narrow.Count - 1 || random.Next(4) != 0).ToList();

        var series = Build(kept, Assignment(modulus: 65_536));

        Assert.Equal(wide.TotalPulses, series.Pulses);
        Assert.True(series.Flags.HasFlag(QualityFlags.Rollover));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_lost_register_loses_the_energy_of_one_interval_and_no_other(int seed)
    {
        var random = new Random(seed);
        var trace = RegisterTrace.Random(random, 200, start: 100_000);
        var lost = random.Next(1, 200);
        var atLoss = trace.Readings[lost - 1].Value;
        var readings = trace.Readings
            .Select((r, i) => i < lost ? r : r with { Boot = 2, Sequence = i - lost + 1, Value = r.Value - atLoss })
            .ToList();

        var series = Build(readings);

        Assert.Equal(trace.TotalPulses - trace.PulsesOfStep[lost - 1], series.Pulses);
        Assert.Equal(lost - 1, series.Intervals.ToList().FindIndex(i => i.Pulses is null));
        Assert.Single(series.Intervals, i => i.Flags.HasFlag(QualityFlags.Reset));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Intervals_never_overlap_and_never_run_backwards_whatever_the_input(int seed)
    {
        var random = new Random(seed);
        var readings = Enumerable.Range(0, 300).Select(_ => new Reading(
            Origin.AddSeconds(random.Next(100_000)), random.Next(1_000), random.Next(1, 4), random.Next(1, 200),
            (ClockQuality)random.Next(3), (SampleFlags)random.Next(32), MissingReason.None)).ToList();

        var intervals = Build(readings, Assignment(modulus: 1_000), new IntervalOptions { MaxPowerW = 9_000 }).Intervals;

        for (var i = 0; i < intervals.Count; i++)
        {
            Assert.True(intervals[i].End > intervals[i].Start);
            Assert.True(intervals[i].Pulses is null or >= 0);
            Assert.True(i == 0 || intervals[i].Start == intervals[i - 1].End);
        }
    }
}
