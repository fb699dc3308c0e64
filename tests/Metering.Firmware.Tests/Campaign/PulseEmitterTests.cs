using Metering.Simulator.Pulses;
using Metering.Simulator.Scenarios;
using Metering.Virtual;
using Xunit;

namespace Metering.Firmware.Tests.Campaign;

/// <summary>
/// A virtual meter does what IEC 62053-31 allows and nothing else: on and off for at least 30 ms, transitions with bounce
/// under 5 ms, every pulse within its step.
/// </summary>
public sealed class PulseEmitterTests
{
    private const long StartUs = 1_452_528_000_000_000;
    private const long StepUs = 600_000_000;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Emitted_pulses_keep_widths_gaps_bounce_and_step_counts(int seed)
    {
        var random = new Random(seed);
        var output = new MeterOutput
        {
            OnUs = 30_000 + random.Next(120_000),
            BounceUs = random.Next(5_001),
            GuardUs = random.Next(2) * 3_000_000,
            Jitter = random.NextDouble(),
        };
        var most = (int)((StepUs - (2L * output.GuardUs)) / output.MinPeriodUs);
        var counts = new int[40];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = random.Next(4) switch { 0 => 0, 1 => random.Next(10), 2 => random.Next(200), _ => random.Next(most + 1) };
        }

        counts[7] = most;
        var edges = Edges(new PulseTrace("p", StartUs, StepUs, counts), output, seed);
        var seen = new int[counts.Length];
        var pulses = Pulses(edges);
        foreach (var pulse in pulses)
        {
            var step = (int)((pulse.FirstUs - StartUs) / StepUs);
            seen[step]++;
            Assert.True(pulse.FirstUs >= StartUs + (step * StepUs) + output.GuardUs, $"seed {seed}: pulse before its step");
            Assert.True(pulse.LastUs <= StartUs + ((step + 1) * StepUs) - output.GuardUs, $"seed {seed}: pulse after its step");
            Assert.True(pulse.ClosedUs >= 30_000, $"seed {seed}: closed for {pulse.ClosedUs} us");
            Assert.True(pulse.ClosingBounceUs <= output.BounceUs && pulse.OpeningBounceUs <= output.BounceUs, $"seed {seed}: bounce");
        }

        for (var i = 1; i < pulses.Count; i++)
        {
            var off = pulses[i].FirstUs - pulses[i - 1].LastUs;
            Assert.True(off >= 30_000, $"seed {seed}: open for {off} us");
        }

        Assert.Equal(counts, seen);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Filter_passes_each_pulse_once_whatever_the_bounce(int seed)
    {
        // Worst case of the standard: 30 ms on, 30 ms off, 5 ms of bounce at both edges, as dense as the meter can.
        var output = new MeterOutput { GuardUs = 0, Jitter = 1 };
        var most = (int)(StepUs / output.MinPeriodUs);
        var board = new VirtualBoard(new VirtualBoardOptions { StartUs = StartUs });
        var input = board.Pins.Attach(34, new PulseEmitter(new PulseTrace("p", StartUs, StepUs, [most, 0, 1, most]), output, seed));
        var runner = new VirtualBoardRunner(board, () => new BoardProgram(() => long.MaxValue / 2000, () => long.MaxValue / 2000, () => long.MaxValue / 2000, () => long.MaxValue / 2000, 100));

        runner.RunUntil(StartUs + (5 * StepUs));
        _ = board.Pins.Level(34);

        Assert.Equal((2 * most) + 1, input.Emitted);
        Assert.Equal(input.Emitted, input.Arrived);
    }

    [Fact]
    public void Emitter_of_the_same_seed_repeats_itself_and_of_another_does_not()
    {
        var trace = new PulseTrace("p", StartUs, StepUs, [5, 0, 7]);

        Assert.Equal(Edges(trace, new MeterOutput(), 3), Edges(trace, new MeterOutput(), 3));
        Assert.NotEqual(Edges(trace, new MeterOutput(), 3), Edges(trace, new MeterOutput(), 4));
    }

    [Fact]
    public void Emitter_given_more_pulses_than_the_output_can_emit_says_where_and_how_many()
    {
        // 600 s less 2 x 3 s of guard, in periods of 30 + 30 + 2 x 5 ms: 8485.
        var trace = new PulseTrace("lights", StartUs, StepUs, [1, 8_486]);

        var error = Assert.Throws<ScenarioDataException>(() => new PulseEmitter(trace, new MeterOutput(), 1));

        Assert.Equal("lights, step 1: 8486 pulses; allowed: up to 8485, what the meter's output can emit in a step.", error.Message);
    }

    private static List<ContactEdge> Edges(PulseTrace trace, MeterOutput output, int seed)
    {
        var emitter = new PulseEmitter(trace, output, seed);
        var edges = new List<ContactEdge>();
        while (emitter.TryNext(out var edge))
        {
            Assert.True(edges.Count == 0 || edge.AtUs >= edges[^1].AtUs, $"seed {seed}: edges out of order");
            edges.Add(edge);
        }

        return edges;
    }

    /// <summary>Takes the edges apart by the standard's words, without the emitter's own knowledge.</summary>
    private static List<Pulse> Pulses(List<ContactEdge> edges)
    {
        var pulses = new List<Pulse>();
        foreach (var group in edges.GroupBy(e => e.Emitted))
        {
            Assert.Equal(pulses.Count + 1, group.Key);
            var list = group.ToList();

            // The longest closed stretch is the steady one; what lies before and after it is bounce.
            var steady = 0;
            for (var i = 0; i + 1 < list.Count; i++)
            {
                if (list[i].Closed && list[i + 1].AtUs - list[i].AtUs > list[steady + 1].AtUs - list[steady].AtUs)
                {
                    steady = i;
                }
            }

            pulses.Add(new Pulse(
                list[0].AtUs,
                list[^1].AtUs,
                list[steady + 1].AtUs - list[steady].AtUs,
                list[steady].AtUs - list[0].AtUs,
                list[^1].AtUs - list[steady + 1].AtUs));
            Assert.True(list[0].Closed);
            Assert.False(list[^1].Closed);
        }

        return pulses;
    }

    private sealed record Pulse(long FirstUs, long LastUs, long ClosedUs, long ClosingBounceUs, long OpeningBounceUs);
}
