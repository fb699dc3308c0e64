using System.Globalization;
using Metering.Simulator.Faults;
using Metering.Simulator.Fleet;
using Metering.Simulator.Scenarios;

namespace Metering.Firmware.Tests.Campaign;

/// <summary>One board through a campaign, and the comparison of what arrived with the truth.</summary>
internal static class CampaignRun
{
    private const long Period = 600;

    public static async Task<CampaignReport> RunAsync(
        int seed, int meters, DateTimeOffset from, int days, FaultLevel faults, CancellationToken cancellationToken)
    {
        var scenario = SyntheticScenario.Create(boards: 1, meters, from, days, seed);
        var receiver = new SampleReceiver();
        var truth = await FleetRunner.RunAsync(
            scenario, new InMemoryFleetTarget(receiver.LinkOf), new FleetOptions { Faults = faults }, null, cancellationToken);
        var board = truth.Boards[0];
        var received = receiver.Boards[board.Board];
        var report = new CampaignReport(seed)
        {
            Boots = board.Boots,
            Duplicates = received.Duplicates,
            Samples = received.Samples.Count,
            PulsesEmitted = truth.PulsesEmitted,
            PulsesLostWhileDown = truth.PulsesWhileDown,
        };
        CheckSequences(received, board, report);
        CheckIntervals(scenario, received, board, report);
        CheckClimate(scenario, received, report);
        return report;
    }

    /// <summary>Every sample that the firmware took has arrived: no hole in any boot.</summary>
    private static void CheckSequences(ReceivedBoard received, BoardTruth board, CampaignReport report)
    {
        foreach (var boot in received.Samples.Values.GroupBy(s => s.Boot))
        {
            if (boot.Max(s => s.Seq) != boot.Count() || boot.Min(s => s.Seq) != 1)
            {
                report.Add($"boot {boot.Key}: sequences {boot.Min(s => s.Seq)} to {boot.Max(s => s.Seq)}, {boot.Count()} of them");
            }
        }

        if (board.SamplesWaiting != 0)
        {
            report.Add($"{board.SamplesWaiting} samples still in the journal");
        }
    }

    /// <summary>Between any two neighbouring samples on the grid: register difference = pulses emitted - pulses lost while down.</summary>
    private static void CheckIntervals(Scenario scenario, ReceivedBoard received, BoardTruth board, CampaignReport report)
    {
        var start = scenario.From.ToUnixTimeSeconds();
        var grid = received.Samples.Values.Where(s => s.Time != 0 && (s.Flags & 4) == 0).ToList();
        foreach (var twice in grid.GroupBy(s => s.Time).Where(g => g.Count() > 1))
        {
            report.Add($"instant {At(twice.Key)} was sampled {twice.Count()} times");
        }

        grid.Sort((a, b) => a.Time.CompareTo(b.Time));
        for (var m = 0; m < scenario.Boards[0].Meters.Count; m++)
        {
            var counts = scenario.Boards[0].Meters[m].Trace.Counts;
            var channel = $"ch{m + 1}";
            for (var i = 1; i < grid.Count; i++)
            {
                var (a, b) = (grid[i - 1], grid[i]);
                long expected = 0;
                for (var step = (a.Time - start) / Period; step < (b.Time - start) / Period; step++)
                {
                    expected += step < counts.Count ? counts[(int)step] : 0;
                }

                var lost = board.DownTimes
                    .Where(d => d.To.ToUnixTimeSeconds() > a.Time && d.To.ToUnixTimeSeconds() <= b.Time).Sum(d => d.PulsesLost[m]);
                report.IntervalsChecked++;
                if (b.Values[channel] - a.Values[channel] != expected - lost)
                {
                    report.Add($"{channel} {At(a.Time)} to {At(b.Time)}: {b.Values[channel] - a.Values[channel]} counted, {expected} emitted, {lost} lost while down");
                }

                // A loss is never silent: the interval ends in another boot, whose first sample says so.
                if (lost != 0 && a.Boot == b.Boot)
                {
                    report.Add($"{channel} {At(a.Time)} to {At(b.Time)}: lost {lost} without a new boot");
                }
            }
        }
    }

    /// <summary>A climate value is the room's at its instant to the sensor's resolution, or missing with a reason; never an old one.</summary>
    private static void CheckClimate(Scenario scenario, ReceivedBoard received, CampaignReport report)
    {
        var air = scenario.Boards[0].Climate!;
        foreach (var sample in received.Samples.Values.Where(s => s.Time != 0 && (s.Flags & 4) == 0))
        {
            if (!sample.Values.TryGetValue("t1", out var t))
            {
                report.MissingClimate++;
                if (!sample.Missing.TryGetValue("t1", out var why) || why is not ("nack" or "crc" or "timeout" or "absent" or "heater"))
                {
                    report.Add($"{At(sample.Time)}: no temperature and no reason");
                }

                continue;
            }

            var (celsius, percent) = air.At((sample.Time + 1) * 1_000_000);
            if (Math.Abs((double)t - celsius) > 0.0064 || Math.Abs((double)sample.Values["rh1"] - percent) > 0.0064)
            {
                report.Add($"{At(sample.Time)}: {t} and {sample.Values["rh1"]}, the air was {celsius:F3} and {percent:F3}");
            }
        }
    }

    private static string At(long unixSeconds) =>
        DateTimeOffset.FromUnixTimeSeconds(unixSeconds).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>What a campaign found.</summary>
internal sealed class CampaignReport(int seed)
{
    private const int ProblemsMax = 12;

    public int Boots { get; init; }

    public long Duplicates { get; init; }

    public int Samples { get; init; }

    public long PulsesEmitted { get; init; }

    public long PulsesLostWhileDown { get; init; }

    public long IntervalsChecked { get; set; }

    public long MissingClimate { get; set; }

    public List<string> Problems { get; } = [];

    public void Add(string problem)
    {
        if (Problems.Count < ProblemsMax)
        {
            Problems.Add(problem);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {seed}: {Boots} boots, {Samples} samples, {Duplicates} duplicates, {PulsesEmitted} pulses, {PulsesLostWhileDown} while down, {IntervalsChecked} intervals, {MissingClimate} without climate{string.Concat(Problems.Select(p => Environment.NewLine + "  " + p))}");
}
