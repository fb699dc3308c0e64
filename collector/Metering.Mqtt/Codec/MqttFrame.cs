using System.Buffers;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>What <see cref="MqttFrame.TryRead"/> found.</summary>
public enum MqttFrameStatus
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>One whole packet.</summary>
    Complete,

    /// <summary>The fixed header is malformed or the packet is larger than allowed.</summary>
    Refused,
}

/// <summary>One control packet as it lies in the input: fixed header byte and body.</summary>
/// <param name="Type">Packet type; its flags have been checked.</param>
/// <param name="Flags">Low four bits of the first byte.</param>
/// <param name="Body">Variable header and payload.</param>
public readonly record struct MqttFrame(MqttPacketType Type, byte Flags, ReadOnlySequence<byte> Body)
{
    /// <summary>
    /// Looks for one whole packet at the start of <paramref name="buffer"/>. A packet larger than
    /// <paramref name="packetBytesMax"/> (fixed header included) is refused as soon as its length is known, before its
    /// body is buffered.
    /// </summary>
    public static MqttFrameStatus TryRead(
        in ReadOnlySequence<byte> buffer, int packetBytesMax, out MqttFrame frame, out MqttDecodeError error)
    {
        frame = default;
        error = default;
        Span<byte> header = stackalloc byte[MqttLimits.FixedHeaderBytesMax];
        int available = (int)Math.Min(buffer.Length, header.Length);
        if (available < 1)
        {
            return MqttFrameStatus.Incomplete;
        }

        if (buffer.FirstSpan.Length >= available)
        {
            buffer.FirstSpan[..available].CopyTo(header);
        }
        else
        {
            buffer.Slice(0, available).CopyTo(header);
        }

        var type = (MqttPacketType)(header[0] >> 4);
        byte flags = (byte)(header[0] & 0x0F);
        if (!FlagsAllowed(type, flags))
        {
            error = new(MqttReasonCode.MalformedPacket, "packet type or fixed header flags are reserved");
            return MqttFrameStatus.Refused;
        }

        int length = 0;
        for (int i = 0; i < 4; i++)
        {
            if (1 + i >= available)
            {
                return MqttFrameStatus.Incomplete;
            }

            byte digit = header[1 + i];
            length |= (digit & 0x7F) << (7 * i);
            if ((digit & 0x80) != 0)
            {
                continue;
            }

            if (digit == 0 && i > 0)
            {
                error = new(MqttReasonCode.MalformedPacket, "remaining length is not in its shortest form");
                return MqttFrameStatus.Refused;
            }

            int headerBytes = 2 + i;
            if (headerBytes + (long)length > packetBytesMax)
            {
                error = new(MqttReasonCode.PacketTooLarge, "packet is larger than the maximum packet size");
                return MqttFrameStatus.Refused;
            }

            if (buffer.Length < headerBytes + (long)length)
            {
                return MqttFrameStatus.Incomplete;
            }

            frame = new(type, flags, buffer.Slice(headerBytes, length));
            return MqttFrameStatus.Complete;
        }

        error = new(MqttReasonCode.MalformedPacket, "remaining length is longer than four bytes");
        return MqttFrameStatus.Refused;
    }

    /// <summary>Fixed header flags (MQTT 5.0, table 2-2). Those of PUBLISH are fields, checked by its decoder.</summary>
    private static bool FlagsAllowed(MqttPacketType type, byte flags) => type switch
    {
        0 => false,
        MqttPacketType.Publish => true,
        MqttPacketType.PubRel or MqttPacketType.Subscribe or MqttPacketType.Unsubscribe => flags == 0b0010,
        _ => flags == 0,
    };
}
