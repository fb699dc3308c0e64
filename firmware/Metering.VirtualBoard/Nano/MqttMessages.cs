#pragma warning disable IDE0130, CA1711, CA1008, CA1069, CA1819 // imitates nanoFramework.M2Mqtt's names and shapes
namespace nanoFramework.M2Mqtt
{
    public class MqttSettings
    {
        public static MqttSettings Instance { get; } = new();

        public bool ValidateServerCertificate { get; set; } = true;
    }

    public enum MqttSslProtocols
    {
        None = 0,
        SSLv3 = 1,
        TLSv1_0 = 2,
        TLSv1_1 = 3,
        TLSv1_2 = 4,
        TLSv1_3 = 5,
    }

    public enum MqttProtocolVersion
    {
        Version_3_1 = 3,
        Version_3_1_1 = 4,
        Version_5 = 5,
    }
}

namespace nanoFramework.M2Mqtt.Messages
{
    public enum MqttQoSLevel
    {
        AtMostOnce = 0,
        AtLeastOnce = 1,
        ExactlyOnce = 2,
        GrantedFailure = 128,
    }

    public enum MqttReasonCode
    {
        Success = 0,
        ConnectionRefusedUnacceptableProtocolVersion = 1,
        ConnectionRefusedIdentifierRejected = 2,
        ConnectionRefusedServerUnavailable = 3,
        ConnectionRefusedBadUserNameOrPassword = 4,
        ConnectionRefusedNotAuthorized = 5,
        UnspecifiedError = 128,
        BadUserNameOrPassword = 134,
        NotAuthorized = 135,
        ServerUnavailable = 136,
        ServerBusy = 137,
    }

    public class MqttMsgPublishedEventArgs(ushort messageId, bool isPublished) : EventArgs
    {
        public ushort MessageId { get; set; } = messageId;

        public bool IsPublished { get; set; } = isPublished;
    }

    public class MqttMsgPublishEventArgs(string topic, byte[] message, bool dupFlag, MqttQoSLevel qosLevel, bool retain) : EventArgs
    {
        public string Topic { get; } = topic;

        public byte[] Message { get; } = message;

        public bool DupFlag { get; } = dupFlag;

        public MqttQoSLevel QosLevel { get; } = qosLevel;

        public bool Retain { get; } = retain;
    }
}

namespace nanoFramework.M2Mqtt.Exceptions
{
    public class MqttConnectionException(string message, Exception innerException) : Exception(message, innerException);

    public class MqttCommunicationException : Exception;
}
