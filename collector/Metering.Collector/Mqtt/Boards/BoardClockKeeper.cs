using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Metering.Collector.Diagnostics;
using Metering.Collector.Ingest;
using Metering.Mqtt.Protocol;

namespace Metering.Collector.Mqtt.Boards;

/// <summary>
/// Tells boards the time when their status shows that nobody else did: no time server, no real-time clock, or one that is
/// off. A board that has synchronised itself is left alone; the board decides by the same rule.
/// </summary>
/// <remarks>
/// The command goes to boards that are connected now and is kept for nobody: a time that arrives late is a wrong time. The
/// clock of the collector has to be right; <c>metering doctor</c> looks at it.
/// </remarks>
internal sealed class BoardClockKeeper(BoardDirectory boards, IBoardLink link, TimeProvider clock, ILogger<BoardClockKeeper> logger) : BackgroundService
{
    /// <summary>Boards that wait for the time at once; with more the oldest is left to its next status.</summary>
    public const int WaitingBoardsMax = 1_000;

    /// <summary>An estimated clock may be off by this much before it is set; the transport takes its part of it.</summary>
    public static readonly TimeSpan ToleratedError = TimeSpan.FromSeconds(10);

    /// <summary>Clock quality of the wire: none, estimated.</summary>
    private const string None = "0", Estimated = "1";

    private readonly Channel<string> due = Channel.CreateBounded<string>(
        new BoundedChannelOptions(WaitingBoardsMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Whether a status asks for the time.</summary>
    internal static bool WantsTime(BoardNotice notice) => notice.Kind == TopicKind.Status
        && notice.Fields.TryGetValue("clk", out var quality)
        && (quality == None || (quality == Estimated && notice.BoardTime is { } at && (at - notice.Received).Duration() > ToleratedError));

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        boards.Noted += OnNoted;
        return base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        boards.Noted -= OnNoted;
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var board in due.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            var now = clock.GetUtcNow().ToUnixTimeSeconds();
            var command = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"cmd":"time","value":{{now}}}"""));
            try
            {
                await link.SendAsync(board, "command", command, MqttQualityOfService.AtMostOnce, retain: false, stoppingToken).ConfigureAwait(false);
                BoardLog.TimeSent(logger, board, now);
            }
#pragma warning disable CA1031 // whatever the link has, the next status asks again, and other boards get theirs
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                BoardLog.NotSent(logger, board, failure.Message);
            }
        }
    }

    private void OnNoted(BoardNotice notice)
    {
        if (WantsTime(notice))
        {
            due.Writer.TryWrite(notice.Board);
        }
    }
}
