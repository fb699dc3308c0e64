using System.Diagnostics;
using System.Globalization;
using Metering.Simulator.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Metering.Collector.Tests.Campaign;

/// <summary>
/// From the meter's contact to the audit, with nothing replaced but the network: unmodified firmware under a fault plan,
/// and the collector's own decoder, deduplication, late dating, quarantine, store and verification. The two-year campaign
/// of ten seeds (Metering.Firmware.Tests) runs against a small receiver written from the wire format alone.
/// </summary>
public sealed class CollectorCampaignTests(ITestOutputHelper output)
{
    private const int Days = 75;

    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Everyday_seasons_of_three_seeds_are_in_the_store_pulse_for_pulse_and_interval_by_interval()
    {
        var reports = await RunAsync(FaultLevel.Everyday, 1, 2, 3);

        Assert.All(reports, r => Assert.True(r.Problems.Count == 0, r.ToString()));

        // A campaign in which nothing happened would prove nothing.
        Assert.All(reports, r => Assert.True(r is { Duplicates: > 0, IntervalsChecked: > 20_000 }, r.ToString()));
        Assert.True(reports.Sum(r => r.PulsesWhileDown) > 0 && reports.Sum(r => r.LossesChecked) > 0);
    }

    [Fact]
    public async Task Storm_season_is_in_the_store_pulse_for_pulse_and_interval_by_interval()
    {
        var report = Assert.Single(await RunAsync(FaultLevel.Storm, 1));

        Assert.True(report.Problems.Count == 0, report.ToString());
        Assert.True(report is { Boots: > 20, Duplicates: > 0, PulsesWhileDown: > 0, LossesChecked: > 0, IntervalsChecked: > 5_000 }, report.ToString());
    }

    private async Task<CampaignReport[]> RunAsync(FaultLevel faults, params int[] seeds)
    {
        var clock = Stopwatch.StartNew();
        var reports = new CampaignReport[seeds.Length];
        var two = new ParallelOptions { MaxDegreeOfParallelism = 2 };
        await Parallel.ForAsync(0, seeds.Length, two, async (i, cancellationToken) =>
            reports[i] = await CollectorCampaign.RunAsync(seeds[i], From, Days, faults, cancellationToken));

        foreach (var report in reports)
        {
            output.WriteLine(report.ToString());
        }

        var years = seeds.Length * Days / 365.25;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{years:F2} simulated years in {clock.Elapsed.TotalSeconds:F1} s: {years / clock.Elapsed.TotalSeconds:F3} years a second on two threads (loaded machine)"));
        return reports;
    }
}
