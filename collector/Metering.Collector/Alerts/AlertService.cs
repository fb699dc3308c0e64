using Metering.Collector.Storage;
using Metering.Core.Alerts;
using Metering.Core.Languages;

namespace Metering.Collector.Alerts;

/// <summary>Looks, decides, writes down, tells; once a minute while the collector runs.</summary>
internal sealed class AlertService(
    AlertObserver observer, AlertLedger ledger, AlertDelivery delivery, AlertGate gate, AlertSettings settings, TimeProvider clock, ILogger<AlertService> logger)
    : BackgroundService
{
    private Dictionary<AlertKey, AlertCondition>? state;

    /// <summary>One look: what has changed is durable and queued when the task completes.</summary>
    /// <param name="now">Instant to look from.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<AlertChange>> LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = state ?? await ledger.ConditionsAsync(cancellationToken).ConfigureAwait(false);
        var seen = await observer.ObserveAsync(now, settings.Thresholds, cancellationToken).ConfigureAwait(false);
        var step = AlertRules.Step(before, seen, settings.Thresholds, now);
        if (step.Changes.Count > 0)
        {
            await ledger.SaveAsync(step.Changes, delivery.Channels, now, cancellationToken).ConfigureAwait(false);
        }

        // Only what is durable counts: a look that could not be written down is done again.
        state = new Dictionary<AlertKey, AlertCondition>(step.State);
        foreach (var change in step.Changes)
        {
            if (change.IsRaised)
            {
                AlertLog.Raised(logger, AlertText.Sentence(change.Key, change.Value ?? 0, Language.English));
            }
            else
            {
                AlertLog.Cleared(logger, AlertText.Code(change.Key.Kind), change.Key.Subject);
            }
        }

        return step.Changes;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await gate.WaitAsync(stoppingToken).ConfigureAwait(false);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(gate.Now(clock), stoppingToken).ConfigureAwait(false);
                await delivery.SendDueAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Alerts must not stop the collector, whatever is wrong with them; the next look tries again.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                AlertLog.Failed(logger, failure is StoreUnavailableException ? failure.Message : failure.ToString());
            }

            await Task.Delay(TimeSpan.FromSeconds(settings.EverySeconds), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}

/// <summary>
/// From when on, and from which instant, alerts are looked at. A collector looks at once and from now; a demo looks after
/// its replay, from the end of the replayed period, or every board would be silent since the year of its data.
/// </summary>
internal sealed class AlertGate
{
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DateTimeOffset? instant;

    /// <param name="instant">Instant to look from once open; null: open, from now.</param>
    public AlertGate(DateTimeOffset? instant = null)
    {
        this.instant = instant;
        if (instant is null)
        {
            opened.SetResult();
        }
    }

    public void Open() => opened.TrySetResult();

    public DateTimeOffset Now(TimeProvider clock) => instant ?? clock.GetUtcNow();

    public Task WaitAsync(CancellationToken cancellationToken) => opened.Task.WaitAsync(cancellationToken);
}
