using Metering.Virtual;
using Metering.Wire;

namespace Metering.Firmware.Tests.Board;

public sealed class OneDayTests
{
    [Fact]
    public void A_day_of_pulses_and_air_arrives_whole_and_on_the_grid()
    {
        var test = new TestBoard(channels: 2);
        var first = test.Board.Pins.Attach(34, new SteadyContacts(TestBoard.StartUs + 5_000_000, 7_000_000, bounces: 4));
        var second = test.Board.Pins.Attach(35, new SteadyContacts(TestBoard.StartUs + 5_500_000, 40_000_000, widthUs: 30_000));
        test.Board.I2c.Attach(VirtualSht4x.DefaultAddress, new VirtualSht4x(new SteadyAir(21.29, 45.12), 0x12345678));
        test.RunTo(TestBoard.DayUs + (30 * TestBoard.SecondUs));

        Assert.Equal(0, test.Runner.Escapes);
        Assert.Equal(144, test.Distinct.Count(s => s.Value.Time > TestBoard.StartUs / 1_000_000));
        Assert.All(test.Samples, s => Assert.Equal(0, s.Time % 600));
        Assert.All(test.Samples, s => Assert.Equal(ClockCode.Synchronised, s.Clock));
        var last = test.Samples[^1];
        Assert.Equal((TestBoard.StartUs + TestBoard.DayUs) / 1_000_000, last.Time);
        Assert.Equal((86_400 - 5 + 6) / 7, last.Values[0]);
        Assert.Equal(2160, last.Values[1]);
        Assert.Equal(first.Arrived, first.Emitted);
        Assert.Equal(0, first.ArrivedWhileDown + second.ArrivedWhileDown);
        Assert.Equal(2129, last.Values[2]);
        Assert.Equal(4512, last.Values[3]);
        Assert.Equal(Enumerable.Range(1, test.Samples.Count).Select(i => (long)i), test.Samples.Select(s => s.Sequence));
    }

    [Fact]
    public void Jumping_over_idle_polls_changes_no_byte()
    {
        static List<string> Run(bool skips)
        {
            var test = new TestBoard(channels: 1);
            test.Runner.SkipsIdlePolls = skips;
            test.Board.Pins.Attach(34, new SteadyContacts(TestBoard.StartUs, 13_456_789, bounces: 3));
            test.Board.I2c.Attach(VirtualSht4x.DefaultAddress, new VirtualSht4x(new SteadyAir(19, 60), 1));
            test.Board.Schedule(TestBoard.StartUs + (3 * TestBoard.HourUs), () => test.Board.Wifi.AccessPointUp = false);
            test.Board.Schedule(TestBoard.StartUs + (5 * TestBoard.HourUs), () => test.Board.Wifi.AccessPointUp = true);
            test.RunTo(12 * TestBoard.HourUs);
            return [.. test.Packs.Select(System.Text.Encoding.ASCII.GetString)];
        }

        Assert.Equal(string.Join("\n", Run(skips: false)), string.Join("\n", Run(skips: true)));
    }
}
