using Metering.Collector.Storage;
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
    public async Task A_board_of_more_than_one_page_is_read_whole()
    {
        await using var under = await OpenAsync();
        var series = Samples.Series(T0, TimeSpan.FromSeconds(60), BoardReader.PageRows + 2);
        foreach (var part in series.Chunk(SampleRules.SamplesPerAppendMax))
        {
            await under.Store.AppendAsync(part, default);
        }

        var board = await under.Store.ReadBoardAsync(Samples.Board, ["rh1"], T0 + TimeSpan.FromSeconds(60), T0.AddDays(100), default);

        Assert.Equal(
            series[1..].Select(s => (s.Sequence, s.Values[2].Value)),
            board.Of("rh1").Between(T0, T0.AddDays(100)).Select(r => (r.Sequence, r.Value)));
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
