using System.Buffers;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>DISCONNECT and AUTH (3.14, 3.15): a reason, then properties. In 3.1.1 DISCONNECT is empty and AUTH absent.</summary>
/// <param name="Reason">Why.</param>
public sealed record DisconnectPacket(MqttReasonCode Reason)
{
    public MqttProperties Properties { get; init; } = MqttProperties.None;

    public static bool TryDecode(
        MqttPacketType type, ref PacketReader reader, MqttProtocolVersion version, out DisconnectPacket? packet)
    {
        packet = null;
        if (version == MqttProtocolVersion.V311 && type == MqttPacketType.Auth)
        {
            return reader.FailMalformed("AUTH does not exist in 3.1.1");
        }

        var reason = MqttReasonCode.Success;
        MqttProperties properties = MqttProperties.None;
        if (version == MqttProtocolVersion.V500 && reader.Remaining > 0)
        {
            reason = (MqttReasonCode)reader.ReadByte();
            if (!ReasonCodes.IsAllowed(type, reason))
            {
                return reader.FailMalformed("reason code does not belong into this packet");
            }

            // 3.14.2.2.1: the property length may be left out; so it may in AUTH only together with the reason (3.15.2.1).
            if (reader.Remaining > 0)
            {
                properties = MqttProperties.Read(ref reader, (PropertyScope)(1 << (int)type));
            }
            else if (type == MqttPacketType.Auth)
            {
                return reader.FailMalformed("AUTH without properties");
            }
        }

        packet = new(reason) { Properties = properties };
        return reader.End();
    }

    public void Encode(IBufferWriter<byte> output, MqttPacketType type, MqttProtocolVersion version)
    {
        var body = new ArrayBufferWriter<byte>(64);
        bool plain = Reason == MqttReasonCode.Success && ReferenceEquals(Properties, MqttProperties.None);
        if (version == MqttProtocolVersion.V500 && !plain)
        {
            body.WriteByte((byte)Reason);
            Properties.Write(body, (PropertyScope)(1 << (int)type));
        }

        output.WritePacket(type, 0, body.WrittenSpan);
    }
}
