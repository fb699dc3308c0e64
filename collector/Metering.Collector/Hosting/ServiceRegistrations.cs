using Metering.Collector.Diagnostics;
using Metering.Collector.Ingest;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Mqtt.Server;

namespace Metering.Collector.Hosting;

/// <summary>The parts of a collector, by purpose.</summary>
internal static class ServiceRegistrations
{
    public static void AddMeteringStore(this IServiceCollection services, SqliteDatabase database)
    {
        services.AddSingleton(database);
        services.AddSingleton<SqliteReadingStore>();
        services.AddSingleton<IReadingStore>(_ => CorrectedReadingStore.Of(database));
        services.AddSingleton<Quarantine>();
        services.AddSingleton<RegistryStore>();
    }

    public static void AddMeteringIngest(this IServiceCollection services)
    {
        services.AddSingleton<BoardDirectory>();
        services.AddSingleton<BoardStateStore>();
        services.AddSingleton(static provider => new BoardHealthReader(
            provider.GetRequiredService<BoardDirectory>(), provider.GetRequiredService<BoardStateStore>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<BoardDirectoryKeeper>();
        services.AddHostedService(static provider => provider.GetRequiredService<BoardDirectoryKeeper>());
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<IQuarantine, StoredQuarantine>();
        services.AddSingleton<IMqttInbox, IngestInbox>();
    }
}
