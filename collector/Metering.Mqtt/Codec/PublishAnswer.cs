using System.Buffers;
using System.Buffers.Binary;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP (3.4 to 3.7): one layout.</summary>
/// <param name="PacketId">1 .. 65,535.</param>
/// <param name="Reason">Success in 3.1.1, which cannot say anything else.</param>
public readonly record struct PublishAnswer(ushort PacketId, MqttReasonCode Reason)
{
    /// <summary>Null when the packet has none, which keeps the usual answer free of allocations.</summary>
    public MqttProperties? Properties { get; init; }

    public static bool TryDecode(
        MqttPacketType type, ref PacketReader reader, MqttProtocolVersion version, out PublishAnswer packet)
    {
        packet = default;
        ushort packetId = reader.ReadUInt16();
        if (!reader.Failed && packetId == 0)
        {
            return reader.Fail(MqttReasonCode.ProtocolError, "packet identifier is 0");
        }

        var reason = MqttReasonCode.Success;
        MqttProperties? properties = null;
        if (version == MqttProtocolVersion.V500 && reader.Remaining > 0)
        {
            reason = (MqttReasonCode)reader.ReadByte();
            if (!ReasonCodes.IsAllowed(type, reason))
            {
                return reader.FailMalformed("reason code does not belong into this packet");
            }

            if (reader.Remaining > 0)
            {
                properties = MqttProperties.Read(ref reader, (PropertyScope)(1 << (int)type));
            }
        }

        packet = new(packetId, reason) { Properties = properties };
        return reader.End();
    }

    public void Encode(IBufferWriter<byte> output, MqttPacketType type, MqttProtocolVersion version)
    {
        byte first = (byte)(((int)type << 4) | (type == MqttPacketType.PubRel ? 0b0010 : 0));
        if (Properties is not null && version == MqttProtocolVersion.V500)
        {
            var body = new ArrayBufferWriter<byte>(64);
            body.WriteUInt16(PacketId);
            body.WriteByte((byte)Reason);
            Properties.Write(body, (PropertyScope)(1 << (int)type));
            output.WritePacket(type, first & 0x0F, body.WrittenSpan);
            return;
        }

        bool withReason = version == MqttProtocolVersion.V500 && Reason != MqttReasonCode.Success;
        Span<byte> span = output.GetSpan(5);
        span[0] = first;
        span[1] = withReason ? (byte)3 : (byte)2;
        BinaryPrimitives.WriteUInt16BigEndian(span[2..], PacketId);
        span[4] = (byte)Reason;
        output.Advance(withReason ? 5 : 4);
    }
}
