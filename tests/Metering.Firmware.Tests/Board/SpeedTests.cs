using Metering.Virtual;
using Xunit.Abstractions;

namespace Metering.Firmware.Tests.Board;

public sealed class SpeedTests(ITestOutputHelper output)
{
    [Fact]
    public void Ninety_days_of_a_four_channel_board_run_and_say_how_fast()
    {
        var test = new TestBoard(channels: 4);
        var inputs = new List<PulseInput>();
        for (var i = 0; i < 4; i++)
        {
            inputs.Add(test.Board.Pins.Attach(BoardPins.Standard().PulsePins[i], new SteadyContacts(TestBoard.StartUs + (i * 3_000_000), 36_000_000 + (i * 7_000_003), bounces: 2)));
        }

        test.Board.I2c.Attach(VirtualSht4x.DefaultAddress, new VirtualSht4x(new SteadyAir(20, 50), 9));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        test.RunTo((90 * TestBoard.DayUs) + TestBoard.SecondUs);
        watch.Stop();
        var pulses = inputs.Sum(i => i.Arrived);
        var years = 90 / 365.25;
        output.WriteLine($"{pulses} pulses, {test.Samples.Count} samples, {test.Runner.Ticks} ticks in {watch.ElapsedMilliseconds} ms: {years / watch.Elapsed.TotalSeconds:F2} simulated years a second (loaded machine)");
        Assert.Equal(inputs.Sum(i => i.Emitted), pulses);
        Assert.Equal(90 * 144, test.Distinct.Count(s => s.Value.Time > TestBoard.StartUs / TestBoard.SecondUs));
    }
}
