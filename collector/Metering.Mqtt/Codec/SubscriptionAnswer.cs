using System.Buffers;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>SUBACK and UNSUBACK (3.9, 3.11).</summary>
/// <param name="PacketId">1 .. 65,535.</param>
/// <param name="Reasons">One per filter asked for; none in an UNSUBACK of 3.1.1.</param>
public sealed record SubscriptionAnswer(ushort PacketId, IReadOnlyList<MqttReasonCode> Reasons)
{
    public MqttProperties Properties { get; init; } = MqttProperties.None;

    public static bool TryDecode(
        MqttPacketType type, ref PacketReader reader, MqttProtocolVersion version, out SubscriptionAnswer? packet)
    {
        packet = null;
        ushort packetId = reader.ReadUInt16();
        if (!reader.Failed && packetId == 0)
        {
            return reader.Fail(MqttReasonCode.ProtocolError, "packet identifier is 0");
        }

        MqttProperties properties = version == MqttProtocolVersion.V500
            ? MqttProperties.Read(ref reader, (PropertyScope)(1 << (int)type)) : MqttProperties.None;
        if (reader.Failed)
        {
            return false;
        }

        bool hasReasons = type == MqttPacketType.SubAck || version == MqttProtocolVersion.V500;
        if (hasReasons != reader.Remaining > 0)
        {
            return reader.FailMalformed("number of reason codes");
        }

        var reasons = new MqttReasonCode[reader.Remaining];
        for (int i = 0; i < reasons.Length; i++)
        {
            reasons[i] = (MqttReasonCode)reader.ReadByte();
            bool allowed = version == MqttProtocolVersion.V500
                ? ReasonCodes.IsAllowed(type, reasons[i])
                : (byte)reasons[i] is <= 2 or 0x80;
            if (!allowed)
            {
                return reader.FailMalformed("reason code does not belong into this packet");
            }
        }

        packet = new(packetId, reasons) { Properties = properties };
        return reader.End();
    }

    public void Encode(IBufferWriter<byte> output, MqttPacketType type, MqttProtocolVersion version)
    {
        var body = new ArrayBufferWriter<byte>(64);
        body.WriteUInt16(PacketId);
        if (version == MqttProtocolVersion.V500)
        {
            Properties.Write(body, (PropertyScope)(1 << (int)type));
        }

        if (version == MqttProtocolVersion.V500 || type == MqttPacketType.SubAck)
        {
            foreach (MqttReasonCode reason in Reasons)
            {
                // 3.1.1 knows one failure (3.9.3 there).
                bool nameless = version == MqttProtocolVersion.V311 && reason.IsFailure();
                body.WriteByte(nameless ? (byte)MqttReasonCode.UnspecifiedError : (byte)reason);
            }
        }

        output.WritePacket(type, 0, body.WrittenSpan);
    }
}
