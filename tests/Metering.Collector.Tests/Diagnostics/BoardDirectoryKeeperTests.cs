using System.Text;
using Metering.Collector.Diagnostics;
using Metering.Collector.Ingest;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Metering.Collector.Tests.Diagnostics;

/// <summary>What boards said about themselves is there again after a restart.</summary>
public sealed class BoardDirectoryKeeperTests
{
    private const string Status =
        """[{"bn":"urn:dev:mac:0024befffe804ff1:","n":"state","vs":"online"},{"n":"fw","vs":"1.4.2"},{"n":"rssi","v":-71},{"n":"jdrop","v":3}]""";

    private readonly ManualTime time = new();

    [Fact]
    public async Task A_status_and_its_events_survive_a_restart()
    {
        using var folder = new TemporaryFolder();
        var heard = time.Now;
        await using (var database = await SqliteDatabase.OpenAsync(folder.Path, time, CancellationToken.None))
        {
            var directory = new BoardDirectory();
            await using var keeper = Keeper(directory, database);
            Assert.Null(directory.Note(Samples.Board, TopicKind.Status, Encoding.UTF8.GetBytes(Status), heard));
            Assert.Null(directory.Note(Samples.Board, TopicKind.Event, """[{"n":"ev","vs":"button"}]"""u8, heard.AddMinutes(1)));
        }

        await using var again = await SqliteDatabase.OpenAsync(folder.Path, time, CancellationToken.None);
        var restored = new BoardDirectory();
        await using var after = Keeper(restored, again);
        await after.StartAsync(CancellationToken.None);
        var board = restored.Find(Samples.Board)!;
        await after.StopAsync(CancellationToken.None);

        Assert.Equal(("1.4.2", "-71", "3"), (board.Status["fw"], board.Status["rssi"], board.Status["jdrop"]));
        Assert.Equal((heard.AddMinutes(1), heard), (board.LastHeard, board.LastStatus));
        Assert.Equal("button", Assert.Single(board.Events).Fields["ev"]);
    }

    [Fact]
    public async Task What_was_heard_since_the_start_is_not_replaced_by_what_was_stored()
    {
        using var folder = new TemporaryFolder();
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, time, CancellationToken.None);
        var old = new BoardDirectory();
        old.Note(Samples.Board, TopicKind.Status, Encoding.UTF8.GetBytes(Status), time.Now);
        await Keeper(old, database).SaveAsync(CancellationToken.None);
        var directory = new BoardDirectory();
        directory.Note(Samples.Board, TopicKind.Status, """[{"n":"fw","vs":"2.0.0"}]"""u8, time.Now.AddHours(1));

        directory.Restore(await new BoardStateStore(database).LoadAsync(CancellationToken.None));

        Assert.Equal("2.0.0", directory.Find(Samples.Board)!.Status["fw"]);
    }

    [Fact]
    public async Task Only_boards_that_changed_are_written()
    {
        using var folder = new TemporaryFolder();
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, time, CancellationToken.None);
        var directory = new BoardDirectory();
        var keeper = Keeper(directory, database);
        directory.Heard(Samples.Board, time.Now);
        directory.Heard(Samples.OtherBoard, time.Now);

        Assert.Equal(2, await keeper.SaveAsync(CancellationToken.None));
        directory.Heard(Samples.OtherBoard, time.Now.AddMinutes(10));
        Assert.Equal(1, await keeper.SaveAsync(CancellationToken.None));
        Assert.Equal(0, await keeper.SaveAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(29, BoardCondition.Online)]
    [InlineData(31, BoardCondition.Silent)]
    public async Task A_board_is_silent_half_an_hour_after_its_last_sample(int minutes, BoardCondition expected)
    {
        using var folder = new TemporaryFolder();
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, time, CancellationToken.None);
        await new SqliteReadingStore(database).AppendAsync([Samples.Of(1, 1, time.Now)], CancellationToken.None);
        var reader = new BoardHealthReader(new BoardDirectory(), new BoardStateStore(database), time);
        var sampled = time.Now.AddMilliseconds(-time.Now.Millisecond);
        time.Now = time.Now.AddMinutes(minutes);

        var healths = await reader.ReadAsync(null, CancellationToken.None);

        Assert.Equal(expected, healths.Of(Samples.Board).Condition);
        Assert.Equal(sampled, healths.Of(Samples.Board).LastSample);
        Assert.Equal(BoardCondition.Unknown, healths.Of(Samples.OtherBoard).Condition);
        Assert.Equal(BoardCondition.Online, (await reader.ReadAsync(sampled.AddMinutes(10), CancellationToken.None)).Of(Samples.Board).Condition);
    }

    private BoardDirectoryKeeper Keeper(BoardDirectory directory, SqliteDatabase database) =>
        new(directory, new BoardStateStore(database), time, NullLogger<BoardDirectoryKeeper>.Instance);
}
