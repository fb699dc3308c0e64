using System.Diagnostics.Metrics;
using System.Globalization;
using Metering.Collector.Diagnostics;
using Metering.Collector.Ingest;
using Metering.Collector.Jobs;
using Metering.Collector.Jobs.Demo;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage;
using Metering.Core.Energy;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Metering.Mqtt.Server;
using Metering.Simulator.Faults;
using Metering.Simulator.Fleet;
using Metering.Simulator.Scenarios;
using Metering.Virtual;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Metering.Collector.Tests.Campaign;

/// <summary>
/// One board through a campaign against the collector itself: every message that the board publishes goes through the
/// inbox (topic, SenML, quarantine) into the embedded store before it is acknowledged; what the store then says is
/// held against the oracle.
/// </summary>
internal static class CollectorCampaign
{
    private const long Period = 600;
    private const int Meters = 2;

    /// <summary>Runs the board from <paramref name="from"/>, then compares.</summary>
    public static async Task<CampaignReport> RunAsync(
        int seed, DateTimeOffset from, int days, FaultLevel faults, CancellationToken cancellationToken)
    {
        var scenario = SyntheticScenario.Create(boards: 1, Meters, from, days, seed);
        using var folder = new TemporaryFolder();

        // The collector's clock stands behind the campaign: no sample of it is dated in the future.
        var clock = new ManualTime { Now = scenario.To.AddHours(1) };
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, clock, cancellationToken);
        var store = new SqliteReadingStore(database);
        var quarantine = new Quarantine(database);
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var metrics = new IngestMetrics(services.GetRequiredService<IMeterFactory>());
        var inbox = new IngestInbox(store, new StoredQuarantine(quarantine), new BoardDirectory(), metrics, clock, NullLogger<IngestInbox>.Instance);

        var truth = await FleetRunner.RunAsync(
            scenario, new InMemoryFleetTarget(board => LinkTo(inbox, board, cancellationToken)), new FleetOptions { Faults = faults }, null, cancellationToken);

        var registry = ScenarioRegistration.ToSnapshot(scenario.Registry);
        var held = await quarantine.CountAsync(cancellationToken);
        var verification = await new Verification(store, registry).RunAsync(scenario.Registry.Building.Id, null, null, held, cancellationToken);
        var report = new CampaignReport(seed)
        {
            Boots = truth.Boards[0].Boots,
            Stored = metrics.Stored,
            Duplicates = metrics.Duplicates,
            Undatable = await store.UndatedAsync(cancellationToken),
            PulsesEmitted = truth.PulsesEmitted,
            PulsesWhileDown = truth.PulsesWhileDown,
        };
        if (held != 0)
        {
            report.Add($"{held} messages in quarantine");
        }

        await CheckSamplesAsync(store, truth.Boards[0], report, cancellationToken);
        foreach (var circuit in verification.Circuits)
        {
            CheckTotals(circuit, truth.Boards[0], report);
            await CheckIntervalsAsync(scenario, registry, store, circuit, truth.Boards[0], report, cancellationToken);
        }

        if (verification.Circuits.Count != Meters)
        {
            report.Add($"{verification.Circuits.Count} circuits were verified, the board has {Meters}");
        }

        return report;
    }

    /// <summary>A broker of one board whose acknowledgement is the inbox's: the board's thread waits for the store as a socket would.</summary>
    private static InMemoryMqttLink LinkTo(IngestInbox inbox, ScenarioBoard board, CancellationToken cancellationToken) => new()
    {
        OnPublish = message => inbox
            .AcceptAsync(
                new MqttInboundMessage(board.Eui64, board.Eui64, message.Topic, message.Payload, (byte)message.Qos, message.Retain), cancellationToken)
            .AsTask().GetAwaiter().GetResult() == MqttInboxResult.Accepted,
    };

    /// <summary>Every sample once: the sequences of each boot run from 1 without a hole, and nothing is left on the board.</summary>
    private static async Task CheckSamplesAsync(SqliteReadingStore store, BoardTruth board, CampaignReport report, CancellationToken cancellationToken)
    {
        var channel = board.Channels[0].Channel; // every sample holds every channel of its board
        var samples = (await store.ReadBoardAsync(board.Board, [channel], DateTimeOffset.MinValue, DateTimeOffset.MaxValue, cancellationToken))
            .Of(channel).Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

        foreach (var boot in samples.GroupBy(s => s.Boot))
        {
            if (boot.Min(s => s.Sequence) != 1 || boot.Max(s => s.Sequence) != boot.Count())
            {
                report.Add($"boot {boot.Key}: sequences {boot.Min(s => s.Sequence)} to {boot.Max(s => s.Sequence)}, {boot.Count()} of them");
            }
        }

        if (samples.Count + report.Undatable != report.Stored)
        {
            report.Add($"{samples.Count} dated samples and {report.Undatable} that nothing dates, {report.Stored} were taken in");
        }

        if (board.SamplesWaiting != 0)
        {
            report.Add($"{board.SamplesWaiting} samples still in the journal");
        }
    }

    /// <summary>What <c>metering verify</c> prints: pulses by register = pulses of the intervals = emitted less lost while down.</summary>
    private static void CheckTotals(CircuitVerification circuit, BoardTruth board, CampaignReport report)
    {
        var audit = circuit.Audit;
        var channel = board.Channels.Single(c => c.PointId == circuit.Point);
        var counted = channel.PulsesEmitted - channel.PulsesWhileDown;
        if (audit.RegisterPulses != counted || audit.IntervalPulses != counted || audit.WithheldPulses != 0)
        {
            report.Add($"{channel.Channel}: {audit.RegisterPulses} by register, {audit.IntervalPulses} in the intervals, {audit.WithheldPulses} withheld; {counted} could be counted");
        }

        if (!circuit.IsExplained)
        {
            report.Add($"{channel.Channel}: unexplained {string.Join("; ", audit.Gaps.Where(g => !g.IsExplained).Concat(circuit.Unreported).Take(3))}");
        }

        if (audit.SetAside.Count != 0)
        {
            report.Add($"{channel.Channel}: set aside {string.Join("; ", audit.SetAside.Take(3))}");
        }
    }

    /// <summary>
    /// From one reading on the grid to the next: the pulses of the intervals in between = pulses emitted - pulses lost while
    /// down; and each loss lies in an interval that the audit calls a restart.
    /// </summary>
    private static async Task CheckIntervalsAsync(
        Scenario scenario, RegistrySnapshot registry, SqliteReadingStore store, CircuitVerification circuit, BoardTruth board,
        CampaignReport report, CancellationToken cancellationToken)
    {
        var assignment = circuit.Audit.Assignment;
        var readings = new List<Reading>();
        await foreach (var reading in store.ReadAsync(assignment.Key, scenario.From, DateTimeOffset.MaxValue, cancellationToken))
        {
            readings.Add(reading);
        }

        var options = IntervalOptions.Of(registry.Points.Single(p => p.Id == circuit.Point), registry.Buildings[0]);
        var series = IntervalBuilder.Build(circuit.Point, [new AssignedReadings(assignment, readings)], options);
        var grid = readings.Where(r => r.Clock != ClockQuality.None && !r.Flags.HasFlag(SampleFlags.OffGrid)).Select(r => r.Time).ToHashSet();
        var channel = circuit.Audit.Assignment.Channel;
        var m = board.Channels.ToList().FindIndex(c => c.Channel == channel);
        var counts = scenario.Boards[0].Meters[m].Trace.Counts;
        DateTimeOffset? begin = null;
        long counted = 0;
        foreach (var interval in series.Intervals)
        {
            begin ??= grid.Contains(interval.Start) ? interval.Start : null;
            counted += interval.Pulses ?? 0;
            if (begin is not { } a || !grid.Contains(interval.End))
            {
                continue;
            }

            var b = interval.End;
            var emitted = Enumerable.Range(Step(scenario, a), Step(scenario, b) - Step(scenario, a)).Sum(s => s < counts.Count ? (long)counts[s] : 0);
            var lost = board.DownTimes.Where(d => d.To > a && d.To <= b).Sum(d => d.PulsesLost[m]);
            report.IntervalsChecked++;
            if (counted != emitted - lost)
            {
                report.Add($"{channel} {At(a)} to {At(b)}: {counted} counted, {emitted} emitted, {lost} lost while down");
            }

            begin = b;
            counted = 0;
        }

        if (begin != scenario.To)
        {
            report.Add($"{channel}: compared up to {begin}, the campaign ends {scenario.To}");
        }

        foreach (var down in board.DownTimes.Where(d => d.PulsesLost[m] != 0))
        {
            report.LossesChecked++;
            if (!circuit.Audit.Gaps.Any(g => g.Kind is AuditGapKind.Restart or AuditGapKind.RegisterRestored && g.Start <= down.To && g.End >= down.From))
            {
                report.Add($"{channel} {At(down.From)} to {At(down.To)}: lost {down.PulsesLost[m]} outside every interval called a restart");
            }
        }
    }

    private static int Step(Scenario scenario, DateTimeOffset at) => (int)((at - scenario.From).TotalSeconds / Period);

    private static string At(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
