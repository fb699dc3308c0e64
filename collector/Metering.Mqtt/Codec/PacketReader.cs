using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>
/// Reads the fields of one packet body. The first error sticks, later reads return nothing, and no exception is thrown:
/// a decoder reads all its fields and looks at <see cref="Failed"/> once.
/// </summary>
public ref struct PacketReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;
    private MqttReasonCode _reason;
    private string? _detail;

    public readonly bool Failed => _detail is not null;

    public readonly MqttDecodeError Error => new(_reason, _detail ?? "");

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _rest.Length;

    public bool Fail(MqttReasonCode reason, string detail)
    {
        if (_detail is null)
        {
            _reason = reason;
            _detail = detail;
        }

        _rest = default;
        return false;
    }

    public bool FailMalformed(string detail) => Fail(MqttReasonCode.MalformedPacket, detail);

    public byte ReadByte()
    {
        if (_rest.IsEmpty)
        {
            FailMalformed("packet ends inside a field");
            return 0;
        }

        byte value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public ushort ReadUInt16()
    {
        if (_rest.Length < 2)
        {
            FailMalformed("packet ends inside a two byte integer");
            return 0;
        }

        ushort value = BinaryPrimitives.ReadUInt16BigEndian(_rest);
        _rest = _rest[2..];
        return value;
    }

    public uint ReadUInt32()
    {
        if (_rest.Length < 4)
        {
            FailMalformed("packet ends inside a four byte integer");
            return 0;
        }

        uint value = BinaryPrimitives.ReadUInt32BigEndian(_rest);
        _rest = _rest[4..];
        return value;
    }

    /// <summary>Variable byte integer (MQTT 5.0, 1.5.5): at most four bytes, in the shortest form.</summary>
    public int ReadVariableByteInteger()
    {
        int value = 0;
        for (int i = 0; i < 4; i++)
        {
            if (i >= _rest.Length)
            {
                FailMalformed("packet ends inside a variable byte integer");
                return 0;
            }

            byte digit = _rest[i];
            value |= (digit & 0x7F) << (7 * i);
            if ((digit & 0x80) == 0)
            {
                if (digit == 0 && i > 0)
                {
                    FailMalformed("variable byte integer is not in its shortest form");
                    return 0;
                }

                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        FailMalformed("variable byte integer is longer than four bytes");
        return 0;
    }

    /// <summary>Two byte length, then that many bytes.</summary>
    public ReadOnlySpan<byte> ReadBinary()
    {
        int length = ReadUInt16();
        return ReadBytes(length);
    }

    /// <summary>UTF-8 encoded string (1.5.4): well formed, no U+0000.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        ReadOnlySpan<byte> bytes = ReadBinary();
        if (!Utf8.IsValid(bytes))
        {
            FailMalformed("string is not well-formed UTF-8");
            return default;
        }

        if (bytes.Contains((byte)0))
        {
            FailMalformed("string contains U+0000");
            return default;
        }

        return bytes;
    }

    public string ReadString() => Encoding.UTF8.GetString(ReadUtf8());

    public ReadOnlySpan<byte> ReadBytes(int length)
    {
        if (length > _rest.Length)
        {
            FailMalformed("packet ends inside a field of known length");
            return default;
        }

        ReadOnlySpan<byte> bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    public ReadOnlySpan<byte> ReadRest()
    {
        ReadOnlySpan<byte> bytes = _rest;
        _rest = default;
        return bytes;
    }

    /// <summary>True when everything was read and nothing is left over.</summary>
    public bool End()
    {
        if (!_rest.IsEmpty)
        {
            return FailMalformed("packet is longer than its fields");
        }

        return !Failed;
    }
}
