using System.Text;
using Metering.Virtual;
using Metering.Wire;
using Xunit.Abstractions;

namespace Metering.Firmware.Tests.Board;

/// <summary>
/// A stretch that holds boot, counting, sampling, journal append, an outage, a drain, a config change and publishing is
/// run once per I/O step, with the power cut at exactly that step (before it, half-way through it, after it).
/// </summary>
public sealed class PowerCutTests(ITestOutputHelper output)
{
    private const long PeriodUs = 20_100_000;

    private static long StretchUs(bool fram) => (fram ? 100 : 480) * 60 * TestBoard.SecondUs;

    /// <summary>Pulses that one save of the register without FRAM may be behind: 15 minutes, or the newest sample.</summary>
    private static readonly long FileLossMax = (15 * 60 * TestBoard.SecondUs / PeriodUs) + 1;

    [Fact]
    public void With_fram_and_warning_no_pulse_is_lost_or_doubled_at_any_step()
    {
        var steps = CountSteps(fram: true);
        var worst = 0L;
        for (var step = 1L; step <= steps; step++)
        {
            var test = Run(fram: true, step, warned: true, out var input);
            var (missing, _) = Check(test, input, step);
            worst = Math.Max(worst, missing);
            Assert.True(missing == 0, $"step {step} of {steps}: {missing} pulses are missing");
        }

        output.WriteLine($"{steps} runs, worst loss {worst} pulses");
        Assert.True(steps > 500, $"only {steps} steps");
    }

    [Fact]
    public void With_fram_and_no_warning_at_most_the_last_second_is_lost_and_nothing_is_doubled()
    {
        var steps = CountSteps(fram: true);
        var lossy = 0;
        for (var step = 1L; step <= steps; step++)
        {
            var test = Run(fram: true, step, warned: false, out var input);
            var (missing, _) = Check(test, input, step);
            Assert.True(missing is 0 or 1, $"step {step} of {steps}: {missing} pulses are missing");
            lossy += missing > 0 ? 1 : 0;
        }

        output.WriteLine($"{steps} runs, {lossy} of them lost the one pulse of the unfinished save");
    }

    [Fact]
    public void Without_fram_the_loss_is_bounded_and_flagged_at_every_step()
    {
        var steps = CountSteps(fram: false);
        var worst = 0L;
        for (var step = 1L; step <= steps; step++)
        {
            var test = Run(fram: false, step, warned: false, out var input);
            var (missing, flagged) = Check(test, input, step);
            Assert.True(missing >= 0 && missing <= FileLossMax, $"step {step} of {steps}: {missing} pulses are missing");
            Assert.True(missing == 0 || flagged, $"step {step} of {steps}: {missing} pulses are missing and no sample says so");
            worst = Math.Max(worst, missing);
        }

        output.WriteLine($"{steps} runs, worst loss {worst} pulses of {FileLossMax} allowed");
        Assert.True(steps > 300, $"only {steps} steps");
    }

    private static long CountSteps(bool fram)
    {
        var test = Prepare(fram, out _);
        test.Board.OnIoStep = (_, _) => { };
        test.RunTo(StretchUs(fram));
        return test.Board.IoSteps;
    }

    private static TestBoard Prepare(bool fram, out PulseInput input)
    {
        var test = new TestBoard(fram: fram, channels: 1);
        input = test.Board.Pins.Attach(34, new SteadyContacts(TestBoard.StartUs - (50 * TestBoard.SecondUs), PeriodUs, bounces: 2));
        test.Board.I2c.Attach(VirtualSht4x.DefaultAddress, new VirtualSht4x(new SteadyAir(25, 50), 7));
        var board = test.Board;
        board.Schedule(TestBoard.StartUs + (15 * 60 * TestBoard.SecondUs), () => board.Wifi.AccessPointUp = false);
        board.Schedule(TestBoard.StartUs + (55 * 60 * TestBoard.SecondUs), () => board.Wifi.AccessPointUp = true);
        board.Schedule(TestBoard.StartUs + (75 * 60 * TestBoard.SecondUs), () => test.Link.Send(
            Topics.For(board.Eui64, Topics.Config),
            Encoding.UTF8.GetBytes(TestBoard.Settings(1).Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal)),
            retain: true));
        return test;
    }

    private static TestBoard Run(bool fram, long step, bool warned, out PulseInput input)
    {
        var test = Prepare(fram, out input);
        var board = test.Board;
        board.OnIoStep = (number, _) =>
        {
            if (number != step)
            {
                return;
            }

            if (warned)
            {
                // The supply fails during this step; the capacitor carries the processor for its 13.8 ms.
                board.Pins.Drive(board.Options.PowerFailPin, false);
                board.Schedule(board.NowUs + board.Options.HoldUpUs, () => Die(test, board));
                return;
            }

            Die(test, board);
        };
        test.RunTo(StretchUs(fram));
        board.OnIoStep = null;
        test.RunTo(StretchUs(fram) + (45 * 60 * TestBoard.SecondUs));
        return test;
    }

    private static void Die(TestBoard test, VirtualBoard board)
    {
        board.Kill("power cut");
        board.Pins.Drive(board.Options.PowerFailPin, true);
        test.Runner.PowerOnAt(board.NowUs + (20 * TestBoard.SecondUs));
    }

    /// <summary>Checks what must hold after any cut; returns the pulses that are missing from the last register.</summary>
    private static (long Missing, bool Flagged) Check(TestBoard test, PulseInput input, long step)
    {
        var where = $"step {step}";
        Assert.True(test.Runner.Escapes == 0, $"{where}: {test.Runner.LastEscape}");
        Assert.True(test.Board.Starts == 2, $"{where}: {test.Board.Starts} starts");
        var samples = test.Distinct.Values.ToList();
        var boots = samples.Select(s => s.Boot).Distinct().ToList();
        Assert.True(boots.Count is 1 or 2, $"{where}: boots {string.Join(',', boots)}");
        var last = boots[^1];
        Assert.Contains(samples, s => s.Boot == last && (s.Flags & SampleFlag.FirstOfBoot) != 0);

        // Registers never go down, sequence numbers have no holes.
        for (var i = 1; i < samples.Count; i++)
        {
            Assert.True(samples[i].Values[0] >= samples[i - 1].Values[0], $"{where}: the register went down at sample {i}");
            var follows = samples[i].Boot != samples[i - 1].Boot || samples[i].Sequence == samples[i - 1].Sequence + 1;
            Assert.True(follows, $"{where}: a hole at sample {i}");
        }

        // Pulses up to the last sample: those that came while no counter ran are nobody's fault.
        var newest = samples[^1];
        var due = ArrivedUntil(newest.Time * TestBoard.SecondUs) - input.ArrivedWhileDown;
        var flagged = samples.Any(s => s.Boot == last && (s.Flags & SampleFlag.RegisterRestored) != 0);
        return (due - newest.Values[0], flagged);
    }

    /// <summary>Rising edges behind the filter until an instant: each comes 8 to 9 ms after its contact closed.</summary>
    private static long ArrivedUntil(long atUs)
    {
        var first = TestBoard.StartUs - (50 * TestBoard.SecondUs) + 15_000;
        return atUs < first ? 0 : ((atUs - first) / PeriodUs) + 1;
    }
}
