using System.Globalization;
using Metering.Collector.Diagnostics;
using Metering.Collector.Hosting;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage;
using Metering.Collector.Web;
using Metering.Firmware;
using Metering.Simulator.Fleet;
using Metering.Virtual;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Metering.Collector.Tests.Mqtt.Boards;

/// <summary>
/// One virtual board with the real firmware, connected over real TCP to a running collector whose clock is the virtual
/// board's true time. Virtual time goes on only while a test says so.
/// </summary>
internal sealed class BoardOnTcp : IAsyncDisposable
{
    /// <summary>2026-03-01 00:00:00 UTC, a minute before which the board is powered.</summary>
    public const long StartUs = 1_772_323_200_000_000;

    private static readonly TimeSpan RealTimeMax = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly HeardLink _link;
    private readonly SqliteDatabase _database;

    private BoardOnTcp(VirtualBoard board, SqliteDatabase database, CollectorHost host, HeardLink link, TemporaryFolder folder)
    {
        _folder = folder;
        _database = database;
        _link = link;
        Board = board;
        Host = host;
        board.Mqtt.Link = link;
        Runner = new VirtualBoardRunner(board, Boot);
    }

    public VirtualBoard Board { get; }

    public CollectorHost Host { get; }

    public VirtualBoardRunner Runner { get; }

    /// <param name="pages">Also serves the pages, to the roles of a demo.</param>
    public static async Task<BoardOnTcp> StartAsync(bool pages = false)
    {
        var folder = new TemporaryFolder();
        var board = new VirtualBoard(new VirtualBoardOptions { StartUs = StartUs - 60_000_000 });
        board.I2c.Attach(VirtualFram.DefaultAddress, new VirtualFram());
        var clock = new BoardTrueTime(board);
        var database = await SqliteDatabase.OpenAsync(folder.Path, clock, CancellationToken.None);
        var settings = new CollectorSettings { Mqtt = new MqttSettings { Port = 0, Anonymous = true }, Http = new HttpSettings { Port = pages ? 0 : -1 } };
        var host = CollectorHost.Create(settings, database, clock, pages ? new PageScope(static request => request) : null);
        await host.StartAsync(CancellationToken.None);
        board.Flash.Provision("I:\\settings.json", Settings(version: 1, weightWh: 10));
        var link = new HeardLink(new TcpMqttLink(new TcpLinkOptions("127.0.0.1", host.Mqtt!.Port)));
        return new BoardOnTcp(board, database, host, link, folder);
    }

    public static string Settings(int version, int weightWh) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"version":{{{version}}},"broker":{"host":"collector","port":1883},"channels":[{"wh":{{{weightWh}}}}]}""");

    /// <summary>Lets virtual time pass.</summary>
    public void RunFor(TimeSpan span) => Runner.RunFor(span);

    /// <summary>Lets virtual time pass until the collector has the board's status, and no further: what it answers is of this moment.</summary>
    public void RunUntilStatus()
    {
        var directory = Host.Services.GetRequiredService<BoardDirectory>();
        var patienceUs = Board.NowUs + 120_000_000;
        while (directory.Find(Board.Eui64) is not { Status.Count: > 0 })
        {
            Assert.True(Board.NowUs < patienceUs, "The board has sent no status.");
            RunFor(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>Stands still in virtual time until the board has received a message, then lets its loop look at it.</summary>
    /// <param name="topicEnd">Last part of the topic.</param>
    /// <param name="times">How many of them since the start.</param>
    public async Task ReceiveAsync(string topicEnd, int times = 1)
    {
        using var patience = new CancellationTokenSource(RealTimeMax);
        while (_link.Heard.Count(heard => heard == topicEnd) < times)
        {
            patience.Token.ThrowIfCancellationRequested();
            Runner.RunFor(TimeSpan.FromMicroseconds(1));
            await Task.Yield();
        }

        RunFor(TimeSpan.FromSeconds(3));
    }

    public async ValueTask DisposeAsync()
    {
        _link.Dispose();
        await Host.StopAsync(CancellationToken.None);
        await Host.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private static BoardProgram Boot()
    {
        var app = new MeterApp(BoardPins.Standard(), "test");
        return new BoardProgram(
            app.Tick, () => app.IdleUntilMs, app.UplinkTick, () => app.UplinkIdleUntilMs, MeterApp.PollPeriodMs,
            () => app.HasNewPulses, MeterApp.WatchPeriodMs);
    }

    private sealed class BoardTrueTime(VirtualBoard board) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddMicroseconds(board.NowUs);
    }

    /// <summary>Notes what the board has taken from its connection: the last part of each topic.</summary>
    private sealed class HeardLink(IMqttLink inner) : IMqttLink, IDisposable
    {
        private Session? _last;

        public List<string> Heard { get; } = [];

        public IMqttLinkSession Connect(MqttLinkConnect request) => _last = new Session(this, inner.Connect(request));

        public void Dispose() => _last?.Disconnect();

        private sealed class Session(HeardLink link, IMqttLinkSession inner) : IMqttLinkSession
        {
            public bool IsOpen => inner.IsOpen;

            public MqttLinkResult Publish(string topic, byte[] payload, int qos, bool retain) => inner.Publish(topic, payload, qos, retain);

            public void Subscribe(string[] topics, int[] qos) => inner.Subscribe(topics, qos);

            public bool TryReceive(out MqttLinkMessage message)
            {
                if (!inner.TryReceive(out message))
                {
                    return false;
                }

                link.Heard.Add(message.Topic[(message.Topic.LastIndexOf('/') + 1)..]);
                return true;
            }

            public void Disconnect() => inner.Disconnect();

            public void Dispose() => inner.Dispose();
        }
    }
}
