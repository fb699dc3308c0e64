namespace Metering.Collector.Alerts;

/// <summary>Sends what waits, with a growing pause after failures and an end to it.</summary>
internal sealed class AlertDelivery(AlertLedger ledger, IEnumerable<IAlertChannel> channels, TimeProvider clock, ILogger<AlertDelivery> logger)
{
    /// <summary>Alerts in one message: a site without power tells of two hundred boards in two mails, not in two hundred.</summary>
    public const int BatchMax = 100;

    /// <summary>Attempts before a message is given up; with the pauses about nine hours. The alert itself stays in the book.</summary>
    public const int AttemptsMax = 16;

    private static readonly TimeSpan PauseMin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseMax = TimeSpan.FromHours(1);

    private readonly IAlertChannel[] all = [.. channels];

    public IReadOnlyList<string> Channels => [.. all.Select(static channel => channel.Name)];

    /// <summary>Sends what is due.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        foreach (var channel in all)
        {
            var due = await ledger.DueAsync(channel.Name, clock.GetUtcNow(), BatchMax, cancellationToken).ConfigureAwait(false);
            if (due.Count == 0)
            {
                continue;
            }

            try
            {
                await channel.SendAsync(due, cancellationToken).ConfigureAwait(false);
                await ledger.DoneAsync(due, cancellationToken).ConfigureAwait(false);
            }
            catch (AlertSendException failure)
            {
                var attempt = due.Max(static message => message.Attempts) + 1;
                AlertLog.NotSent(logger, due.Count, channel.Name, attempt, failure.Message);
                await ledger.DoneAsync([.. due.Where(static message => message.Attempts + 1 >= AttemptsMax)], cancellationToken).ConfigureAwait(false);
                await ledger.LaterAsync([.. due.Where(static message => message.Attempts + 1 < AttemptsMax)], clock.GetUtcNow() + Pause(attempt), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Pause after so many attempts: 30 s, doubled each time, at most an hour.</summary>
    internal static TimeSpan Pause(int attempts) =>
        PauseMin * Math.Pow(2, Math.Min(attempts, 12) - 1) is var pause && pause < PauseMax ? pause : PauseMax;
}
