using System.Diagnostics;
using Metering.Simulator.Appliances;
using Metering.Simulator.Fleet;
using Metering.Simulator.Scenarios;
using Xunit;
using Xunit.Abstractions;

namespace Metering.Firmware.Tests.Campaign;

/// <summary>The demonstration's scenario, with the unmodified firmware: every pulse of the real house's 137 days arrives.</summary>
public sealed class HouseScenarioTests(ITestOutputHelper output)
{
    [Fact]
    public async Task House_delivers_every_pulse_and_every_room_value_of_137_days()
    {
        var data = AppliancesDataSet.LoadEmbedded();
        var scenario = HouseScenario.Create(data, seed: 1);
        var receiver = new SampleReceiver();
        var clock = Stopwatch.StartNew();

        var truth = await FleetRunner.RunAsync(scenario, new InMemoryFleetTarget(receiver.LinkOf), null, CancellationToken.None);

        output.WriteLine($"137 days, 10 boards, {truth.MessagesPublished} messages in {clock.Elapsed.TotalSeconds:F1} s (loaded machine)");

        // SOURCE.md of the data set: 192 801 and 7 503 pulses; 19 735 steps have 19 736 boundaries.
        Assert.Equal(192_801 + 7_503, truth.PulsesEmitted);
        Assert.Equal(10 * 19_736, truth.SamplesExpected);
        Assert.Equal(truth.SamplesExpected, receiver.Boards.Sum(b => b.Value.Samples.Count));
        Assert.All(truth.Boards, b => Assert.Equal((1, 0L), (b.Boots, b.SamplesWaiting)));

        var panel = receiver.Boards[scenario.Boards[0].Eui64].ByTime();
        for (var step = 0; step < AppliancesDataSet.Steps; step++)
        {
            var at = AppliancesDataSet.Start.AddMinutes(10 * step).ToUnixTimeSeconds();
            Assert.Equal(data.AppliancesWhByStep[step], 10 * (panel[at + 600]["ch1"] - panel[at]["ch1"]));
            Assert.Equal(data.LightsWhByStep[step], 10 * (panel[at + 600]["ch2"] - panel[at]["ch2"]));
        }

        for (var room = 0; room < AppliancesDataSet.Rooms; room++)
        {
            var samples = receiver.Boards[scenario.Boards[1 + room].Eui64].ByTime();
            for (var step = 0; step < AppliancesDataSet.Steps; step++)
            {
                var sample = samples[AppliancesDataSet.Start.AddMinutes(10 * step).ToUnixTimeSeconds()];

                // The sensor's own resolution (175 K and 125 % over 65 535 steps), then two decimals: at most 0.0064 off.
                Assert.InRange((double)sample["t1"] - data.RoomTemperature[room][step], -0.0064, 0.0064);
                Assert.InRange((double)sample["rh1"] - data.RoomHumidity[room][step], -0.0064, 0.0064);
            }
        }
    }
}
