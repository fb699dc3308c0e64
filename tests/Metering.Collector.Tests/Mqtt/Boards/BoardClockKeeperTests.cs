using Metering.Collector.Diagnostics;
using Metering.Collector.Ingest;
using Metering.Collector.Mqtt.Boards;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Metering.Collector.Tests.Mqtt.Boards;

public sealed class BoardClockKeeperTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Board_without_time_server_and_real_time_clock_is_dated_by_the_collector()
    {
        await using var test = await BoardOnTcp.StartAsync();
        test.Board.Wifi.TimeServerUp = false;

        // The board connects and reports its state; then virtual time waits until the collector has answered.
        test.RunUntilStatus();
        await test.ReceiveAsync("command");

        Assert.InRange(test.Board.Clock.SystemUs - test.Board.NowUs, -2_000_000, 2_000_000);
        test.RunFor(TimeSpan.FromMinutes(62));
        var store = test.Host.Services.GetRequiredService<SqliteReadingStore>();
        var readings = new List<Reading>();
        await foreach (var reading in store.ReadAsync(new ChannelKey(test.Board.Eui64, "ch1"), DateTimeOffset.MinValue, DateTimeOffset.MaxValue, CancellationToken.None))
        {
            readings.Add(reading);
        }

        var start = DateTimeOffset.UnixEpoch.AddMicroseconds(BoardOnTcp.StartUs);
        Assert.Equal(Enumerable.Range(0, 7).Select(i => start.AddMinutes(10 * i)), readings.Select(r => r.Time));
        Assert.All(readings, r => Assert.Equal(ClockQuality.Estimated, r.Clock));
        Assert.Contains(test.Host.Services.GetRequiredService<BoardDirectory>().Find(test.Board.Eui64)!.Events, e => e.Fields["event"] == "clock-set");
    }

    [Theory]
    [InlineData("0", null, true)]
    [InlineData("1", 0, false)]
    [InlineData("1", 10, false)]
    [InlineData("1", 11, true)]
    [InlineData("1", -4000, true)]
    [InlineData("2", -4000, false)]
    public void Time_goes_to_boards_without_clock_or_with_an_estimated_one_that_is_off(string quality, int? offS, bool wanted)
    {
        var fields = new Dictionary<string, string> { ["state"] = "online", ["clk"] = quality };
        DateTimeOffset? boardTime = offS is { } off ? Now.AddSeconds(off) : null;

        Assert.Equal(wanted, BoardClockKeeper.WantsTime(new BoardNotice("024d54fffe000001", TopicKind.Status, fields, boardTime, Now)));
        Assert.False(BoardClockKeeper.WantsTime(new BoardNotice("024d54fffe000001", TopicKind.Event, fields, boardTime, Now)));
    }

    [Fact]
    public void Last_will_of_a_board_asks_for_nothing() =>
        Assert.False(BoardClockKeeper.WantsTime(new BoardNotice("024d54fffe000001", TopicKind.Status, new Dictionary<string, string> { ["state"] = "offline" }, null, Now)));
}
