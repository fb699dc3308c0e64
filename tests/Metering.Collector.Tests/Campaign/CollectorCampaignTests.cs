using Metering.Collector.Jobs.Campaign;
using Metering.Collector.Tests.Storage;
using Metering.Simulator.Faults;
using Xunit;
using Xunit.Abstractions;

namespace Metering.Collector.Tests.Campaign;

/// <summary>
/// From the meter's contact to the audit, with nothing replaced but the network: unmodified firmware under a fault plan
/// (power cuts with and without warning, brown-outs, network, broker and time server gone, acknowledgements lost and late,
/// sensor faults, counter glitches), and the collector's own decoder, deduplication, late dating, quarantine, store and
/// verification.
/// </summary>
public sealed class CollectorCampaignTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Two_everyday_years_of_ten_seeds_are_in_the_store_pulse_for_pulse_and_interval_by_interval()
    {
        var report = await RunAsync(FaultLevel.Everyday, seeds: 10, days: 730);

        Assert.True(report.IsRight, report.ToString());

        // A campaign in which nothing happened would prove nothing.
        Assert.All(report.Boards, b => Assert.True(b is { Boots: > 10, PulsesWhileDown: > 0, LossesChecked: > 0, CollapsesChecked: > 0, IntervalsChecked: > 200_000 }, b.ToString()));
        Assert.True(report.Duplicates > 500);
    }

    [Fact]
    public async Task Storm_seasons_of_three_seeds_are_in_the_store_pulse_for_pulse_and_interval_by_interval()
    {
        var report = await RunAsync(FaultLevel.Storm, seeds: 3, days: 75);

        Assert.True(report.IsRight, report.ToString());
        Assert.All(report.Boards, b => Assert.True(b is { Boots: > 20, PulsesWhileDown: > 0, LossesChecked: > 0, CollapsesChecked: > 0, IntervalsChecked: > 5_000 }, b.ToString()));
        Assert.True(report.Duplicates > 0);
    }

    [Fact]
    public async Task Campaign_sees_that_one_acknowledged_message_is_not_in_the_store()
    {
        using var folder = new TemporaryFolder();
        var messages = 0;
        var options = new CampaignOptions { Seeds = 1, Days = 4, Faults = FaultLevel.None, Swallows = m => m.Topic.EndsWith("/readings", StringComparison.Ordinal) && ++messages == 200 };

        var report = await CampaignRun.RunAsync(options, folder.Path, null, TimeProvider.System, CancellationToken.None);

        Assert.False(report.IsRight);
        Assert.Contains(report.Boards[0].Problems, p => p.StartsWith("boot 1: sequences 1 to 577, 576 of them", StringComparison.Ordinal));
        Assert.Contains(report.Boards[0].Problems, p => p.StartsWith("ch1: unexplained", StringComparison.Ordinal));
    }

    private async Task<CampaignReport> RunAsync(FaultLevel faults, int seeds, int days)
    {
        using var folder = new TemporaryFolder();
        var options = new CampaignOptions { Seeds = seeds, Days = days, Faults = faults };
        var report = await CampaignRun.RunAsync(options, folder.Path, null, TimeProvider.System, CancellationToken.None);
        output.WriteLine(report + " (loaded machine)");
        return report;
    }
}
