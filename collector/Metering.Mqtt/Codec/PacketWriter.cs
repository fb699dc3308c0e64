using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>Field encodings over a buffer writer, and the fixed header.</summary>
internal static class PacketWriter
{
    public static void WriteByte(this IBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public static void WriteUInt16(this IBufferWriter<byte> output, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(2), value);
        output.Advance(2);
    }

    public static void WriteUInt32(this IBufferWriter<byte> output, uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(4), value);
        output.Advance(4);
    }

    public static void WriteVariableByteInteger(this IBufferWriter<byte> output, int value)
    {
        Span<byte> span = output.GetSpan(4);
        output.Advance(PutVariableByteInteger(span, value));
    }

    public static void WriteBinary(this IBufferWriter<byte> output, ReadOnlySpan<byte> value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, MqttLimits.FieldBytesMax);
        output.WriteUInt16((ushort)value.Length);
        output.Write(value);
    }

    /// <exception cref="ArgumentException">The string does not fit into a field or holds U+0000.</exception>
    public static void WriteString(this IBufferWriter<byte> output, string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("an MQTT string cannot hold U+0000", nameof(value));
        }

        int length = StrictUtf8.GetByteCount(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MqttLimits.FieldBytesMax);
        output.WriteUInt16((ushort)length);
        StrictUtf8.GetBytes(value, output.GetSpan(length));
        output.Advance(length);
    }

    /// <summary>Writes fixed header and body.</summary>
    public static void WritePacket(this IBufferWriter<byte> output, MqttPacketType type, int flags, ReadOnlySpan<byte> body)
    {
        output.WriteByte((byte)(((int)type << 4) | flags));
        output.WriteVariableByteInteger(body.Length);
        output.Write(body);
    }

    public static int PutVariableByteInteger(Span<byte> span, int value)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)value, (uint)MqttLimits.VariableByteIntegerMax);
        int at = 0;
        do
        {
            int digit = value & 0x7F;
            value >>= 7;
            span[at++] = (byte)(value > 0 ? digit | 0x80 : digit);
        }
        while (value > 0);
        return at;
    }

    public static int VariableByteIntegerSize(int value) => value switch
    {
        < 128 => 1,
        < 16_384 => 2,
        < 2_097_152 => 3,
        _ => 4,
    };

    /// <summary>Unpaired surrogates throw instead of becoming U+FFFD: 1.5.4 forbids both on the wire.</summary>
    public static UTF8Encoding StrictUtf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
