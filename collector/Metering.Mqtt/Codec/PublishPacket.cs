using System.Buffers;
using System.Buffers.Binary;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>PUBLISH (3.3) as it lies in the input; nothing is copied.</summary>
public readonly ref struct PublishPacket
{
    public bool Duplicate { get; private init; }

    public byte QualityOfService { get; private init; }

    public bool Retain { get; private init; }

    /// <summary>UTF-8 topic name; empty when a topic alias stands for it.</summary>
    public ReadOnlySpan<byte> Topic { get; private init; }

    /// <summary>1 .. 65,535; 0 at QoS 0.</summary>
    public ushort PacketId { get; private init; }

    /// <summary>1 .. 65,535; 0 when absent.</summary>
    public ushort TopicAlias { get; private init; }

    /// <summary>Lifetime of the message, s, or null.</summary>
    public uint? MessageExpirySeconds { get; private init; }

    /// <summary>True when a subscription identifier stands in it, which only a server may send.</summary>
    public bool HasSubscriptionIdentifier { get; private init; }

    /// <summary>The property list without its length: checked, and readable with <see cref="ReadProperties"/>.</summary>
    public ReadOnlySpan<byte> RawProperties { get; private init; }

    public ReadOnlySpan<byte> Payload { get; private init; }

    public static bool TryDecode(byte flags, ref PacketReader reader, MqttProtocolVersion version, out PublishPacket packet)
    {
        packet = default;
        byte qualityOfService = (byte)((flags >> 1) & 0x03);
        bool duplicate = (flags & 0x08) != 0;
        if (qualityOfService > 2 || (duplicate && qualityOfService == 0))
        {
            return reader.FailMalformed("QoS 3, or a duplicate at QoS 0");
        }

        ReadOnlySpan<byte> topic = reader.ReadUtf8();
        ushort packetId = qualityOfService == 0 ? (ushort)0 : reader.ReadUInt16();
        if (!reader.Failed && qualityOfService != 0 && packetId == 0)
        {
            return reader.Fail(MqttReasonCode.ProtocolError, "packet identifier is 0");
        }

        ushort alias = 0;
        uint? expiry = null;
        bool hasSubscriptionIdentifier = false;
        bool isText = false;
        ReadOnlySpan<byte> raw = default;
        if (version == MqttProtocolVersion.V500)
        {
            raw = reader.ReadBytes(reader.ReadVariableByteInteger());
            var list = new PropertyReader(raw, PropertyScope.Publish);
            while (list.MoveNext())
            {
                switch (list.Id)
                {
                    case MqttPropertyId.TopicAlias:
                        alias = (ushort)list.Number;
                        break;
                    case MqttPropertyId.MessageExpiryInterval:
                        expiry = list.Number;
                        break;
                    case MqttPropertyId.SubscriptionIdentifier:
                        hasSubscriptionIdentifier = true;
                        break;
                    case MqttPropertyId.PayloadFormatIndicator:
                        isText = list.Number == 1;
                        break;
                }
            }

            if (list.Failed)
            {
                reader.Fail(list.Error.Reason, list.Error.Detail);
            }
        }

        if (reader.Failed)
        {
            return false;
        }

        if (!TopicRules.IsValidName(topic) && (!topic.IsEmpty || alias == 0))
        {
            return topic.IsEmpty && version == MqttProtocolVersion.V500
                ? reader.Fail(MqttReasonCode.ProtocolError, "neither a topic name nor a topic alias")
                : reader.Fail(MqttReasonCode.TopicNameInvalid, "topic name is empty or holds a wildcard");
        }

        ReadOnlySpan<byte> payload = reader.ReadRest();
        if (isText && !System.Text.Unicode.Utf8.IsValid(payload))
        {
            return reader.Fail(MqttReasonCode.PayloadFormatInvalid, "payload is not the UTF-8 that it claims to be");
        }

        packet = new()
        {
            Duplicate = duplicate,
            QualityOfService = qualityOfService,
            Retain = (flags & 0x01) != 0,
            Topic = topic,
            PacketId = packetId,
            TopicAlias = alias,
            MessageExpirySeconds = expiry,
            HasSubscriptionIdentifier = hasSubscriptionIdentifier,
            RawProperties = raw,
            Payload = payload,
        };
        return true;
    }

    /// <summary>All properties, allocated.</summary>
    public MqttProperties ReadProperties()
    {
        if (RawProperties.IsEmpty)
        {
            return MqttProperties.None;
        }

        Span<byte> length = stackalloc byte[4];
        int lengthBytes = PacketWriter.PutVariableByteInteger(length, RawProperties.Length);
        byte[] list = [.. length[..lengthBytes], .. RawProperties];
        var reader = new PacketReader(list);
        return MqttProperties.Read(ref reader, PropertyScope.Publish);
    }

    /// <summary>Writes a PUBLISH without properties; allocates nothing.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="version">Of the connection.</param>
    /// <param name="topic">UTF-8 topic name, checked by the caller.</param>
    /// <param name="packetId">0 at QoS 0.</param>
    /// <param name="payload">The application message.</param>
    /// <param name="qualityOfService">0, 1 or 2.</param>
    /// <param name="retain">Retain flag.</param>
    /// <param name="duplicate">Sent again.</param>
    public static void Encode(
        IBufferWriter<byte> output, MqttProtocolVersion version, ReadOnlySpan<byte> topic, ushort packetId,
        ReadOnlySpan<byte> payload, byte qualityOfService, bool retain, bool duplicate) =>
        Encode(output, version, topic, packetId, payload, qualityOfService, retain, duplicate, [0]);

    /// <summary>Writes a PUBLISH with properties (5.0 only).</summary>
    public static void Encode(
        IBufferWriter<byte> output, MqttProtocolVersion version, ReadOnlySpan<byte> topic, ushort packetId,
        ReadOnlySpan<byte> payload, byte qualityOfService, bool retain, bool duplicate, MqttProperties properties)
    {
        if (ReferenceEquals(properties, MqttProperties.None) || version != MqttProtocolVersion.V500)
        {
            Encode(output, version, topic, packetId, payload, qualityOfService, retain, duplicate, [0]);
            return;
        }

        var list = new ArrayBufferWriter<byte>(64);
        properties.Write(list, PropertyScope.Publish);
        Encode(output, version, topic, packetId, payload, qualityOfService, retain, duplicate, list.WrittenSpan);
    }

    /// <summary>Size of the packet that <see cref="Encode(IBufferWriter{byte}, MqttProtocolVersion, ReadOnlySpan{byte}, ushort, ReadOnlySpan{byte}, byte, bool, bool, MqttProperties)"/> writes, bytes.</summary>
    public static long Size(
        MqttProtocolVersion version, ReadOnlySpan<byte> topic, int payloadBytes, byte qualityOfService,
        MqttProperties properties)
    {
        int propertyBytes = 0;
        if (version == MqttProtocolVersion.V500)
        {
            var list = new ArrayBufferWriter<byte>(64);
            properties.Write(list, PropertyScope.Publish);
            propertyBytes = list.WrittenCount;
        }

        int length = 2 + topic.Length + (qualityOfService == 0 ? 0 : 2) + propertyBytes + payloadBytes;
        return 1L + PacketWriter.VariableByteIntegerSize(length) + length;
    }

    private static void Encode(
        IBufferWriter<byte> output, MqttProtocolVersion version, ReadOnlySpan<byte> topic, ushort packetId,
        ReadOnlySpan<byte> payload, byte qualityOfService, bool retain, bool duplicate, ReadOnlySpan<byte> properties)
    {
        if (version == MqttProtocolVersion.V311)
        {
            properties = default;
        }

        int length = 2 + topic.Length + (qualityOfService == 0 ? 0 : 2) + properties.Length + payload.Length;
        Span<byte> span = output.GetSpan(MqttLimits.FixedHeaderBytesMax + length);
        span[0] = (byte)(((int)MqttPacketType.Publish << 4)
            | (duplicate ? 0x08 : 0) | (qualityOfService << 1) | (retain ? 0x01 : 0));
        int at = 1 + PacketWriter.PutVariableByteInteger(span[1..], length);
        BinaryPrimitives.WriteUInt16BigEndian(span[at..], (ushort)topic.Length);
        topic.CopyTo(span[(at + 2)..]);
        at += 2 + topic.Length;
        if (qualityOfService != 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(span[at..], packetId);
            at += 2;
        }

        properties.CopyTo(span[at..]);
        payload.CopyTo(span[(at + properties.Length)..]);
        output.Advance(at + properties.Length + payload.Length);
    }
}
