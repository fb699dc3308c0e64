using Metering.Firmware.Journal;
using Metering.Virtual;
using Metering.Wire;
using Xunit.Abstractions;

namespace Metering.Firmware.Tests.Board;

public sealed class OutageTests(ITestOutputHelper output)
{
    [Fact]
    public void Thirty_days_offline_at_four_channels_lose_nothing_and_drain_fast()
    {
        var test = Offline(days: 30);
        var back = TestBoard.StartUs + (31 * TestBoard.DayUs);
        test.Board.Schedule(back, () => test.Board.Wifi.AccessPointUp = true);
        test.RunTo((31 * TestBoard.DayUs) - TestBoard.SecondUs);
        var waiting = test.App!.JournalDepth;
        Assert.InRange(waiting, 30 * 144, 31 * 144);

        // Back-off may wait ten minutes before the next attempt; the drain itself is counted from the first pack.
        var received = test.Samples.Count;
        var drainStart = 0L;
        test.Accept = _ =>
        {
            drainStart = drainStart == 0 ? test.Board.NowUs : drainStart;
            return true;
        };
        while (test.App.JournalDepth > 1)
        {
            test.Runner.RunFor(TimeSpan.FromSeconds(5));
            Assert.True(test.Board.NowUs < back + TestBoard.DayUs, "the drain did not end");
        }

        var drainUs = test.Board.NowUs - drainStart;
        output.WriteLine($"{waiting} samples drained in {drainUs / 1e6:F0} s of board time, {30.0 * TestBoard.DayUs / drainUs:F0} times real time");
        Assert.True(30 * TestBoard.DayUs / drainUs >= 50);
        Assert.Equal(test.Distinct.Keys.Select(k => k.Sequence), Enumerable.Range(1, test.Distinct.Count).Select(i => (long)i));
        Assert.True(test.Samples.Count - received >= waiting);
        Assert.DoesNotContain(test.Distinct.Values, s => (s.Flags & SampleFlag.JournalDropped) != 0);
        Assert.Contains("\"n\":\"jdrop\",\"u\":\"count\",\"v\":0}", test.Statuses[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Beyond_capacity_the_oldest_are_dropped_counted_and_reported()
    {
        var test = Offline(days: 80);
        test.Board.Schedule(TestBoard.StartUs + (81 * TestBoard.DayUs), () => test.Board.Wifi.AccessPointUp = true);
        test.RunTo(82 * TestBoard.DayUs);
        var sequences = test.Distinct.Keys.Select(k => k.Sequence).ToList();
        var hole = Enumerable.Range(1, sequences.Count - 1).Single(i => sequences[i] != sequences[i - 1] + 1);
        var dropped = sequences[hole] - sequences[hole - 1] - 1;
        output.WriteLine($"{dropped} samples dropped, {82 * 144 - dropped} kept");
        Assert.InRange(dropped, 1, 60 * 144);

        // The register bridges the hole: energy is whole, and the sample behind it says why there is a hole.
        Assert.NotEqual(0, test.Distinct[(1, sequences[hole])].Flags & SampleFlag.JournalDropped);
        Assert.Contains(test.Events, e => e.Contains("journal-dropped", StringComparison.Ordinal) && e.Contains($"\"v\":{dropped}}}", StringComparison.Ordinal));
        Assert.Contains($"\"n\":\"jdrop\",\"u\":\"count\",\"v\":{dropped}}}", test.Statuses[^1], StringComparison.Ordinal);
        Assert.True(test.Board.Flash.UsedBlocks <= 36 + 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Journal_holds_the_days_that_the_capacity_table_says(int channels)
    {
        var board = new VirtualBoard(new VirtualBoardOptions { StartUs = TestBoard.StartUs });
        var kept = 0L;
        var runner = new VirtualBoardRunner(board, () =>
        {
            kept = Fill(channels);
            return new BoardProgram(() => long.MaxValue / 2000, () => long.MaxValue / 2000, () => long.MaxValue / 2000, () => long.MaxValue / 2000, 1000);
        });
        runner.RunFor(TimeSpan.FromSeconds(10));
        var days = kept / 144.0;
        output.WriteLine($"{channels} channels, T and RH: {kept} samples, {days:F1} days");
        var documented = channels switch { 1 => 49, 2 => 44, _ => 36 };
        Assert.True(days >= documented, $"{days:F1} days, documented {documented}");
    }

    private static long Fill(int channels)
    {
        var journal = new SampleJournal(36);
        var sample = new WireSample();
        journal.Open(sample);
        var random = new Random(99);
        var index = new long[channels];
        for (var n = 1; n <= 12_000; n++)
        {
            sample.Clear();
            sample.Boot = 3;
            sample.Sequence = n;
            sample.Uptime = n * 600L;
            sample.Time = 1_772_323_200 + (n * 600L);
            sample.Clock = ClockCode.Synchronised;
            for (var c = 0; c < channels; c++)
            {
                // 12 kW without a break: the worst that 10 Wh pulses can do.
                index[c] += 200;
                sample.Add((byte)(WireChannel.Pulse + 1 + c), index[c]);
            }

            sample.Add(WireChannel.Temperature + 1, 2000 + random.Next(1500));
            sample.Add(WireChannel.Humidity + 1, 4000 + random.Next(5000));
            Assert.True(journal.Append(sample));
        }

        Assert.Equal(12_000, journal.Depth + journal.Dropped);
        return journal.Depth;
    }

    private static TestBoard Offline(int days)
    {
        var test = new TestBoard(channels: 4);
        for (var i = 0; i < 4; i++)
        {
            test.Board.Pins.Attach(BoardPins.Standard().PulsePins[i], new SteadyContacts(TestBoard.StartUs + (i * 7_000_000), (40 + (i * 17)) * 1_000_000L));
        }

        test.Board.I2c.Attach(VirtualSht4x.DefaultAddress, new VirtualSht4x(new SteadyAir(27.5, 78), 4));
        test.Board.Schedule(TestBoard.StartUs + TestBoard.DayUs, () => test.Board.Wifi.AccessPointUp = false);
        return test;
    }
}
