using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Client;

/// <summary>The connection could not be made or has ended.</summary>
public sealed class MqttConnectionException : IOException
{
    public MqttConnectionException(MqttReasonCode reason, string message, Exception? inner = null)
        : base($"{message} (0x{(byte)reason:x2} {reason})", inner) => Reason = reason;

    internal MqttConnectionException(MqttDecodeError error)
        : this(error.Reason, $"the server sent a packet that the standard does not allow: {error.Detail}")
    {
    }

    /// <summary>What the server said, or the nearest code of MQTT 5.0.</summary>
    public MqttReasonCode Reason { get; }
}
