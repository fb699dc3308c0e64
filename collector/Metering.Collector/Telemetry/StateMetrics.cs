using System.Diagnostics.Metrics;
using Metering.Collector.Alerts;
using Metering.Collector.Diagnostics;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Alerts;

namespace Metering.Collector.Telemetry;

/// <summary>What is not counted but is so: when boards were last heard, how many alerts last, what is in quarantine.</summary>
internal sealed class StateMetrics
{
    public const string MeterName = "Metering.State";

    private readonly BoardDirectory boards;
    private readonly Quarantine quarantine;
    private readonly IAlertBook alerts;
    private readonly TimeProvider clock;
    private IReadOnlyList<Measurement<long>> lasting = [];
    private long held;

    public StateMetrics(IMeterFactory factory, BoardDirectory boards, Quarantine quarantine, IAlertBook alerts, TimeProvider clock)
    {
        (this.boards, this.quarantine, this.alerts, this.clock) = (boards, quarantine, alerts, clock);
        var meter = factory.Create(MeterName);
        meter.CreateObservableGauge("metering.boards", () => boards.All.Count, "{board}", "Boards heard since the collector started.");
        meter.CreateObservableGauge("metering.board.silence", Silence, "s", "Time since a board was last heard.");
        meter.CreateObservableGauge("metering.alerts", () => lasting, "{alert}", "Alerts that last, by kind.");
        meter.CreateObservableGauge("metering.quarantine.messages", () => held, "{message}", "Messages in quarantine.");
    }

    /// <summary>Reads what the store has to be asked for; gauges may not wait.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        held = await quarantine.CountAsync(cancellationToken).ConfigureAwait(false);
        var open = await alerts.ListAsync(openOnly: true, null, AlertLedger.PageMax, cancellationToken).ConfigureAwait(false);
        lasting = [.. Enum.GetValues<AlertKind>().Select(kind => new Measurement<long>(
            open.LongCount(alert => alert.Key.Kind == kind), new KeyValuePair<string, object?>("kind", AlertText.Code(kind))))];
    }

    private IEnumerable<Measurement<double>> Silence()
    {
        var now = clock.GetUtcNow();
        return boards.All.OrderBy(static board => board.Board, StringComparer.Ordinal).Select(board => new Measurement<double>(
            Math.Max(0, (now - board.LastHeard).TotalSeconds), new KeyValuePair<string, object?>("board", board.Board)));
    }
}
