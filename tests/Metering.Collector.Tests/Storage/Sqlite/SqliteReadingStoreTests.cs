using Metering.Collector.Storage.Sqlite;
using Xunit;

namespace Metering.Collector.Tests.Storage.Sqlite;

/// <summary>The contract, on SQLite.</summary>
public sealed class SqliteReadingStoreTests : ReadingStoreContract
{
    protected override async Task<StoreUnderTest> OpenAsync()
    {
        var folder = new TemporaryFolder();
        var database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        return new StoreUnderTest(new SqliteReadingStore(database), async () =>
        {
            await database.DisposeAsync();
            folder.Dispose();
        });
    }

    [Fact]
    public async Task Samples_that_never_got_a_clock_are_counted()
    {
        await using var under = await OpenAsync();
        var store = (SqliteReadingStore)under.Store;
        await store.AppendAsync([Samples.Undated(1, 1, up: 5), Samples.Undated(2, 1, up: 5)], default);
        Assert.Equal(2, await store.UndatedAsync(default));
        await store.AppendAsync([Samples.Of(2, 2, T0)], default);
        Assert.Equal(1, await store.UndatedAsync(default));
    }
}
