using Metering.Collector.Storage.Influx;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Storage.Forwarding;

/// <summary>Forwards while the collector runs.</summary>
internal sealed class ForwardingService(InfluxForwarder forwarder, ILogger<ForwardingService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await forwarder.EnsureDatabaseAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (InfluxException failure)
        {
            // Not there yet, or not ours to make: the forwarder goes on trying and tells why it cannot.
            ForwardLog.NotProvisioned(logger, failure.Message);
        }

        await forwarder.RunAsync(stoppingToken).ConfigureAwait(false);
    }
}

/// <summary>Adds forwarding where it is set.</summary>
internal static class ForwardingRegistrations
{
    internal static void AddMeteringForwarding(this IServiceCollection services, InfluxSettings settings)
    {
        if (settings.Url is null)
        {
            return;
        }

        services.AddSingleton(provider => new InfluxForwarder(
            provider.GetRequiredService<SqliteDatabase>(),
            provider.GetRequiredService<SqliteReadingStore>(),
            settings.ToOptions(),
            new ForwardOptions { KeepAfterForwarding = settings.KeepDays is { } days ? TimeSpan.FromDays(days) : null },
            provider.GetRequiredService<ILogger<InfluxForwarder>>()));
        services.AddHostedService<ForwardingService>();
    }
}

/// <summary>What waits to be forwarded, for who looks at a store from outside.</summary>
/// <param name="IsOn">Whether anything is forwarded.</param>
/// <param name="Waiting">Entries that wait.</param>
/// <param name="Lag">Age of the oldest of them.</param>
/// <param name="Trouble">Why the running collector cannot forward, or null: it can, or none runs.</param>
public sealed record ForwardBacklog(bool IsOn, long Waiting, TimeSpan Lag, StandingTrouble? Trouble)
{
    /// <summary>The backlog of a store; zero where nothing is forwarded.</summary>
    public static Task<ForwardBacklog> ReadAsync(SqliteDatabase database, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(time);
        return database.ReadAsync(
            session =>
            {
                var (waiting, oldest) = Outbox.Waiting(session);
                var lag = oldest is { } queued ? time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(queued) : TimeSpan.Zero;
                return new ForwardBacklog(Outbox.IsOn(session), waiting, lag, StandingTrouble.Read(session, InfluxForwarder.TroubleName));
            },
            cancellationToken);
    }
}
