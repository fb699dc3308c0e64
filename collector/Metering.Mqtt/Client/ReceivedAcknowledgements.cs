using System.Buffers;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Client;

/// <summary>Received messages that await acknowledgement, in order of arrival (MQTT 5.0, 4.6). Not thread safe.</summary>
internal sealed class ReceivedAcknowledgements
{
    private readonly Queue<MqttReceivedMessage> _waiting = new();
    private readonly HashSet<ushort> _released = [];

    /// <summary>Messages that await acknowledgement.</summary>
    public int Count => _waiting.Count;

    public void Add(MqttReceivedMessage message) => _waiting.Enqueue(message);

    /// <summary>True when this QoS 2 message was taken already and only its handshake is not finished.</summary>
    public bool IsHeld(ushort packetId) => _released.Contains(packetId);

    /// <summary>PUBREL arrived: the identifier is free again. False when it was not held.</summary>
    public bool Release(ushort packetId) => _released.Remove(packetId);

    /// <summary>Marks one message and writes the answers that may leave now.</summary>
    public void Acknowledge(MqttReceivedMessage message, IBufferWriter<byte> output, MqttProtocolVersion version)
    {
        message.Acknowledged = true;
        while (_waiting.TryPeek(out MqttReceivedMessage? head) && head.Acknowledged)
        {
            _waiting.Dequeue();
            MqttPacketType type = MqttPacketType.PubAck;
            if (head.QualityOfService == 2)
            {
                type = MqttPacketType.PubRec;
                _released.Add(head.PacketId);
            }

            new PublishAnswer(head.PacketId, MqttReasonCode.Success).Encode(output, type, version);
        }
    }
}
