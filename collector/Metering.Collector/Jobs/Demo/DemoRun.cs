using Metering.Collector.Cli;
using Metering.Collector.Hosting;
using Metering.Collector.Ingest;
using Metering.Collector.Notes;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Languages;
using Metering.Core.Notes.Dossier;
using Metering.Core.Registry;
using Metering.Simulator.Fleet;
using Metering.Simulator.Scenarios;

namespace Metering.Collector.Jobs.Demo;

/// <summary>
/// One demo from the first pulse to the note: virtual boards reach the collector of this process over real TCP, and the
/// accounts are drawn from the store alone and laid beside what the oracle knows.
/// </summary>
internal sealed class DemoRun(DemoPlan plan, DemoFolder folder, CollectorHost host, TimeProvider clock)
{
    private readonly Scenario scenario = plan.Scenario;

    /// <summary>Runs the boards to the end of the scenario against a started collector, then writes note and summary.</summary>
    public async Task<DemoSummary> RunAsync(IProgress<FleetProgress> progress, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var registry = ScenarioRegistration.ToSnapshot(scenario.Registry);
        await host.Services.GetRequiredService<RegistryStore>()
            .SaveAsync(registry, "demo", $"scenario {scenario.Name}", cancellationToken).ConfigureAwait(false);

        await WriteDossierAsync(cancellationToken).ConfigureAwait(false);
        var mqtt = host.Mqtt ?? throw new InvalidOperationException("The demo's collector has no MQTT listener.");
        var truth = await FleetRunner.RunAsync(
            scenario, new TcpFleetTarget(mqtt.Address.ToString(), mqtt.Port), plan.Fleet, progress, cancellationToken).ConfigureAwait(false);

        var store = host.Services.GetRequiredService<SqliteReadingStore>();
        var metrics = host.Services.GetRequiredService<IngestMetrics>();
        var quarantined = await host.Services.GetRequiredService<Quarantine>().CountAsync(cancellationToken).ConfigureAwait(false);
        await WriteNoteAsync(store, registry, quarantined, cancellationToken).ConfigureAwait(false);
        var report = await new Verification(store, registry)
            .RunAsync(scenario.Registry.Building.Id, null, scenario.To, quarantined, cancellationToken).ConfigureAwait(false);

        var summary = new DemoSummary
        {
            Scenario = scenario.Name,
            Seed = scenario.Seed,
            Boards = scenario.Boards.Count,
            Messages = metrics.Messages,
            PulsesEmitted = truth.PulsesEmitted,
            PulsesWhileDown = truth.PulsesWhileDown,
            PulsesStored = report.RegisterPulses,
            SamplesExpected = truth.SamplesExpected,
            SamplesStored = await SamplesAsync(store, registry, scenario.To, cancellationToken).ConfigureAwait(false),
            DuplicatesDropped = metrics.Duplicates,
            Quarantined = quarantined,
            Restarts = truth.Boards.Sum(b => b.Boots - 1),
            Explained = report.IsExplained,
            EnergyKwh = report.Circuits.GroupBy(c => c.Point).ToDictionary(g => g.Key, g => g.Sum(c => c.Audit.EnergyWh) / 1000m),
            Period = new DemoPeriod(report.From ?? scenario.From, report.To ?? scenario.To),
            WallS = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 1),
            Note = Path.GetFileName(folder.NotePath),
        };
        summary.Write(folder.Path);
        return summary;
    }

    /// <summary>What no meter measures goes with the store, so that later notes and exports from the folder say it too.</summary>
    private async Task WriteDossierAsync(CancellationToken cancellationToken)
    {
        var building = scenario.Registry.Building.Id;
        if (NoteDossierFiles.Exists(folder.Path, building))
        {
            return;
        }

        await NoteDossierFiles.WriteAsync(folder.Path, building, plan.Dossier, cancellationToken).ConfigureAwait(false);
        foreach (var (language, text) in plan.Narratives)
        {
            await NoteDossierFiles.WriteNarrativeAsync(folder.Path, building, language, text, cancellationToken).ConfigureAwait(false);
        }
    }

    private NoteDossier Dossier(string building)
    {
        try
        {
            return NoteDossierFiles.Read(folder.Path, building);
        }
        catch (NoteException e)
        {
            throw new UsageException(e.Message, e);
        }
    }

    private async Task WriteNoteAsync(SqliteReadingStore store, RegistrySnapshot registry, long quarantined, CancellationToken cancellationToken)
    {
        var request = plan.Complete(new NoteRequest
        {
            BuildingId = scenario.Registry.Building.Id,
            AsOf = scenario.To,
            Version = ProductVersion.Text,
            Quarantined = quarantined,
            Dossier = Dossier(scenario.Registry.Building.Id),
        });
        var model = await NoteService.BuildAsync(request, store, registry, cancellationToken).ConfigureAwait(false);
        using var text = new StringWriter { NewLine = "\n" };
        HtmlNoteWriter.Write(model, Language.French, text);
        await File.WriteAllTextAsync(folder.NotePath, text.ToString(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Samples in the store up to the scenario's end, counted once a board: every channel of a board is in each of its samples.</summary>
    private static async Task<long> SamplesAsync(SqliteReadingStore store, RegistrySnapshot registry, DateTimeOffset to, CancellationToken cancellationToken)
    {
        long samples = 0;
        foreach (var board in registry.Assignments.GroupBy(a => a.Board))
        {
            var statistics = await store.StatisticsAsync(
                board.First().Key, DateTimeOffset.MinValue, to.AddTicks(1), cancellationToken).ConfigureAwait(false);
            samples += statistics.Count + statistics.Missing;
        }

        return samples;
    }
}
