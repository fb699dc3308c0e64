using Metering.Collector.Storage.Influx;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Storage.Forwarding;

/// <summary>
/// Takes readings from the embedded intake to InfluxDB: in the order of arrival, one request in flight, so that the order
/// of each channel is kept; an entry leaves the intake's outbox only after the server confirmed it. Stopped or killed at
/// any point it resumes there: a batch that was written and not yet removed is written again, which changes nothing.
/// </summary>
public sealed class InfluxForwarder : IDisposable
{
    /// <summary>Under which <see cref="StandingTrouble"/> keeps why nothing is forwarded.</summary>
    internal const string TroubleName = "forwarding";

    private static readonly TimeSpan RetentionInterval = TimeSpan.FromHours(1);

    private readonly SqliteDatabase database;
    private readonly SqliteReadingStore intake;
    private readonly OutboxReader outbox;
    private readonly ForwardOptions options;
    private readonly ILogger<InfluxForwarder> logger;
    private readonly InfluxHttp http;
    private readonly InfluxPointWriter writer;
    private long forwarded;
    private long refused;
    private DateTimeOffset retained;
    private bool told;

    /// <summary>A forwarder; nothing happens before <see cref="RunAsync"/>.</summary>
    /// <param name="database">The intake's database.</param>
    /// <param name="intake">The intake.</param>
    /// <param name="influx">Where the readings go.</param>
    /// <param name="options">Pauses and retention.</param>
    /// <param name="logger">Told when trouble begins and ends, not at each retry.</param>
    /// <param name="handler">Sends the requests; null: over the network.</param>
    public InfluxForwarder(
        SqliteDatabase database, SqliteReadingStore intake, InfluxOptions influx, ForwardOptions options, ILogger<InfluxForwarder> logger, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(intake);
        ArgumentNullException.ThrowIfNull(influx);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        this.database = database;
        this.intake = intake;
        outbox = new OutboxReader(intake.Layout);
        this.options = options;
        this.logger = logger;
        http = new InfluxHttp(influx, handler);
        writer = new InfluxPointWriter(http);
        ForwardMetrics.Observe(this);
    }

    /// <summary>Why the last attempt failed, or null when it did not.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Forwards until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await TurnOnAsync(cancellationToken).ConfigureAwait(false);
        var pause = options.RetryMin;
        while (!cancellationToken.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                await DrainAsync(cancellationToken).ConfigureAwait(false);
                await RecoveredAsync(cancellationToken).ConfigureAwait(false);
                await RetainAsync(cancellationToken).ConfigureAwait(false);
                pause = options.RetryMin;
                wait = options.PollInterval;
            }
            catch (Exception failure) when (failure is InfluxException or StoreUnavailableException)
            {
                await FailedAsync(failure, cancellationToken).ConfigureAwait(false);
                wait = (failure as InfluxException)?.RetryAfter is { } asked && asked < options.RetryMax ? asked : pause;
                pause = pause * 2 < options.RetryMax ? pause * 2 : options.RetryMax;
            }

            await Task.Delay(wait, database.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Makes the intake queue what it stores; the first time, all that it holds is queued.</summary>
    public Task<bool> TurnOnAsync(CancellationToken cancellationToken)
    {
        var now = database.Time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.Writer.WriteAsync(session => Outbox.TurnOn(session, now), cancellationToken);
    }

    /// <summary>Makes the database at the server where it is missing.</summary>
    /// <exception cref="InfluxException">The server does not do it.</exception>
    public Task EnsureDatabaseAsync(CancellationToken cancellationToken) => InfluxProvisioning.EnsureDatabaseAsync(http, cancellationToken);

    /// <summary>Forwards all that waits.</summary>
    /// <returns>Readings confirmed.</returns>
    /// <exception cref="InfluxException">The server does not take them now; what was confirmed before stays confirmed.</exception>
    public async Task<long> DrainAsync(CancellationToken cancellationToken)
    {
        long confirmed = 0;
        await using var pages = new OutboxPages(database, outbox, cancellationToken);
        var confirmations = new Confirmations(database, http.Options.Database, cancellationToken);
        try
        {
            while (await pages.NextAsync().ConfigureAwait(false) is { } page)
            {
                var bad = await writer.WriteAsync(page.Lines.WrittenMemory, page.Packed, cancellationToken).ConfigureAwait(false);
                confirmations.Add(page.Batch, bad);
                confirmed += page.Batch.Readings;
                Interlocked.Add(ref forwarded, page.Batch.Readings);
                Interlocked.Add(ref refused, bad.Count);
                pages.Return(page);
            }
        }
        finally
        {
            // What the server has is taken down whatever comes after it.
            await confirmations.CompleteAsync().ConfigureAwait(false);
        }

        return confirmed;
    }

    public async Task<ForwardStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var (waiting, oldest) = await database.ReadAsync(Outbox.Waiting, cancellationToken).ConfigureAwait(false);
        var lag = oldest is { } queued ? database.Time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(queued) : TimeSpan.Zero;
        return new ForwardStatus(waiting, lag, Interlocked.Read(ref forwarded), Interlocked.Read(ref refused), Trouble);
    }

    public void Dispose()
    {
        ForwardMetrics.Forget(this);
        http.Dispose();
    }

    /// <summary>The explicit policy, and only when everything is confirmed.</summary>
    private async Task RetainAsync(CancellationToken cancellationToken)
    {
        var now = database.Time.GetUtcNow();
        if (options.KeepAfterForwarding is { } keep && now - retained >= RetentionInterval)
        {
            retained = now;
            await intake.RemoveForwardedAsync(now - keep, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Tells the log when trouble begins, and the store each time its words change, for <c>doctor</c>.</summary>
    private async Task FailedAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (Trouble is null)
        {
            ForwardLog.Stopped(logger, failure.Message);
        }

        if (Trouble != failure.Message)
        {
            Trouble = failure.Message;
            await TellAsync(session => StandingTrouble.Set(session, TroubleName, database.Time.GetUtcNow(), failure.Message), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RecoveredAsync(CancellationToken cancellationToken)
    {
        if (Trouble is not null || !told)
        {
            // The first time: a former run may have left its trouble.
            await TellAsync(static session => StandingTrouble.Clear(session, TroubleName), cancellationToken).ConfigureAwait(false);
            told = true;
        }

        if (Trouble is not null)
        {
            ForwardLog.Resumed(logger);
        }

        Trouble = null;
    }

    /// <summary>A store that cannot write is the reason for much greater trouble than this note of it.</summary>
    private async Task TellAsync(Func<SqliteSession, bool> what, CancellationToken cancellationToken)
    {
        try
        {
            await database.Writer.WriteAsync(what, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is StoreUnavailableException or OperationCanceledException)
        {
            told = false;
        }
    }
}
