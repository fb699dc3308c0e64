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

    /// <summary>Shortest S0 pulse (IEC 62053-31): what is safe with it is safe with every longer one.</summary>
    private const long WidthUs = 30_000;

    /// <summary>From the closing contact to the counter: input filter and bounce.</summary>
    private const long FilterUsMax = 15_000;

    private const long FirstUs = TestBoard.StartUs - (50 * TestBoard.SecondUs);

    private static long StretchUs(bool fram) => (fram ? 100 : 480) * 60 * TestBoard.SecondUs;

    /// <summary>Pulses that one save of the register without FRAM may be behind: 15 minutes, or the newest sample.</summary>
    private static readonly long FileLossMax = (15 * 60 * TestBoard.SecondUs / PeriodUs) + 1;

    [Fact]
    public void With_fram_and_warning_no_pulse_is_lost_or_doubled_at_any_step()
    {
        var steps = CountSteps(fram: true);
        var doubted = 0;
        for (var step = 1L; step <= steps; step++)
        {
            var cut = Run(fram: true, step, warned: true);
            var found = Check(cut, step);
            Assert.True(found.Missing == 0, $"step {step} of {steps}: {found.Missing} pulses are missing");
            doubted += found.Flagged ? 1 : 0;
        }

        output.WriteLine($"{steps} runs, no pulse missing; {doubted} of them say that one may be");
        Assert.True(steps > 500, $"only {steps} steps");

        // Only a cut within the start, before the board listens to the warning, leaves a doubt.
        Assert.True(doubted < 40, $"{doubted} of {steps} announced cuts were not recognised as such");
    }

    [Fact]
    public void With_fram_and_no_warning_every_pulse_that_was_over_at_the_cut_is_counted_once_and_the_interval_says_what_may_miss()
    {
        var steps = CountSteps(fram: true);
        var interrupted = 0;
        for (var step = 1L; step <= steps; step++)
        {
            var cut = Run(fram: true, step, warned: false);
            var found = Check(cut, step);
            if (found.Missing != 0)
            {
                // At most the one pulse that the meter was emitting when the board went down; its interval carries flag 1.
                Assert.True(found.Missing == 1 && InPulse(cut.AtUs), $"step {step} of {steps}: {found.Missing} pulses are missing");
                Assert.True(found.Flagged, $"step {step} of {steps}: a pulse is missing and no sample says so");
                interrupted++;
            }
        }

        output.WriteLine($"{steps} runs, {interrupted} of them cut a pulse off before it was saved; no pulse missing that was over");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pulse_is_safe_before_the_shortest_S0_pulse_is_over(bool warned)
    {
        // Half a millisecond apart, from before the contact of some pulse closes to well after it opens; many pulses,
        // because the looks of the meter loop fall differently on each.
        var latestLoss = -1L;
        var runs = 0;
        for (var pulse = 20; pulse < 32; pulse++)
        {
            for (var offset = -WidthUs; offset <= WidthUs + 20_000; offset += 500)
            {
                var atUs = FirstUs + (pulse * PeriodUs) + offset;
                var cut = RunUntilCut(atUs, warned);
                var found = Check(cut, -offset);
                runs++;
                Assert.True(found.Missing is 0 or 1, $"{offset} us after the contact closed: {found.Missing} pulses are missing");
                if (found.Missing == 1)
                {
                    // With the warning only what came after it can be missing, in an interval that ends in another boot.
                    latestLoss = Math.Max(latestLoss, cut.AtUs - (FirstUs + (pulse * PeriodUs)));
                    Assert.True(warned ? offset < FilterUsMax : found.Flagged, $"{offset} us after the contact closed: a pulse is missing and no sample says so");
                }
            }
        }

        output.WriteLine($"{runs} runs; the latest cut that cost a pulse came {latestLoss} us after its contact had closed, {WidthUs} us are the shortest pulse");
        Assert.InRange(latestLoss, 1, WidthUs - 1);
    }

    [Fact]
    public void Without_fram_the_loss_is_bounded_and_flagged_at_every_step()
    {
        var steps = CountSteps(fram: false);
        var worst = 0L;
        for (var step = 1L; step <= steps; step++)
        {
            var (missing, flagged) = Check(Run(fram: false, step, warned: false), step);
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

    /// <summary>Whether a contact is closed at an instant.</summary>
    private static bool InPulse(long atUs) => atUs >= FirstUs && (atUs - FirstUs) % PeriodUs < WidthUs;

    private static TestBoard Prepare(bool fram, out PulseInput input)
    {
        var test = new TestBoard(fram: fram, channels: 1);
        input = test.Board.Pins.Attach(34, new SteadyContacts(FirstUs, PeriodUs, WidthUs, bounces: 2));
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

    private static Cut Run(bool fram, long step, bool warned)
    {
        var test = Prepare(fram, out var input);
        var cut = new Cut(test, input);
        test.Board.OnIoStep = (number, _) =>
        {
            if (number == step)
            {
                Begin(cut, warned);
            }
        };
        test.RunTo(StretchUs(fram));
        test.Board.OnIoStep = null;
        test.RunTo(StretchUs(fram) + (45 * 60 * TestBoard.SecondUs));
        return cut;
    }

    private static Cut RunUntilCut(long atUs, bool warned)
    {
        var test = new TestBoard(channels: 1);
        var cut = new Cut(test, test.Board.Pins.Attach(34, new SteadyContacts(FirstUs, PeriodUs, WidthUs, bounces: 2)));
        test.Board.Schedule(atUs, () => Begin(cut, warned));
        test.RunTo(22 * 60 * TestBoard.SecondUs);
        return cut;
    }

    private static void Begin(Cut cut, bool warned)
    {
        var board = cut.Test.Board;
        if (!warned)
        {
            Die(cut);
            return;
        }

        // The supply fails now; the capacitor carries the processor for its 13.8 ms.
        board.Pins.Drive(board.Options.PowerFailPin, false);
        board.Schedule(board.NowUs + board.Options.HoldUpUs, () => Die(cut));
    }

    private static void Die(Cut cut)
    {
        var board = cut.Test.Board;
        cut.AtUs = board.NowUs;
        board.Kill("power cut");
        board.Pins.Drive(board.Options.PowerFailPin, true);
        cut.Test.Runner.PowerOnAt(board.NowUs + (20 * TestBoard.SecondUs));
    }

    /// <summary>Checks what must hold after any cut; returns the pulses that are missing from the last register.</summary>
    private static (long Missing, bool Flagged) Check(Cut cut, long step)
    {
        var (test, input) = (cut.Test, cut.Input);
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
        var first = FirstUs + FilterUsMax;
        return atUs < first ? 0 : ((atUs - first) / PeriodUs) + 1;
    }

    /// <summary>One run and the instant at which its processor stopped.</summary>
    private sealed class Cut(TestBoard test, PulseInput input)
    {
        public TestBoard Test { get; } = test;

        public PulseInput Input { get; } = input;

        public long AtUs { get; set; }
    }
}
