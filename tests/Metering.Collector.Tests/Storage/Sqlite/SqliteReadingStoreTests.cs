using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;
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
    public async Task Reading_a_board_at_once_gives_the_samples_that_its_channels_give_one_by_one()
    {
        await using var under = await OpenAsync();
        var store = (SqliteReadingStore)under.Store;
        var series = Samples.Series(T0, TimeSpan.FromSeconds(60), 9000); // more than two pages
        await store.AppendAsync(series, default);
        var read = new List<Sample>();
        await foreach (var sample in store.ReadBoardAsync(Samples.Board, T0 + TimeSpan.FromSeconds(60), T0.AddDays(100), default))
        {
            read.Add(sample);
        }

        Assert.Equal(series[1..].Select(s => (s.Sequence, s.Time, s.UptimeSeconds)), read.Select(s => (s.Sequence, s.Time, s.UptimeSeconds)));
        Assert.Equal(series[1..].SelectMany(s => s.Values), read.SelectMany(s => s.Values));
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
