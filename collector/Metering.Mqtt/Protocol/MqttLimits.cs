namespace Metering.Mqtt.Protocol;

/// <summary>Bounds that the standard itself sets.</summary>
public static class MqttLimits
{
    /// <summary>Largest remaining length and largest variable byte integer (MQTT 5.0, 1.5.5), bytes.</summary>
    public const int VariableByteIntegerMax = 268_435_455;

    /// <summary>Longest string or binary field (1.5.4, 1.5.6), bytes.</summary>
    public const int FieldBytesMax = 65_535;

    /// <summary>Longest fixed header: type and four length bytes.</summary>
    public const int FixedHeaderBytesMax = 5;

    /// <summary>Receive maximum when none was said (3.1.2.11.3), messages in flight.</summary>
    public const ushort ReceiveMaximumDefault = 65_535;

    /// <summary>A session expiry interval that never ends (3.1.2.11.2), s.</summary>
    public const uint SessionNeverExpires = uint.MaxValue;
}
