using Metering.Mqtt.Protocol;
using Metering.Mqtt.Server;

namespace Metering.Collector.Mqtt;

/// <summary>Writes what the endpoint tells into the log.</summary>
internal sealed class MqttEndpointLog(ILogger<MqttEndpoint> logger) : IMqttEndpointObserver
{
    public void Connected(string clientId, string? userName, MqttPeer peer) =>
        MqttLog.Connected(logger, clientId, userName, peer.RemoteEndPoint);

    public void Refused(string clientId, MqttPeer peer, MqttReasonCode reason, string detail) =>
        MqttLog.Refused(logger, clientId, peer.RemoteEndPoint, reason.ToString(), detail);

    public void Disconnected(string clientId, MqttReasonCode reason, string detail) =>
        MqttLog.Disconnected(logger, clientId, reason.ToString(), detail);

    public void PublishRefused(string clientId, string topic) => MqttLog.PublishRefused(logger, clientId, topic);
}
