using Metering.Collector.Diagnostics;
using Metering.Collector.Storage;
using Metering.Mqtt.Server;

namespace Metering.Collector.Ingest;

/// <summary>
/// From a received message to a durable reading: decode, validate, append, and only then the acknowledgement (law 2).
/// What cannot be read is kept in quarantine and acknowledged, so that it never blocks what comes after it (law 5).
/// </summary>
public sealed class IngestInbox(
    IReadingStore store,
    IQuarantine quarantine,
    BoardDirectory boards,
    IngestMetrics metrics,
    TimeProvider clock,
    ILogger<IngestInbox> logger) : IMqttInbox
{
    /// <inheritdoc/>
    public async ValueTask<MqttInboxResult> AcceptAsync(MqttInboundMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        metrics.Received();
        var now = clock.GetUtcNow();
        try
        {
            if (!TopicName.TryParse(message.Topic, out var board, out var kind))
            {
                return await RefuseAsync(message, now, new("unknown-topic", "The topic is not metering/v1/<board>/readings, /status or /event."), cancellationToken).ConfigureAwait(false);
            }

            if (kind != TopicKind.Readings)
            {
                return boards.Note(board, kind, message.Payload.Span, now) is { } unread
                    ? await RefuseAsync(message, now, unread, cancellationToken).ConfigureAwait(false)
                    : MqttInboxResult.Accepted;
            }

            if (SenmlDecoder.Decode(message.Payload.Span, board, now, out var samples) is { } fault)
            {
                return await RefuseAsync(message, now, fault, cancellationToken).ConfigureAwait(false);
            }

            var result = await store.AppendAsync(samples, cancellationToken).ConfigureAwait(false);
            metrics.Appended(result.Stored, result.Duplicates);
            boards.Heard(board, now);
            return MqttInboxResult.Accepted;
        }
        catch (StoreUnavailableException e)
        {
            metrics.Unavailable();
            IngestLog.StoreUnavailable(logger, e);
            return MqttInboxResult.Unavailable;
        }
    }

    private async ValueTask<MqttInboxResult> RefuseAsync(MqttInboundMessage message, DateTimeOffset now, PackFault fault, CancellationToken cancellationToken)
    {
        await quarantine.AddAsync(new(now, message.Topic, message.Payload.ToArray(), fault.Code, fault.Message), cancellationToken).ConfigureAwait(false);
        metrics.Refused();
        IngestLog.Quarantined(logger, message.Topic, fault.Code, fault.Message);
        return MqttInboxResult.Accepted;
    }
}
