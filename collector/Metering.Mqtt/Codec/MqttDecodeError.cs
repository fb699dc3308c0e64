using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>Why a packet was refused: the reason code of MQTT 5.0 (4.13) and a fixed sentence for the log.</summary>
/// <param name="Reason">What a 5.0 peer is told; a 3.1.1 peer only sees the connection close.</param>
/// <param name="Detail">What was wrong, never a copy of what was received.</param>
public readonly record struct MqttDecodeError(MqttReasonCode Reason, string Detail);
