namespace Metering.Virtual;

/// <summary>The way from the virtual board's MQTT client to a broker: real TCP, or in memory.</summary>
public interface IMqttLink
{
    /// <summary>One connection attempt. Throws <see cref="MqttLinkException"/> when there is no connection or the broker refuses.</summary>
    IMqttLinkSession Connect(MqttLinkConnect request);
}

/// <summary>One MQTT connection. Virtual time stands still inside its methods; each is bounded in real time.</summary>
public interface IMqttLinkSession : IDisposable
{
    bool IsOpen { get; }

    /// <summary>Sends a message and waits for its acknowledgement (QoS 1).</summary>
    MqttLinkResult Publish(string topic, byte[] payload, int qos, bool retain);

    void Subscribe(string[] topics, int[] qos);

    /// <summary>Takes the next received message, if any.</summary>
    bool TryReceive(out MqttLinkMessage message);

    /// <summary>Says good-bye (no will). Dispose without it leaves the broker to publish the will.</summary>
    void Disconnect();
}

public enum MqttLinkResult
{
    Acknowledged,
    Refused,
    Unanswered,
    Closed,
}

public readonly record struct MqttLinkMessage(string Topic, byte[] Payload, int Qos, bool Retain);

/// <summary>What CONNECT carries. Version: 4 for MQTT 3.1.1, 5 for MQTT 5.</summary>
public sealed record MqttLinkConnect(
    string Host,
    int Port,
    bool Secure,
    int Version,
    string ClientId,
    string? UserName,
    string? Password,
    bool CleanSession,
    int KeepAliveSeconds,
    string? WillTopic,
    string? WillMessage,
    int WillQos,
    bool WillRetain);

/// <summary>No connection. <paramref name="reasonCode"/>: the broker's CONNACK code, or 0 when it was not reached.</summary>
public sealed class MqttLinkException(string message, int reasonCode = 0) : Exception(message)
{
    public int ReasonCode { get; } = reasonCode;
}
