using System.Buffers;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Tests.Codec;

/// <summary>Decodes any packet and writes it again.</summary>
internal static class PacketEcho
{
    /// <summary>The bytes in hexadecimal, or the name of the reason code when the packet is refused.</summary>
    public static bool Echo(MqttPacketType type, byte flags, ReadOnlySpan<byte> body, MqttProtocolVersion version, out string echoed)
    {
        var output = new ArrayBufferWriter<byte>();
        if (TryEcho(type, flags, body, version, output, out MqttDecodeError error))
        {
            echoed = Convert.ToHexStringLower(output.WrittenSpan);
            return true;
        }

        echoed = error.Reason.ToString();
        return true;
    }

    public static bool TryEcho(
        MqttPacketType type, byte flags, ReadOnlySpan<byte> body, MqttProtocolVersion version,
        IBufferWriter<byte> output, out MqttDecodeError error)
    {
        var reader = new PacketReader(body);
        bool decoded = false;
        switch (type)
        {
            case MqttPacketType.Connect:
                decoded = ConnectPacket.TryDecode(ref reader, out ConnectPacket? connect);
                connect?.Encode(output);
                break;
            case MqttPacketType.ConnAck:
                decoded = ConnAckPacket.TryDecode(ref reader, version, out ConnAckPacket? connAck);
                connAck?.Encode(output, version);
                break;
            case MqttPacketType.Publish:
                decoded = PublishPacket.TryDecode(flags, ref reader, version, out PublishPacket publish);
                if (decoded)
                {
                    PublishPacket.Encode(
                        output, version, publish.Topic, publish.PacketId, publish.Payload, publish.QualityOfService,
                        publish.Retain, publish.Duplicate, publish.ReadProperties());
                }

                break;
            case MqttPacketType.PubAck or MqttPacketType.PubRec or MqttPacketType.PubRel or MqttPacketType.PubComp:
                decoded = PublishAnswer.TryDecode(type, ref reader, version, out PublishAnswer answer);
                if (decoded)
                {
                    answer.Encode(output, type, version);
                }

                break;
            case MqttPacketType.Subscribe:
                decoded = SubscribePacket.TryDecode(ref reader, version, out SubscribePacket? subscribe);
                if (decoded)
                {
                    subscribe!.Encode(output, version);
                }

                break;
            case MqttPacketType.Unsubscribe:
                decoded = UnsubscribePacket.TryDecode(ref reader, version, out UnsubscribePacket? unsubscribe);
                if (decoded)
                {
                    unsubscribe!.Encode(output, version);
                }

                break;
            case MqttPacketType.SubAck or MqttPacketType.UnsubAck:
                decoded = SubscriptionAnswer.TryDecode(type, ref reader, version, out SubscriptionAnswer? granted);
                if (decoded)
                {
                    granted!.Encode(output, type, version);
                }

                break;
            case MqttPacketType.PingReq or MqttPacketType.PingResp:
                decoded = reader.End();
                if (decoded)
                {
                    output.Write((ReadOnlySpan<byte>)[(byte)((int)type << 4), 0]);
                }

                break;
            default:
                decoded = DisconnectPacket.TryDecode(type, ref reader, version, out DisconnectPacket? disconnect);
                if (decoded)
                {
                    disconnect!.Encode(output, type, version);
                }

                break;
        }

        error = reader.Error;
        return decoded;
    }
}
