using System.Buffers;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>CONNACK (3.2).</summary>
/// <param name="SessionPresent">The server kept a session of this client.</param>
/// <param name="Reason">Reason code of 5.0; in 3.1.1 its nearest return code is sent (table 3.1 there).</param>
public sealed record ConnAckPacket(bool SessionPresent, MqttReasonCode Reason)
{
    public MqttProperties Properties { get; init; } = MqttProperties.None;

    public static bool TryDecode(ref PacketReader reader, MqttProtocolVersion version, out ConnAckPacket? packet)
    {
        packet = null;
        byte flags = reader.ReadByte();
        byte code = reader.ReadByte();
        if ((flags & 0xFE) != 0)
        {
            return reader.FailMalformed("reserved CONNACK flags");
        }

        MqttReasonCode reason;
        MqttProperties properties = MqttProperties.None;
        if (version == MqttProtocolVersion.V500)
        {
            reason = (MqttReasonCode)code;
            if (!ReasonCodes.IsAllowed(MqttPacketType.ConnAck, reason))
            {
                return reader.FailMalformed("reason code does not belong into CONNACK");
            }

            properties = MqttProperties.Read(ref reader, PropertyScope.ConnAck);
        }
        else if (!ReasonCodes.TryFromReturnCode(code, out reason))
        {
            return reader.FailMalformed("return code is reserved");
        }

        bool sessionPresent = (flags & 1) != 0;
        if (sessionPresent && reason != MqttReasonCode.Success)
        {
            return reader.Fail(MqttReasonCode.ProtocolError, "session present in a refusal");
        }

        if (!reader.End())
        {
            return false;
        }

        packet = new(sessionPresent, reason) { Properties = properties };
        return true;
    }

    public void Encode(IBufferWriter<byte> output, MqttProtocolVersion version)
    {
        var body = new ArrayBufferWriter<byte>(64);
        body.WriteByte(SessionPresent ? (byte)1 : (byte)0);
        if (version == MqttProtocolVersion.V500)
        {
            body.WriteByte((byte)Reason);
            Properties.Write(body, PropertyScope.ConnAck);
        }
        else
        {
            body.WriteByte(ReasonCodes.ToReturnCode(Reason));
        }

        output.WritePacket(MqttPacketType.ConnAck, 0, body.WrittenSpan);
    }
}
