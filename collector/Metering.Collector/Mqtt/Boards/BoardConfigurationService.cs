using Metering.Collector.Diagnostics;
using Metering.Collector.Ingest;
using Metering.Mqtt.Protocol;

namespace Metering.Collector.Mqtt.Boards;

/// <summary>Sends settings to a board and waits for the event in which it says what it did with them.</summary>
internal sealed class BoardConfigurationService(BoardDirectory boards, IBoardLink link, TimeProvider clock)
{
    /// <summary>A connected board answers within seconds.</summary>
    public static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Publishes the document, retained, so that a board that is away finds it at its next connection.
    /// </summary>
    /// <param name="board">EUI-64.</param>
    /// <param name="document">settings.json (firmware/Metering.Firmware/README.md).</param>
    /// <param name="cancellationToken">Stops waiting; what was sent stays.</param>
    /// <exception cref="FormatException">No settings document: nothing was sent.</exception>
    public async Task<BoardConfigurationResult> SendAsync(string board, byte[] document, CancellationToken cancellationToken)
    {
        var configuration = BoardConfiguration.Parse(document);
        var answer = new TaskCompletionSource<BoardConfigurationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Look(BoardNotice notice)
        {
            if (notice.Board == board && notice.Kind == TopicKind.Event && configuration.AnswerIn(notice.Fields) is { } found)
            {
                answer.TrySetResult(found);
            }
        }

        boards.Noted += Look;
        try
        {
            await link.SendAsync(board, "config", document, MqttQualityOfService.AtLeastOnce, retain: true, cancellationToken).ConfigureAwait(false);
            return await answer.Task.WaitAsync(AnswerWait, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new(BoardConfigurationOutcome.Unanswered, null);
        }
        finally
        {
            boards.Noted -= Look;
        }
    }
}
