using System.Buffers;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>One entry of a SUBSCRIBE (3.8.3).</summary>
/// <param name="Filter">Topic filter.</param>
/// <param name="QualityOfService">Largest QoS wanted.</param>
public sealed record MqttSubscription(string Filter, byte QualityOfService)
{
    /// <summary>5.0: do not send back what this client published.</summary>
    public bool NoLocal { get; init; }

    /// <summary>5.0: keep the retain flag as it was published.</summary>
    public bool RetainAsPublished { get; init; }

    /// <summary>5.0: 0 send retained messages, 1 only for a new subscription, 2 never.</summary>
    public byte RetainHandling { get; init; }
}

/// <summary>SUBSCRIBE (3.8).</summary>
/// <param name="PacketId">1 .. 65,535.</param>
/// <param name="Subscriptions">At least one; filters are not checked here, since a bad one is refused alone.</param>
public sealed record SubscribePacket(ushort PacketId, IReadOnlyList<MqttSubscription> Subscriptions)
{
    public MqttProperties Properties { get; init; } = MqttProperties.None;

    public static bool TryDecode(ref PacketReader reader, MqttProtocolVersion version, out SubscribePacket? packet)
    {
        packet = null;
        ushort packetId = reader.ReadUInt16();
        if (!reader.Failed && packetId == 0)
        {
            return reader.Fail(MqttReasonCode.ProtocolError, "packet identifier is 0");
        }

        MqttProperties properties = version == MqttProtocolVersion.V500
            ? MqttProperties.Read(ref reader, PropertyScope.Subscribe) : MqttProperties.None;
        var subscriptions = new List<MqttSubscription>();
        while (reader.Remaining > 0)
        {
            string filter = reader.ReadString();
            int options = reader.ReadByte();
            int reserved = version == MqttProtocolVersion.V500 ? 0xC0 : 0xFC;
            if ((options & reserved) != 0 || (options & 0x03) == 3 || (options & 0x30) == 0x30)
            {
                return reader.FailMalformed("reserved subscription options");
            }

            subscriptions.Add(new(filter, (byte)(options & 0x03))
            {
                NoLocal = (options & 0x04) != 0,
                RetainAsPublished = (options & 0x08) != 0,
                RetainHandling = (byte)((options >> 4) & 0x03),
            });
        }

        if (!reader.Failed && subscriptions.Count == 0)
        {
            return reader.Fail(MqttReasonCode.ProtocolError, "no topic filter");
        }

        packet = new(packetId, subscriptions) { Properties = properties };
        return reader.End();
    }

    public void Encode(IBufferWriter<byte> output, MqttProtocolVersion version)
    {
        var body = new ArrayBufferWriter<byte>(128);
        body.WriteUInt16(PacketId);
        if (version == MqttProtocolVersion.V500)
        {
            Properties.Write(body, PropertyScope.Subscribe);
        }

        foreach (MqttSubscription subscription in Subscriptions)
        {
            body.WriteString(subscription.Filter);
            int options = subscription.QualityOfService;
            if (version == MqttProtocolVersion.V500)
            {
                options |= (subscription.NoLocal ? 0x04 : 0) | (subscription.RetainAsPublished ? 0x08 : 0)
                    | (subscription.RetainHandling << 4);
            }

            body.WriteByte((byte)options);
        }

        output.WritePacket(MqttPacketType.Subscribe, 0b0010, body.WrittenSpan);
    }
}
