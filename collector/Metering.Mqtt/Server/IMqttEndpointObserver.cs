using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Server;

/// <summary>Told of connections coming and going, for a log. Must not block and must not throw.</summary>
public interface IMqttEndpointObserver
{
    void Connected(string clientId, string? userName, MqttPeer peer);

    /// <summary>CONNECT was refused, or none came.</summary>
    void Refused(string clientId, MqttPeer peer, MqttReasonCode reason, string detail);

    /// <param name="clientId">Whose connection.</param>
    /// <param name="reason">Success when the client took leave.</param>
    /// <param name="detail">What happened.</param>
    void Disconnected(string clientId, MqttReasonCode reason, string detail);

    /// <summary>A message to a topic that this client may not touch.</summary>
    void PublishRefused(string clientId, string topic);
}
