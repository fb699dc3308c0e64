namespace Metering.Mqtt.Protocol;

/// <summary>Protocol level of a connection (3.1.2.2 of both standards).</summary>
public enum MqttProtocolVersion : byte
{
    /// <summary>MQTT 3.1.1 (OASIS Standard, 29 October 2014).</summary>
    V311 = 4,

    /// <summary>MQTT 5.0 (OASIS Standard, 7 March 2019).</summary>
    V500 = 5,
}
