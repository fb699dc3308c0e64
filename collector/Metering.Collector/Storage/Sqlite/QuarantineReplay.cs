using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Metering.Collector.Ingest;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>Reads quarantined messages again, each the way it came.</summary>
internal sealed partial class QuarantineReplay(SqliteDatabase database, SqliteReadingStore store)
{
    /// <summary>Takes a message and returns null, or returns why it cannot be taken.</summary>
    internal async Task<string?> ReadAsync(HeldMessage message, CancellationToken cancellationToken) => message.Source switch
    {
        "influx" => await ForwardAgainAsync(message, cancellationToken).ConfigureAwait(false),
        ConflictingSample.Source => message.Reason, // it says why, and what helps
        _ => await DecodeAsync(message, cancellationToken).ConfigureAwait(false),
    };

    private async Task<string?> DecodeAsync(HeldMessage message, CancellationToken cancellationToken)
    {
        if (!TopicName.TryParse(message.Topic, out var board, out var kind) || kind != TopicKind.Readings)
        {
            return message.Reason;
        }

        if (SenmlDecoder.Decode(message.Payload.Span, board, database.Time.GetUtcNow(), out var samples) is { } fault)
        {
            return $"{fault.Code}: {fault.Message}";
        }

        await store.AppendAsync(samples, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <summary>The sample is in the intake: its key goes back into the outbox.</summary>
    private async Task<string?> ForwardAgainAsync(HeldMessage message, CancellationToken cancellationToken)
    {
        var line = Point().Match(Encoding.UTF8.GetString(message.Payload.Span));
        if (!line.Success)
        {
            return message.Reason;
        }

        var (board, boot, sequence) = (line.Groups["board"].Value, Number(line.Groups["boot"]), Number(line.Groups["seq"]));
        var now = database.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var queued = await database.Writer.WriteAsync(
            session =>
            {
                var query = session.Prepare("SELECT id FROM board WHERE eui = ?").Bind(1, board);
                long? id = query.Step() ? query.Int64(0) : null;
                query.Reset();
                if (id is null || !Outbox.IsOn(session))
                {
                    return false;
                }

                new Outbox(session, now).Add(OutboxKind.Sample, id.Value, boot, sequence);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return queued ? null : message.Reason;
    }

    private static long Number(Group group) => long.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^sample,board=(?<board>[0-9a-f]{16}) (?:.*,)?boot=(?<boot>\d{1,18})i,seq=(?<seq>\d{1,18})i,")]
    private static partial Regex Point();
}
