using Metering.Collector.Storage.Influx;
using Xunit;

namespace Metering.Collector.Tests.Storage.Influx;

/// <summary>The contract, on the real influxd 1.x with authentication and TLS.</summary>
[NeedsProgram("influxd")]
public sealed class InfluxReadingStoreTests(InfluxdFixture fixture) : ReadingStoreContract, IClassFixture<InfluxdFixture>
{
    /// <summary>Each order is two dozen HTTP exchanges.</summary>
    protected override int OrdersTried => 5;

    protected override async Task<StoreUnderTest> OpenAsync()
    {
        var store = new InfluxReadingStore(
            fixture.Server.Options(fixture.NewDatabase()),
            static (point, _) => throw new InvalidOperationException($"refused: {point.Words}: {point.Line}"));
        await store.EnsureDatabaseAsync(default);
        return new StoreUnderTest(store, () =>
        {
            store.Dispose();
            return ValueTask.CompletedTask;
        });
    }
}
