using System.Text;
using Metering.Collector.Storage.Sqlite;
using Xunit;

namespace Metering.Collector.Tests.Storage.Sqlite;

public sealed class QuarantineTests : IDisposable
{
    private static readonly HeldMessage Poison = new("mqtt", "metering/v1/0024befffe804ff1/readings", Encoding.UTF8.GetBytes("[{\"bn\":"), "line 1: unexpected end");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_held_message_comes_back_byte_for_byte_with_its_reason()
    {
        await using var database = await Open();
        var quarantine = new Quarantine(database);
        var id = await quarantine.HoldAsync(Poison with { Payload = new byte[] { 0, 255, 10, 13, 0 } }, default);

        var entry = await quarantine.ShowAsync(id, default);

        Assert.Equal([0, 255, 10, 13, 0], entry!.Message.Payload.ToArray());
        Assert.Equal((Poison.Source, Poison.Topic, Poison.Reason), (entry.Message.Source, entry.Message.Topic, entry.Message.Reason));
        Assert.Null(await quarantine.ShowAsync(id + 1, default));
    }

    [Fact]
    public async Task The_same_message_again_is_counted_not_stored_again()
    {
        await using var database = await Open();
        var quarantine = new Quarantine(database);
        await quarantine.HoldAsync(Poison, default);
        await quarantine.HoldAsync(Poison, default);
        var entry = Assert.Single(await quarantine.ListAsync(0, 10, default));
        Assert.Equal(2, entry.Times);
    }

    [Fact]
    public async Task Replay_removes_what_the_reader_takes_and_keeps_the_rest_with_the_new_reason()
    {
        await using var database = await Open();
        var quarantine = new Quarantine(database);
        await quarantine.HoldAsync(Poison, default);
        await quarantine.HoldAsync(Poison with { Topic = "fixed" }, default);

        var result = await quarantine.ReplayAsync(null, (message, _) => Task.FromResult(message.Topic == "fixed" ? null : "still wrong"), default);

        Assert.Equal(new ReplayResult(1, 1), result);
        var entry = Assert.Single(await quarantine.ListAsync(0, 10, default));
        Assert.Equal("still wrong", entry.Message.Reason);
    }

    [Fact]
    public async Task Replay_of_one_entry_leaves_the_others_alone()
    {
        await using var database = await Open();
        var quarantine = new Quarantine(database);
        var first = await quarantine.HoldAsync(Poison, default);
        var second = await quarantine.HoldAsync(Poison with { Topic = "second" }, default);
        Assert.Equal(new ReplayResult(1, 0), await quarantine.ReplayAsync(second, (_, _) => Task.FromResult<string?>(null), default));
        Assert.Equal(first, Assert.Single(await quarantine.ListAsync(0, 10, default)).Id);
        Assert.Equal(new ReplayResult(0, 0), await quarantine.ReplayAsync(second, (_, _) => Task.FromResult<string?>(null), default));
    }

    [Fact]
    public async Task Drop_removes_an_entry_once()
    {
        await using var database = await Open();
        var quarantine = new Quarantine(database);
        var id = await quarantine.HoldAsync(Poison, default);
        Assert.True(await quarantine.DropAsync(id, default));
        Assert.False(await quarantine.DropAsync(id, default));
        Assert.Equal(0, await quarantine.CountAsync(default));
    }

    [Fact]
    public async Task A_payload_beyond_the_bound_is_cut_and_the_reason_says_so()
    {
        await using var database = await Open();
        var quarantine = new Quarantine(database);
        var id = await quarantine.HoldAsync(Poison with { Payload = new byte[Quarantine.PayloadBytesMax + 1] }, default);
        var entry = await quarantine.ShowAsync(id, default);
        Assert.Equal(Quarantine.PayloadBytesMax, entry!.Message.Payload.Length);
        Assert.Contains("cut to", entry.Message.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beyond_the_bound_the_oldest_entry_gives_way_and_is_counted()
    {
        await using var database = await Open();
        var quarantine = new Quarantine(database);
        await database.Writer.WriteAsync(
            session =>
            {
                for (var i = 0; i < Quarantine.EntriesMax; i++)
                {
                    quarantine.Hold(session, Poison with { Topic = $"topic {i}" });
                }

                return 0;
            },
            default);
        Assert.Equal(0, await quarantine.DroppedAsync(default));

        await quarantine.HoldAsync(Poison, default);

        Assert.Equal((Quarantine.EntriesMax, 1L), (await quarantine.CountAsync(default), await quarantine.DroppedAsync(default)));
        Assert.Equal("topic 1", Assert.Single(await quarantine.ListAsync(0, 1, default)).Message.Topic);
    }

    [Fact]
    public async Task A_sample_with_a_known_key_and_another_content_is_held()
    {
        await using var database = await Open();
        var store = new SqliteReadingStore(database);
        await store.AppendAsync([Samples.Of(1, 1, DateTimeOffset.UnixEpoch, pulses: 100)], default);
        await store.AppendAsync([Samples.Of(1, 1, DateTimeOffset.UnixEpoch, pulses: 7)], default);
        var entry = Assert.Single(await new Quarantine(database).ListAsync(0, 10, default));
        Assert.Contains("another content", entry.Message.Reason, StringComparison.Ordinal);
        Assert.Contains("\"v\":7", Encoding.UTF8.GetString(entry.Message.Payload.Span), StringComparison.Ordinal);
    }

    private Task<SqliteDatabase> Open() => SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
}
