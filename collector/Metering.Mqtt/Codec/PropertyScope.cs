using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>Where a property list stands: one bit per packet type, and one for the will inside CONNECT.</summary>
[Flags]
public enum PropertyScope
{
    None = 0,
    Connect = 1 << MqttPacketType.Connect,
    ConnAck = 1 << MqttPacketType.ConnAck,
    Publish = 1 << MqttPacketType.Publish,
    PubAck = 1 << MqttPacketType.PubAck,
    PubRec = 1 << MqttPacketType.PubRec,
    PubRel = 1 << MqttPacketType.PubRel,
    PubComp = 1 << MqttPacketType.PubComp,
    Subscribe = 1 << MqttPacketType.Subscribe,
    SubAck = 1 << MqttPacketType.SubAck,
    Unsubscribe = 1 << MqttPacketType.Unsubscribe,
    UnsubAck = 1 << MqttPacketType.UnsubAck,
    Disconnect = 1 << MqttPacketType.Disconnect,
    Auth = 1 << MqttPacketType.Auth,
    Will = 1 << 16,
}

/// <summary>How a property's value is encoded (MQTT 5.0, table 2-4).</summary>
public enum PropertyKind
{
    None,
    Flag,
    UInt16,
    UInt32,
    VariableByteInteger,
    Utf8,
    Binary,
    Utf8Pair,
}

/// <summary>Table 2-4 of MQTT 5.0: type of each property and the packets it may stand in.</summary>
public static class PropertyTable
{
    private const PropertyScope Acknowledgements = PropertyScope.PubAck | PropertyScope.PubRec | PropertyScope.PubRel
        | PropertyScope.PubComp | PropertyScope.SubAck | PropertyScope.UnsubAck;

    public static PropertyKind KindOf(MqttPropertyId id) => id switch
    {
        MqttPropertyId.PayloadFormatIndicator => PropertyKind.Flag,
        MqttPropertyId.MessageExpiryInterval => PropertyKind.UInt32,
        MqttPropertyId.ContentType => PropertyKind.Utf8,
        MqttPropertyId.ResponseTopic => PropertyKind.Utf8,
        MqttPropertyId.CorrelationData => PropertyKind.Binary,
        MqttPropertyId.SubscriptionIdentifier => PropertyKind.VariableByteInteger,
        MqttPropertyId.SessionExpiryInterval => PropertyKind.UInt32,
        MqttPropertyId.AssignedClientIdentifier => PropertyKind.Utf8,
        MqttPropertyId.ServerKeepAlive => PropertyKind.UInt16,
        MqttPropertyId.AuthenticationMethod => PropertyKind.Utf8,
        MqttPropertyId.AuthenticationData => PropertyKind.Binary,
        MqttPropertyId.RequestProblemInformation => PropertyKind.Flag,
        MqttPropertyId.WillDelayInterval => PropertyKind.UInt32,
        MqttPropertyId.RequestResponseInformation => PropertyKind.Flag,
        MqttPropertyId.ResponseInformation => PropertyKind.Utf8,
        MqttPropertyId.ServerReference => PropertyKind.Utf8,
        MqttPropertyId.ReasonString => PropertyKind.Utf8,
        MqttPropertyId.ReceiveMaximum => PropertyKind.UInt16,
        MqttPropertyId.TopicAliasMaximum => PropertyKind.UInt16,
        MqttPropertyId.TopicAlias => PropertyKind.UInt16,
        MqttPropertyId.MaximumQoS => PropertyKind.Flag,
        MqttPropertyId.RetainAvailable => PropertyKind.Flag,
        MqttPropertyId.UserProperty => PropertyKind.Utf8Pair,
        MqttPropertyId.MaximumPacketSize => PropertyKind.UInt32,
        MqttPropertyId.WildcardSubscriptionAvailable => PropertyKind.Flag,
        MqttPropertyId.SubscriptionIdentifierAvailable => PropertyKind.Flag,
        MqttPropertyId.SharedSubscriptionAvailable => PropertyKind.Flag,
        _ => PropertyKind.None,
    };

    public static PropertyScope ScopesOf(MqttPropertyId id) => id switch
    {
        MqttPropertyId.PayloadFormatIndicator or MqttPropertyId.MessageExpiryInterval or MqttPropertyId.ContentType
            or MqttPropertyId.ResponseTopic or MqttPropertyId.CorrelationData => PropertyScope.Publish | PropertyScope.Will,
        MqttPropertyId.SubscriptionIdentifier => PropertyScope.Publish | PropertyScope.Subscribe,
        MqttPropertyId.SessionExpiryInterval => PropertyScope.Connect | PropertyScope.ConnAck | PropertyScope.Disconnect,
        MqttPropertyId.AuthenticationMethod or MqttPropertyId.AuthenticationData =>
            PropertyScope.Connect | PropertyScope.ConnAck | PropertyScope.Auth,
        MqttPropertyId.RequestProblemInformation or MqttPropertyId.RequestResponseInformation => PropertyScope.Connect,
        MqttPropertyId.WillDelayInterval => PropertyScope.Will,
        MqttPropertyId.ServerReference => PropertyScope.ConnAck | PropertyScope.Disconnect,
        MqttPropertyId.ReasonString =>
            Acknowledgements | PropertyScope.ConnAck | PropertyScope.Disconnect | PropertyScope.Auth,
        MqttPropertyId.ReceiveMaximum or MqttPropertyId.TopicAliasMaximum or MqttPropertyId.MaximumPacketSize =>
            PropertyScope.Connect | PropertyScope.ConnAck,
        MqttPropertyId.TopicAlias => PropertyScope.Publish,
        MqttPropertyId.AssignedClientIdentifier or MqttPropertyId.ServerKeepAlive or MqttPropertyId.ResponseInformation
            or MqttPropertyId.MaximumQoS or MqttPropertyId.RetainAvailable
            or MqttPropertyId.WildcardSubscriptionAvailable or MqttPropertyId.SubscriptionIdentifierAvailable
            or MqttPropertyId.SharedSubscriptionAvailable => PropertyScope.ConnAck,
        MqttPropertyId.UserProperty => Acknowledgements | PropertyScope.Connect | PropertyScope.ConnAck
            | PropertyScope.Publish | PropertyScope.Will | PropertyScope.Subscribe | PropertyScope.Unsubscribe
            | PropertyScope.Disconnect | PropertyScope.Auth,
        _ => PropertyScope.None,
    };
}
