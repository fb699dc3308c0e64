using System.Diagnostics.Metrics;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Server;

/// <summary>Instruments of an endpoint, all of the meter <c>Metering.Mqtt</c>.</summary>
internal sealed class MqttEndpointMetrics : IDisposable
{
    public const string MeterName = "Metering.Mqtt";
    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _connectionsRefused;
    private readonly Counter<long> _loginsFailed;
    private readonly Counter<long> _received;
    private readonly Counter<long> _acknowledged;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _throttled;
    private readonly Counter<long> _paused;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _protocolErrors;
    private readonly Histogram<double> _acknowledgeSeconds;

    public MqttEndpointMetrics(IMeterFactory? factory, Func<long> sessions, Func<long> retained, Func<long> inboxBytes)
    {
        // A factory owns its meters.
        _ownsMeter = factory is null;
        _meter = factory?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _connections = _meter.CreateUpDownCounter<long>("mqtt.server.connections", "{connection}", "Open connections.");
        _meter.CreateObservableGauge("mqtt.server.sessions", sessions, "{session}", "Sessions, connected or not.");
        _meter.CreateObservableGauge("mqtt.server.retained", retained, "{message}", "Retained messages.");
        _meter.CreateObservableGauge("mqtt.server.inbox.size", inboxBytes, "By", "Payload bytes that await the inbox.");
        _connectionsRefused = _meter.CreateCounter<long>(
            "mqtt.server.connections.refused", "{connection}", "Connections refused, by reason code.");
        _loginsFailed = _meter.CreateCounter<long>("mqtt.server.logins.failed", "{login}", "Logins that failed.");
        _received = _meter.CreateCounter<long>("mqtt.server.messages.received", "{message}", "Messages received.");
        _acknowledged = _meter.CreateCounter<long>(
            "mqtt.server.messages.acknowledged", "{message}", "Messages that the inbox took and that were acknowledged.");
        _refused = _meter.CreateCounter<long>(
            "mqtt.server.messages.refused", "{message}", "Messages not taken, by reason code.");
        _throttled = _meter.CreateCounter<long>(
            "mqtt.server.messages.throttled", "{pause}", "Pauses because an address sent faster than allowed.");
        _paused = _meter.CreateCounter<long>(
            "mqtt.server.reads.paused", "{pause}", "Pauses because messages of a connection, or of all, await the inbox.");
        _sent = _meter.CreateCounter<long>("mqtt.server.messages.sent", "{message}", "Messages sent to subscribers.");
        _dropped = _meter.CreateCounter<long>(
            "mqtt.server.messages.dropped", "{message}", "Messages to slow or absent subscribers that were dropped.");
        _protocolErrors = _meter.CreateCounter<long>(
            "mqtt.server.protocol_errors", "{error}", "Connections ended for what the client sent, by reason code.");
        _acknowledgeSeconds = _meter.CreateHistogram<double>(
            "mqtt.server.acknowledge.duration", "s", "From the arrival of a message to its acknowledgement.");
    }

    /// <summary>False when nobody listens: the clock is then not read for each message.</summary>
    public bool MeasuresAcknowledge => _acknowledgeSeconds.Enabled;

    public void Connected(int by) => _connections.Add(by);

    public void ConnectionRefused(MqttReasonCode reason) => _connectionsRefused.Add(1, Tag(reason));

    public void LoginFailed() => _loginsFailed.Add(1);

    public void Received() => _received.Add(1);

    public void Acknowledged(TimeSpan? after)
    {
        _acknowledged.Add(1);
        if (after is { } duration)
        {
            _acknowledgeSeconds.Record(duration.TotalSeconds);
        }
    }

    public void Refused(MqttReasonCode reason) => _refused.Add(1, Tag(reason));

    public void Throttled() => _throttled.Add(1);

    public void Paused() => _paused.Add(1);

    public void Sent() => _sent.Add(1);

    public void Dropped() => _dropped.Add(1);

    public void ProtocolError(MqttReasonCode reason) => _protocolErrors.Add(1, Tag(reason));

    public void Dispose()
    {
        if (_ownsMeter)
        {
            _meter.Dispose();
        }
    }

    private static KeyValuePair<string, object?> Tag(MqttReasonCode reason) => new("mqtt.reason", reason.ToString());
}
