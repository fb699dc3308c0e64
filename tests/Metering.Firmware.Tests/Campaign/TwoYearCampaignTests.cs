using System.Diagnostics;
using System.Globalization;
using Metering.Simulator.Faults;
using Metering.Simulator.Fleet;
using Metering.Simulator.Scenarios;
using Xunit;
using Xunit.Abstractions;

namespace Metering.Firmware.Tests.Campaign;

/// <summary>
/// Two simulated years of one board with two meters and a sensor under the everyday fault plan, ten seeds: power cuts,
/// brown-outs, network, broker and time server gone, acknowledgements lost and late, sensor faults, counter glitches.
/// The oracle's pulses equal what a deduplicating receiver reconstructs, interval by interval.
/// </summary>
public sealed class TwoYearCampaignTests(ITestOutputHelper output)
{
    private const int Seeds = 10;
    private const int Days = 730;
    private const int Meters = 2;

    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Two_everyday_years_of_ten_boards_account_for_every_pulse_interval_by_interval()
    {
        var clock = Stopwatch.StartNew();
        var reports = new CampaignReport[Seeds];
        var two = new ParallelOptions { MaxDegreeOfParallelism = 2 };
        await Parallel.ForAsync(0, Seeds, two, async (i, cancellationToken) =>
            reports[i] = await CampaignRun.RunAsync(seed: i + 1, Meters, From, Days, FaultLevel.Everyday, cancellationToken));

        foreach (var report in reports)
        {
            output.WriteLine(report.ToString());
        }

        var years = Seeds * Days / 365.25;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{years:F1} simulated years in {clock.Elapsed.TotalSeconds:F1} s: {years / clock.Elapsed.TotalSeconds:F2} years a second on two threads (loaded machine)"));
        Assert.All(reports, r => Assert.True(r.Problems.Count == 0, r.ToString()));

        // A campaign in which nothing happened would prove nothing.
        Assert.All(reports, r => Assert.True(r is { Boots: > 10, Duplicates: > 0, PulsesLostWhileDown: > 0, IntervalsChecked: > 90_000 }, r.ToString()));
    }
}
