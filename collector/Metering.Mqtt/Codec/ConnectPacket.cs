using System.Buffers;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>CONNECT (3.1).</summary>
public sealed record ConnectPacket
{
    public required MqttProtocolVersion Version { get; init; }

    /// <summary>May be empty: the server then assigns one.</summary>
    public required string ClientId { get; init; }

    /// <summary>Clean start in 5.0, clean session in 3.1.1.</summary>
    public bool CleanStart { get; init; }

    /// <summary>0 .. 65,535 s; 0 turns the mechanism off.</summary>
    public ushort KeepAliveSeconds { get; init; }

    public MqttWill? Will { get; init; }

    public string? UserName { get; init; }

    public ReadOnlyMemory<byte>? Password { get; init; }

    public MqttProperties Properties { get; init; } = MqttProperties.None;

    public static bool TryDecode(ref PacketReader reader, out ConnectPacket? packet)
    {
        packet = null;
        ReadOnlySpan<byte> name = reader.ReadUtf8();
        if (!reader.Failed && !name.SequenceEqual("MQTT"u8) && !name.SequenceEqual("MQIsdp"u8))
        {
            return reader.Fail(MqttReasonCode.UnsupportedProtocolVersion, "protocol name is not MQTT");
        }

        var version = (MqttProtocolVersion)reader.ReadByte();
        if (!reader.Failed
            && (name.Length != 4 || version is not (MqttProtocolVersion.V311 or MqttProtocolVersion.V500)))
        {
            return reader.Fail(MqttReasonCode.UnsupportedProtocolVersion, "protocol level is neither 3.1.1 nor 5.0");
        }

        int flags = reader.ReadByte();
        bool hasWill = (flags & 0x04) != 0;
        int willQoS = (flags >> 3) & 0x03;
        if ((flags & 0x01) != 0 || willQoS > 2 || (!hasWill && (flags & 0x38) != 0))
        {
            return reader.FailMalformed("reserved or contradictory connect flags");
        }

        bool hasUserName = (flags & 0x80) != 0;
        bool hasPassword = (flags & 0x40) != 0;
        if (version == MqttProtocolVersion.V311 && hasPassword && !hasUserName)
        {
            return reader.FailMalformed("password without user name");
        }

        ushort keepAlive = reader.ReadUInt16();
        MqttProperties properties = version == MqttProtocolVersion.V500
            ? MqttProperties.Read(ref reader, PropertyScope.Connect) : MqttProperties.None;
        if (properties.AuthenticationData is not null && properties.AuthenticationMethod is null)
        {
            return reader.Fail(MqttReasonCode.ProtocolError, "authentication data without a method");
        }

        string clientId = reader.ReadString();
        MqttWill? will = hasWill ? MqttWill.Read(ref reader, version, (byte)willQoS, (flags & 0x20) != 0) : null;
        string? userName = hasUserName ? reader.ReadString() : null;
        ReadOnlyMemory<byte>? password = hasPassword ? reader.ReadBinary().ToArray().AsMemory() : default(ReadOnlyMemory<byte>?);
        if (!reader.End())
        {
            return false;
        }

        packet = new()
        {
            Version = version,
            ClientId = clientId,
            CleanStart = (flags & 0x02) != 0,
            KeepAliveSeconds = keepAlive,
            Will = will,
            UserName = userName,
            Password = password,
            Properties = properties,
        };
        return true;
    }

    public void Encode(IBufferWriter<byte> output)
    {
        var body = new ArrayBufferWriter<byte>(256);
        body.WriteString("MQTT");
        body.WriteByte((byte)Version);
        int flags = (CleanStart ? 0x02 : 0)
            | (Will is null ? 0 : 0x04 | (Will.QualityOfService << 3) | (Will.Retain ? 0x20 : 0))
            | (Password is null ? 0 : 0x40)
            | (UserName is null ? 0 : 0x80);
        body.WriteByte((byte)flags);
        body.WriteUInt16(KeepAliveSeconds);
        if (Version == MqttProtocolVersion.V500)
        {
            Properties.Write(body, PropertyScope.Connect);
        }

        body.WriteString(ClientId);
        Will?.Write(body, Version);
        if (UserName is not null)
        {
            body.WriteString(UserName);
        }

        if (Password is { } password)
        {
            body.WriteBinary(password.Span);
        }

        output.WritePacket(MqttPacketType.Connect, 0, body.WrittenSpan);
    }
}

/// <summary>The message that the server publishes when the connection ends without a DISCONNECT (3.1.2.5).</summary>
/// <param name="Topic">Topic name.</param>
/// <param name="Payload">0 .. 65,535 bytes.</param>
/// <param name="QualityOfService">0, 1 or 2.</param>
/// <param name="Retain">Published as a retained message.</param>
public sealed record MqttWill(string Topic, ReadOnlyMemory<byte> Payload, byte QualityOfService, bool Retain)
{
    /// <summary>Will properties of 5.0 (3.1.3.2).</summary>
    public MqttProperties Properties { get; init; } = MqttProperties.None;

    internal static MqttWill? Read(ref PacketReader reader, MqttProtocolVersion version, byte qualityOfService, bool retain)
    {
        MqttProperties properties = version == MqttProtocolVersion.V500
            ? MqttProperties.Read(ref reader, PropertyScope.Will) : MqttProperties.None;
        string topic = reader.ReadString();
        byte[] payload = reader.ReadBinary().ToArray();
        if (!reader.Failed && !TopicRules.IsValidName(topic))
        {
            reader.Fail(MqttReasonCode.TopicNameInvalid, "will topic is empty or holds a wildcard");
        }

        return new(topic, payload, qualityOfService, retain) { Properties = properties };
    }

    internal void Write(IBufferWriter<byte> body, MqttProtocolVersion version)
    {
        if (version == MqttProtocolVersion.V500)
        {
            Properties.Write(body, PropertyScope.Will);
        }

        body.WriteString(Topic);
        body.WriteBinary(Payload.Span);
    }
}
