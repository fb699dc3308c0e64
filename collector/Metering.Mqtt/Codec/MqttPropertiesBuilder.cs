using System.Text;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>Collects what a <see cref="PropertyReader"/> walks over.</summary>
internal sealed class MqttPropertiesBuilder
{
    private MqttProperties _properties = new();
    private List<int>? _subscriptionIdentifiers;
    private List<MqttUserProperty>? _userProperties;

    public void Add(scoped in PropertyReader at)
    {
        bool flag = at.Number != 0;
        _properties = at.Id switch
        {
            MqttPropertyId.PayloadFormatIndicator => _properties with { PayloadIsUtf8 = flag },
            MqttPropertyId.MessageExpiryInterval => _properties with { MessageExpirySeconds = at.Number },
            MqttPropertyId.ContentType => _properties with { ContentType = Text(at.Bytes) },
            MqttPropertyId.ResponseTopic => _properties with { ResponseTopic = Text(at.Bytes) },
            MqttPropertyId.CorrelationData => _properties with { CorrelationData = at.Bytes.ToArray() },
            MqttPropertyId.SessionExpiryInterval => _properties with { SessionExpirySeconds = at.Number },
            MqttPropertyId.AssignedClientIdentifier => _properties with { AssignedClientIdentifier = Text(at.Bytes) },
            MqttPropertyId.ServerKeepAlive => _properties with { ServerKeepAliveSeconds = (ushort)at.Number },
            MqttPropertyId.AuthenticationMethod => _properties with { AuthenticationMethod = Text(at.Bytes) },
            MqttPropertyId.AuthenticationData => _properties with { AuthenticationData = at.Bytes.ToArray() },
            MqttPropertyId.RequestProblemInformation => _properties with { RequestProblemInformation = flag },
            MqttPropertyId.WillDelayInterval => _properties with { WillDelaySeconds = at.Number },
            MqttPropertyId.RequestResponseInformation => _properties with { RequestResponseInformation = flag },
            MqttPropertyId.ResponseInformation => _properties with { ResponseInformation = Text(at.Bytes) },
            MqttPropertyId.ServerReference => _properties with { ServerReference = Text(at.Bytes) },
            MqttPropertyId.ReasonString => _properties with { ReasonString = Text(at.Bytes) },
            MqttPropertyId.ReceiveMaximum => _properties with { ReceiveMaximum = (ushort)at.Number },
            MqttPropertyId.TopicAliasMaximum => _properties with { TopicAliasMaximum = (ushort)at.Number },
            MqttPropertyId.TopicAlias => _properties with { TopicAlias = (ushort)at.Number },
            MqttPropertyId.MaximumQoS => _properties with { MaximumQoS = (byte)at.Number },
            MqttPropertyId.RetainAvailable => _properties with { RetainAvailable = flag },
            MqttPropertyId.MaximumPacketSize => _properties with { MaximumPacketSizeBytes = at.Number },
            MqttPropertyId.WildcardSubscriptionAvailable => _properties with { WildcardSubscriptionAvailable = flag },
            MqttPropertyId.SubscriptionIdentifierAvailable => _properties with { SubscriptionIdentifierAvailable = flag },
            MqttPropertyId.SharedSubscriptionAvailable => _properties with { SharedSubscriptionAvailable = flag },
            _ => _properties,
        };
        if (at.Id == MqttPropertyId.UserProperty)
        {
            (_userProperties ??= []).Add(new(Text(at.Bytes), Text(at.PairValue)));
        }
        else if (at.Id == MqttPropertyId.SubscriptionIdentifier)
        {
            (_subscriptionIdentifiers ??= []).Add((int)at.Number);
        }
    }

    public MqttProperties Build() => _properties with
    {
        SubscriptionIdentifiers = _subscriptionIdentifiers ?? [],
        UserProperties = _userProperties ?? [],
    };

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
