using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>Which reason code may stand in which packet (MQTT 5.0, table 2-6), and the return codes of 3.1.1.</summary>
public static class ReasonCodes
{
    public static bool IsFailure(this MqttReasonCode reason) => (byte)reason >= 0x80;

    public static bool IsAllowed(MqttPacketType type, MqttReasonCode reason) => type switch
    {
        MqttPacketType.ConnAck => reason is MqttReasonCode.Success or MqttReasonCode.UnspecifiedError
            or MqttReasonCode.MalformedPacket or MqttReasonCode.ProtocolError
            or MqttReasonCode.ImplementationSpecificError or MqttReasonCode.UnsupportedProtocolVersion
            or MqttReasonCode.ClientIdentifierNotValid or MqttReasonCode.BadUserNameOrPassword
            or MqttReasonCode.NotAuthorized or MqttReasonCode.ServerUnavailable or MqttReasonCode.ServerBusy
            or MqttReasonCode.Banned or MqttReasonCode.BadAuthenticationMethod or MqttReasonCode.TopicNameInvalid
            or MqttReasonCode.PacketTooLarge or MqttReasonCode.QuotaExceeded or MqttReasonCode.PayloadFormatInvalid
            or MqttReasonCode.RetainNotSupported or MqttReasonCode.QoSNotSupported or MqttReasonCode.UseAnotherServer
            or MqttReasonCode.ServerMoved or MqttReasonCode.ConnectionRateExceeded,
        MqttPacketType.PubAck or MqttPacketType.PubRec => reason is MqttReasonCode.Success
            or MqttReasonCode.NoMatchingSubscribers or MqttReasonCode.UnspecifiedError
            or MqttReasonCode.ImplementationSpecificError or MqttReasonCode.NotAuthorized
            or MqttReasonCode.TopicNameInvalid or MqttReasonCode.PacketIdentifierInUse or MqttReasonCode.QuotaExceeded
            or MqttReasonCode.PayloadFormatInvalid,
        MqttPacketType.PubRel or MqttPacketType.PubComp =>
            reason is MqttReasonCode.Success or MqttReasonCode.PacketIdentifierNotFound,
        MqttPacketType.SubAck => reason is MqttReasonCode.Success or MqttReasonCode.GrantedQoS1
            or MqttReasonCode.GrantedQoS2 or MqttReasonCode.UnspecifiedError
            or MqttReasonCode.ImplementationSpecificError or MqttReasonCode.NotAuthorized
            or MqttReasonCode.TopicFilterInvalid or MqttReasonCode.PacketIdentifierInUse or MqttReasonCode.QuotaExceeded
            or MqttReasonCode.SharedSubscriptionsNotSupported or MqttReasonCode.SubscriptionIdentifiersNotSupported
            or MqttReasonCode.WildcardSubscriptionsNotSupported,
        MqttPacketType.UnsubAck => reason is MqttReasonCode.Success or MqttReasonCode.NoSubscriptionExisted
            or MqttReasonCode.UnspecifiedError or MqttReasonCode.ImplementationSpecificError
            or MqttReasonCode.NotAuthorized or MqttReasonCode.TopicFilterInvalid or MqttReasonCode.PacketIdentifierInUse,
        MqttPacketType.Disconnect => reason is MqttReasonCode.Success or MqttReasonCode.DisconnectWithWill
            or MqttReasonCode.UnspecifiedError or MqttReasonCode.MalformedPacket or MqttReasonCode.ProtocolError
            or MqttReasonCode.ImplementationSpecificError or MqttReasonCode.NotAuthorized or MqttReasonCode.ServerBusy
            or MqttReasonCode.ServerShuttingDown or MqttReasonCode.KeepAliveTimeout or MqttReasonCode.SessionTakenOver
            or MqttReasonCode.TopicFilterInvalid or MqttReasonCode.TopicNameInvalid
            or (>= MqttReasonCode.ReceiveMaximumExceeded and <= MqttReasonCode.WildcardSubscriptionsNotSupported),
        MqttPacketType.Auth => reason is MqttReasonCode.Success or MqttReasonCode.ContinueAuthentication
            or MqttReasonCode.ReAuthenticate,
        _ => false,
    };

    /// <summary>CONNACK return code of 3.1.1 (table 3.1 there) nearest to a reason.</summary>
    public static byte ToReturnCode(MqttReasonCode reason) => reason switch
    {
        MqttReasonCode.Success => 0,
        MqttReasonCode.UnsupportedProtocolVersion => 1,
        MqttReasonCode.ClientIdentifierNotValid => 2,
        MqttReasonCode.BadUserNameOrPassword => 4,
        MqttReasonCode.NotAuthorized or MqttReasonCode.Banned or MqttReasonCode.BadAuthenticationMethod => 5,
        _ => 3,
    };

    public static bool TryFromReturnCode(byte code, out MqttReasonCode reason)
    {
        reason = code switch
        {
            0 => MqttReasonCode.Success,
            1 => MqttReasonCode.UnsupportedProtocolVersion,
            2 => MqttReasonCode.ClientIdentifierNotValid,
            3 => MqttReasonCode.ServerUnavailable,
            4 => MqttReasonCode.BadUserNameOrPassword,
            _ => MqttReasonCode.NotAuthorized,
        };
        return code <= 5;
    }
}
