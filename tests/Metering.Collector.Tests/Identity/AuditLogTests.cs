using System.Security.Cryptography;
using Metering.Collector.Identity.Audit;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Metering.Collector.Tests.Identity;

/// <summary>The audit log grows at its end, and whatever else happens to it is refused or found.</summary>
public sealed class AuditLogTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly ManualTime time = new();
    private SqliteDatabase database = null!;
    private AuditLog log = null!;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.Path, time, CancellationToken.None);
        log = new AuditLog(database);
        for (var i = 1; i <= 5; i++)
        {
            await log.AppendAsync("account:1", "read", $"point:{i}", "GET /points/{id}", CancellationToken.None);
            time.Now += TimeSpan.FromDays(1);
        }
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Entries_come_back_newest_first_and_the_chain_holds()
    {
        var entries = await log.ReadAsync(null, 3, CancellationToken.None);

        Assert.Equal([5L, 4L, 3L], entries.Select(e => e.Id));
        Assert.Equal("point:5", entries[0].Subject);
        Assert.Equal([2L, 1L], (await log.ReadAsync(3, 3, CancellationToken.None)).Select(e => e.Id));
        var verdict = await log.VerifyAsync(CancellationToken.None);
        Assert.Null(verdict.BrokenAt);
        Assert.Equal(5, verdict.Entries);
        Assert.Equal(entries[0].Hash, verdict.Head);
    }

    [Fact]
    public async Task First_hash_is_the_SHA256_that_another_computation_gives()
    {
        // Written out by hand from the description in AuditHash: hash before, number, time, then each text with its length.
        var ms = new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var bytes = new List<byte>(new byte[32]);
        bytes.AddRange(Convert.FromHexString($"{1L:x16}{ms:x16}"));
        foreach (var text in new[] { "account:1", "read", "point:1", "GET /points/{id}", "" })
        {
            bytes.AddRange(Convert.FromHexString($"{(long)text.Length:x16}"));
            bytes.AddRange(System.Text.Encoding.ASCII.GetBytes(text));
        }

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray())), (await log.ReadAsync(2, 1, CancellationToken.None))[0].Hash);
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'nobody' WHERE id = 3")]
    [InlineData("DELETE FROM audit WHERE id = 5")]
    [InlineData("DELETE FROM audit WHERE id = 1")]
    [InlineData("INSERT OR REPLACE INTO audit VALUES (3, 0, 'a', 'b', 'c', 'd', 'e', x'00')")]
    [InlineData("INSERT INTO audit VALUES (9, 0, 'a', 'b', 'c', 'd', 'e', x'00')")]
    [InlineData("UPDATE audit_checkpoint SET last_id = 9")]
    public async Task The_database_refuses_to_edit_an_entry(string sql)
    {
        await using (var checkpoint = Open())
        {
            Execute(checkpoint, "INSERT INTO audit_checkpoint VALUES (0, 0, zeroblob(32))");
        }

        using var connection = Open();
        var refused = Assert.Throws<SqliteException>(() => Execute(connection, sql));
        Assert.Contains("audit log", refused.Message, StringComparison.Ordinal);
        Assert.Null((await log.VerifyAsync(CancellationToken.None)).BrokenAt);
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'nobody' WHERE id = 3", 3L)]
    [InlineData("DELETE FROM audit WHERE id = 2", 3L)]
    [InlineData("DELETE FROM audit WHERE id = 1", 2L)]
    [InlineData("UPDATE audit SET time_ms = time_ms + 1 WHERE id = 1", 1L)]
    public async Task An_edit_around_the_triggers_is_found_by_the_chain(string sql, long brokenAt)
    {
        using (var connection = Open())
        {
            Execute(connection, "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete");
            Execute(connection, sql);
        }

        Assert.Equal(brokenAt, (await log.VerifyAsync(CancellationToken.None)).BrokenAt);
    }

    [Fact]
    public async Task Old_entries_can_be_cut_off_and_the_rest_still_proves_itself()
    {
        var cutTo = (await log.ReadAsync(null, 5, CancellationToken.None)).Single(e => e.Id == 3).Time;
        var gone = await database.Writer.WriteAsync(session => AuditLog.CutBefore(session, cutTo, time.Now, "cli"), CancellationToken.None);

        Assert.Equal(2, gone);
        var left = await log.ReadAsync(null, 10, CancellationToken.None);
        Assert.Equal([6L, 5L, 4L, 3L], left.Select(e => e.Id));
        Assert.Equal("audit.cut", left[0].Action);
        Assert.Null((await log.VerifyAsync(CancellationToken.None)).BrokenAt);
        using var connection = Open();
        Assert.Throws<SqliteException>(() => Execute(connection, "DELETE FROM audit WHERE id = 3"));
    }

    [Fact]
    public async Task An_entry_with_control_characters_and_half_a_character_reads_back_and_verifies()
    {
        await log.AppendAsync("a\0b\u001b[2J", "read", new string('x', 600), "\ud800", CancellationToken.None);

        var entry = (await log.ReadAsync(null, 1, CancellationToken.None))[0];
        Assert.Equal("a b [2J", entry.Actor);
        Assert.Equal(AuditEntry.TextCharsMax, entry.Subject.Length);
        Assert.Null((await log.VerifyAsync(CancellationToken.None)).BrokenAt);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={folder.File(SqliteDatabase.FileName)};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
