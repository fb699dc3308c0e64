using System.Buffers;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>
/// The properties of one packet that is not on the hot path. Null means absent; the encoder writes what is set, in the
/// order of the identifiers, and refuses what does not belong into the packet.
/// </summary>
public sealed record MqttProperties
{
    /// <summary>True when the payload is UTF-8 text.</summary>
    public bool? PayloadIsUtf8 { get; init; }

    /// <summary>Lifetime of the message, s.</summary>
    public uint? MessageExpirySeconds { get; init; }

    public string? ContentType { get; init; }

    public string? ResponseTopic { get; init; }

    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    /// <summary>1 .. 268,435,455; several in a PUBLISH that matched several subscriptions.</summary>
    public IReadOnlyList<int> SubscriptionIdentifiers { get; init; } = [];

    /// <summary>Lifetime of the session after its connection ends, s; 4,294,967,295 never expires.</summary>
    public uint? SessionExpirySeconds { get; init; }

    public string? AssignedClientIdentifier { get; init; }

    /// <summary>Keep-alive that the server imposes, s.</summary>
    public ushort? ServerKeepAliveSeconds { get; init; }

    public string? AuthenticationMethod { get; init; }

    public ReadOnlyMemory<byte>? AuthenticationData { get; init; }

    public bool? RequestProblemInformation { get; init; }

    /// <summary>Wait before the will is published, s.</summary>
    public uint? WillDelaySeconds { get; init; }

    public bool? RequestResponseInformation { get; init; }

    public string? ResponseInformation { get; init; }

    public string? ServerReference { get; init; }

    public string? ReasonString { get; init; }

    /// <summary>QoS 1 and 2 messages that the sender of this packet takes at once, 1 .. 65,535.</summary>
    public ushort? ReceiveMaximum { get; init; }

    public ushort? TopicAliasMaximum { get; init; }

    public ushort? TopicAlias { get; init; }

    /// <summary>0 or 1; absent means 2.</summary>
    public byte? MaximumQoS { get; init; }

    public bool? RetainAvailable { get; init; }

    /// <summary>Largest packet that the sender of this packet takes, bytes.</summary>
    public uint? MaximumPacketSizeBytes { get; init; }

    public bool? WildcardSubscriptionAvailable { get; init; }

    public bool? SubscriptionIdentifierAvailable { get; init; }

    public bool? SharedSubscriptionAvailable { get; init; }

    public IReadOnlyList<MqttUserProperty> UserProperties { get; init; } = [];

    /// <summary>No property at all.</summary>
    public static MqttProperties None { get; } = new();

    /// <summary>Reads length and list; on an error <paramref name="packet"/> has failed.</summary>
    public static MqttProperties Read(ref PacketReader packet, PropertyScope scope)
    {
        ReadOnlySpan<byte> raw = packet.ReadBytes(packet.ReadVariableByteInteger());
        if (raw.IsEmpty)
        {
            return None;
        }

        var list = new PropertyReader(raw, scope);
        var builder = new MqttPropertiesBuilder();
        while (list.MoveNext())
        {
            builder.Add(list);
        }

        if (list.Failed)
        {
            packet.Fail(list.Error.Reason, list.Error.Detail);
            return None;
        }

        return builder.Build();
    }

    /// <summary>Writes length and list.</summary>
    /// <exception cref="ArgumentException">A property does not belong into this packet.</exception>
    internal void Write(IBufferWriter<byte> output, PropertyScope scope)
    {
        if (ReferenceEquals(this, None))
        {
            output.WriteByte(0);
            return;
        }

        var list = new ArrayBufferWriter<byte>(64);
        var writer = new PropertyListWriter(list, scope);
        writer.Flag(MqttPropertyId.PayloadFormatIndicator, PayloadIsUtf8);
        writer.UInt32(MqttPropertyId.MessageExpiryInterval, MessageExpirySeconds);
        writer.Utf8(MqttPropertyId.ContentType, ContentType);
        writer.Utf8(MqttPropertyId.ResponseTopic, ResponseTopic);
        writer.Binary(MqttPropertyId.CorrelationData, CorrelationData);
        foreach (int identifier in SubscriptionIdentifiers)
        {
            writer.VariableByteInteger(MqttPropertyId.SubscriptionIdentifier, identifier);
        }

        writer.UInt32(MqttPropertyId.SessionExpiryInterval, SessionExpirySeconds);
        writer.Utf8(MqttPropertyId.AssignedClientIdentifier, AssignedClientIdentifier);
        writer.UInt16(MqttPropertyId.ServerKeepAlive, ServerKeepAliveSeconds);
        writer.Utf8(MqttPropertyId.AuthenticationMethod, AuthenticationMethod);
        writer.Binary(MqttPropertyId.AuthenticationData, AuthenticationData);
        writer.Flag(MqttPropertyId.RequestProblemInformation, RequestProblemInformation);
        writer.UInt32(MqttPropertyId.WillDelayInterval, WillDelaySeconds);
        writer.Flag(MqttPropertyId.RequestResponseInformation, RequestResponseInformation);
        writer.Utf8(MqttPropertyId.ResponseInformation, ResponseInformation);
        writer.Utf8(MqttPropertyId.ServerReference, ServerReference);
        writer.Utf8(MqttPropertyId.ReasonString, ReasonString);
        writer.UInt16(MqttPropertyId.ReceiveMaximum, ReceiveMaximum);
        writer.UInt16(MqttPropertyId.TopicAliasMaximum, TopicAliasMaximum);
        writer.UInt16(MqttPropertyId.TopicAlias, TopicAlias);
        writer.Byte(MqttPropertyId.MaximumQoS, MaximumQoS);
        writer.Flag(MqttPropertyId.RetainAvailable, RetainAvailable);
        foreach (MqttUserProperty property in UserProperties)
        {
            writer.Pair(property);
        }

        writer.UInt32(MqttPropertyId.MaximumPacketSize, MaximumPacketSizeBytes);
        writer.Flag(MqttPropertyId.WildcardSubscriptionAvailable, WildcardSubscriptionAvailable);
        writer.Flag(MqttPropertyId.SubscriptionIdentifierAvailable, SubscriptionIdentifierAvailable);
        writer.Flag(MqttPropertyId.SharedSubscriptionAvailable, SharedSubscriptionAvailable);
        output.WriteVariableByteInteger(list.WrittenCount);
        output.Write(list.WrittenSpan);
    }
}

/// <summary>A name and value pair that the standard carries without a meaning (2.2.2.2).</summary>
public readonly record struct MqttUserProperty(string Name, string Value);
