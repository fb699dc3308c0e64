namespace Metering.Mqtt.Server;

/// <summary>Bounds of an endpoint. Each has its unit; README.md in this folder lists them with their metrics.</summary>
public sealed record MqttEndpointOptions
{
    /// <summary>Largest packet taken, fixed header included, bytes (5.0: maximum packet size).</summary>
    public int PacketBytesMax { get; init; } = 16 * 1024;

    /// <summary>Messages of one connection that may await their acknowledgement, 1 .. 65,535 (5.0: receive maximum).</summary>
    public ushort ReceiveMaximum { get; init; } = 64;

    /// <summary>From the start of a connection to its CONNECT.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Keep-alive imposed on clients that ask for none or for more, s.</summary>
    public ushort KeepAliveSecondsMax { get; init; } = 1200;
}
