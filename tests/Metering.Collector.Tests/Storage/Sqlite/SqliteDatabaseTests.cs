using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Metering.Collector.Tests.Storage.Sqlite;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Open_makes_the_directory_and_what_was_appended_is_there_after_a_restart()
    {
        var directory = folder.File("new/data");
        await using (var database = await Open(directory))
        {
            await new SqliteReadingStore(database).AppendAsync(Samples.Series(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(10), 3), default);
        }

        await using var again = await Open(directory);
        Assert.Equal(3, (await new SqliteReadingStore(again).LatestAsync(Samples.Ch1, default))!.Value.Sequence);
    }

    [Fact]
    public async Task The_file_is_in_write_ahead_log_mode_and_every_commit_is_synced()
    {
        await using var database = await Open(folder.Path);
        Assert.Equal((1, 2), await database.Writer.WriteAsync(
            session =>
            {
                var mode = session.Prepare("PRAGMA journal_mode");
                mode.Step();
                var wal = mode.Text(0) == "wal" ? 1 : 0;
                mode.Reset();
                return (wal, (int)session.Scalar("PRAGMA synchronous"));
            },
            default));
    }

    [Fact]
    public async Task Open_where_a_file_stands_in_place_of_the_directory_says_so()
    {
        var path = folder.File("occupied");
        await File.WriteAllTextAsync(path, "x");
        var failure = await Assert.ThrowsAsync<StoreOpenException>(() => Open(path));
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_of_a_file_that_is_no_database_says_so_and_leaves_it_alone()
    {
        var path = folder.File(SqliteDatabase.FileName);
        var text = string.Concat(Enumerable.Repeat("not a database ", 500));
        await File.WriteAllTextAsync(path, text);
        var failure = await Assert.ThrowsAsync<StoreOpenException>(() => Open(folder.Path));
        Assert.Contains("not a database of this program", failure.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task Open_of_another_programs_database_says_so()
    {
        Run("CREATE TABLE theirs (a)");
        var failure = await Assert.ThrowsAsync<StoreOpenException>(() => Open(folder.Path));
        Assert.Contains("another program", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_of_a_newer_schema_names_both_numbers()
    {
        await using (await Open(folder.Path))
        {
        }

        Run("PRAGMA user_version = 999");
        var failure = await Assert.ThrowsAsync<StoreOpenException>(() => Open(folder.Path));
        Assert.Contains("999", failure.Message, StringComparison.Ordinal);
        Assert.Contains(SqliteSchema.Version.ToString(System.Globalization.CultureInfo.InvariantCulture), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_refuses_the_append_keeps_what_was_acknowledged_and_recovers()
    {
        await using var database = await Open(folder.Path);
        var store = new SqliteReadingStore(database);
        await store.AppendAsync(Samples.Series(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(10), 100), default);

        // The page limit answers SQLITE_FULL where a full disk does, and can be lifted again.
        await LimitPages(database, 1);
        var more = Samples.Series(DateTimeOffset.UnixEpoch, TimeSpan.FromMinutes(10), 5000)[100..];
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(more, default));
        Assert.Contains("full", failure.Message, StringComparison.Ordinal);
        Assert.Equal(100, (await store.StatisticsAsync(Samples.Ch1, DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue.AddYears(-1), default)).Count);

        await LimitPages(database, 1_000_000);
        Assert.Equal(new AppendResult(4900, 0), await store.AppendAsync(more, default));
    }

    [Fact]
    public async Task A_mistake_in_one_request_undoes_that_request_alone()
    {
        await using var database = await Open(folder.Path);
        var store = new SqliteReadingStore(database);
        var good = store.AppendAsync([Samples.Of(1, 1, DateTimeOffset.UnixEpoch)], default);
        var bad = database.Writer.WriteAsync<int>(
            session =>
            {
                session.Execute("INSERT INTO counter (name, value) VALUES ('left-over', 1)");
                throw new InvalidOperationException("mistake");
            },
            default);
        var after = store.AppendAsync([Samples.Of(1, 2, DateTimeOffset.UnixEpoch.AddMinutes(10))], default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal(1, (await good).Stored + (await after).Stored - 1);
        Assert.Equal(0, await database.ReadAsync(s => s.Scalar("SELECT count(*) FROM counter"), default));
    }

    [Fact]
    public async Task A_closed_store_refuses_and_does_not_hang()
    {
        var database = await Open(folder.Path);
        var store = new SqliteReadingStore(database);
        await database.DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync([Samples.Of(1, 1, DateTimeOffset.UnixEpoch)], default));
    }

    private static Task<SqliteDatabase> Open(string directory) => SqliteDatabase.OpenAsync(directory, TimeProvider.System, default);

    private static Task<int> LimitPages(SqliteDatabase database, long pages) =>
        database.Writer.WriteAsync(session => (int)session.Scalar(FormattableString.Invariant($"PRAGMA max_page_count = {pages}")), default);

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File(SqliteDatabase.FileName)};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant text of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
