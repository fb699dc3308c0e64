using Metering.Mqtt.Codec;

namespace Metering.Mqtt.Client;

/// <summary>An application message from the server, acknowledged when its receiver says so.</summary>
public sealed class MqttReceivedMessage
{
    private readonly MqttClientConnection _connection;

    internal MqttReceivedMessage(MqttClientConnection connection, string topic, in PublishPacket packet)
    {
        _connection = connection;
        Topic = topic;
        PacketId = packet.PacketId;
        QualityOfService = packet.QualityOfService;
        Retain = packet.Retain;
        Duplicate = packet.Duplicate;
        Payload = packet.Payload.ToArray();
        Properties = packet.ReadProperties();
    }

    public string Topic { get; }

    public ReadOnlyMemory<byte> Payload { get; }

    /// <summary>0, 1 or 2.</summary>
    public byte QualityOfService { get; }

    public bool Retain { get; }

    /// <summary>The server sent it before; it says nothing about whether that arrived.</summary>
    public bool Duplicate { get; }

    public MqttProperties Properties { get; }

    internal ushort PacketId { get; }

    internal bool Acknowledged { get; set; }

    /// <summary>
    /// Takes responsibility for the message: PUBACK (or PUBREC) leaves once all earlier messages are acknowledged too
    /// (MQTT 5.0, 4.6). Any thread, any order; a second call does nothing, and so does one after the connection ended,
    /// since the server then sends the message again.
    /// </summary>
    public ValueTask AcknowledgeAsync() => _connection.AcknowledgeAsync(this);

    /// <summary>Says that the message cannot be taken now: closes the connection, so that the server sends it again on the next.</summary>
    public void Abandon() => _connection.Abort();
}
