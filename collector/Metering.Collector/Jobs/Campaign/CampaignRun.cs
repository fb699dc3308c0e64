using Metering.Collector.Diagnostics;
using Metering.Collector.Ingest;
using Metering.Collector.Jobs.Demo;
using Metering.Collector.Storage.Sqlite;
using Metering.Mqtt.Server;
using Metering.Simulator.Fleet;
using Metering.Simulator.Scenarios;
using Metering.Virtual;
using Microsoft.Extensions.Logging.Abstractions;

namespace Metering.Collector.Jobs.Campaign;

/// <summary>
/// The whole system with nothing replaced but the network: unmodified firmware on virtual boards under a fault plan; every
/// message goes through the collector's inbox (topic, SenML, deduplication, quarantine) into the embedded store before it
/// is acknowledged; what the store then says is held against the oracle.
/// </summary>
/// <remarks>The boards share one store, so that a commit makes the messages of all that wait durable.</remarks>
internal static class CampaignRun
{
    /// <summary>Runs a campaign.</summary>
    /// <param name="options">Seeds, days, faults.</param>
    /// <param name="folder">Empty folder for the store.</param>
    /// <param name="progress">Called from the boards' threads, or null.</param>
    /// <param name="clock">Measures how long it takes.</param>
    /// <param name="cancellationToken">Ends the run within a slice of simulated time.</param>
    public static async Task<CampaignReport> RunAsync(
        CampaignOptions options, string folder, IProgress<FleetProgress>? progress, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var scenario = SyntheticScenario.OfSeeds(options.FirstSeed, options.Seeds, options.Meters, options.From, options.Days);

        // The collector's clock stands behind the campaign: no sample of it is dated in the future.
        var after = new StandingClock(scenario.To.AddHours(1));
        var database = await SqliteDatabase.OpenAsync(folder, after, cancellationToken).ConfigureAwait(false);
        await using var closing = database.ConfigureAwait(false);
        var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        await using var disposing = services.ConfigureAwait(false);
        var store = new SqliteReadingStore(database);
        var quarantine = new Quarantine(database);
        var metrics = ActivatorUtilities.CreateInstance<IngestMetrics>(services);
        var inbox = new IngestInbox(store, new StoredQuarantine(quarantine), new BoardDirectory(), metrics, after, NullLogger<IngestInbox>.Instance);

        var truth = await FleetRunner.RunAsync(
            scenario, new InMemoryFleetTarget(board => LinkTo(inbox, board, options.Swallows, cancellationToken)), new FleetOptions { Faults = options.Faults }, progress, cancellationToken).ConfigureAwait(false);

        var held = await quarantine.CountAsync(cancellationToken).ConfigureAwait(false);
        var undatable = await store.UndatedAsync(cancellationToken).ConfigureAwait(false);
        var boards = await new CampaignOracle(scenario, truth, ScenarioRegistration.ToSnapshot(scenario.Registry), store)
            .CompareAsync(cancellationToken).ConfigureAwait(false);
        return new CampaignReport
        {
            Options = options,
            Boards = boards,
            Stored = metrics.Stored,
            Duplicates = metrics.Duplicates,
            Undatable = undatable,
            Quarantined = held,
            Problems = [.. StoreProblems(boards.Sum(b => b.Samples), undatable, metrics.Stored, held)],
            Wall = clock.GetElapsedTime(started),
        };
    }

    private static IEnumerable<string> StoreProblems(long dated, long undatable, long stored, long held)
    {
        if (held != 0)
        {
            yield return $"{held} messages in quarantine";
        }

        if (dated + undatable != stored)
        {
            yield return $"{dated} dated samples and {undatable} that nothing dates, {stored} were taken in";
        }
    }

    /// <summary>A broker of one board whose acknowledgement is the inbox's: the board's thread waits for the store as a socket would.</summary>
    private static InMemoryMqttLink LinkTo(IngestInbox inbox, ScenarioBoard board, Func<MqttLinkMessage, bool> swallows, CancellationToken cancellationToken) => new()
    {
        OnPublish = message => swallows(message) || inbox
            .AcceptAsync(
                new MqttInboundMessage(board.Eui64, board.Eui64, message.Topic, message.Payload, (byte)message.Qos, message.Retain), cancellationToken)
            .AsTask().GetAwaiter().GetResult() == MqttInboxResult.Accepted,
    };

    private sealed class StandingClock(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
