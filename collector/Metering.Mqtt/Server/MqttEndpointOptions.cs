namespace Metering.Mqtt.Server;

/// <summary>Bounds of an endpoint, each with its unit. README.md in this folder lists them with their metrics.</summary>
public sealed record MqttEndpointOptions
{
    /// <summary>Largest packet taken, fixed header included, bytes (5.0: maximum packet size).</summary>
    public int PacketBytesMax { get; init; } = 16 * 1024;

    /// <summary>Messages of one connection that may await their acknowledgement, 1 .. 65,535 (5.0: receive maximum).</summary>
    public ushort ReceiveMaximum { get; init; } = 64;

    /// <summary>Payload bytes of all connections that may await the inbox; beyond it the endpoint stops reading.</summary>
    public long InboxBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>From the start of a connection to its CONNECT.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Keep-alive imposed on 5.0 clients that ask for none or for more, s.</summary>
    public ushort KeepAliveSecondsMax { get; init; } = 1200;

    /// <summary>How long a connection may take to send its last acknowledgements when the endpoint stops.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Connections at once, all addresses together.</summary>
    public int ConnectionsMax { get; init; } = 20_000;

    /// <summary>Sessions kept, connected or not.</summary>
    public int SessionsMax { get; init; } = 20_000;

    /// <summary>Longest life of a session without a connection, s. 3.1.1 sessions that are not clean get all of it.</summary>
    public uint SessionExpirySecondsMax { get; init; } = 7 * 24 * 3600;

    /// <summary>Topic aliases that a 5.0 client may set on one connection.</summary>
    public ushort TopicAliasMaximum { get; init; } = 8;

    /// <summary>Length of a client identifier, characters.</summary>
    public int ClientIdCharsMax { get; init; } = 128;

    /// <summary>Levels of a topic name or filter.</summary>
    public int TopicLevelsMax { get; init; } = 16;

    /// <summary>Topic filters of one session.</summary>
    public int SubscriptionsPerSessionMax { get; init; } = 64;

    /// <summary>Messages kept for one session that is away or slow; the next ones are dropped and counted.</summary>
    public int QueuedMessagesPerSessionMax { get; init; } = 4000;

    /// <summary>QoS 1 messages sent to one session and not acknowledged.</summary>
    public ushort OutboundInFlightMax { get; init; } = 32;

    /// <summary>Unsent bytes of one connection beyond which QoS 0 messages to it are dropped and counted.</summary>
    public int OutboundBytesMax { get; init; } = 256 * 1024;

    /// <summary>Retained messages, all topics together.</summary>
    public int RetainedMessagesMax { get; init; } = 50_000;

    /// <summary>
    /// Topics that are passed to subscribers and kept as retained, and that the inbox does not see: what people send to
    /// boards. They are acknowledged at once and live in memory only.
    /// </summary>
    public Func<string, bool> IsRelayOnly { get; init; } = static _ => false;

    /// <summary>Limits per remote address.</summary>
    public MqttAddressLimits PerAddress { get; init; } = new();
}

/// <summary>What one remote address may do. Loopback is exempt unless <see cref="IncludeLoopback"/> is set.</summary>
public sealed record MqttAddressLimits
{
    /// <summary>Connections at once.</summary>
    public int ConnectionsMax { get; init; } = 2_500;

    /// <summary>Failed logins within <see cref="FailedLoginWindow"/>; further logins are refused unheard until it has passed.</summary>
    public int FailedLoginsMax { get; init; } = 20;

    /// <summary>Over which failed logins are counted.</summary>
    public TimeSpan FailedLoginWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Messages per second, averaged over a burst of as many; beyond it the endpoint reads slower.</summary>
    public int MessagesPerSecondMax { get; init; } = 5_000;

    /// <summary>Addresses remembered at once; when full, those without a connection are forgotten first.</summary>
    public int AddressesMax { get; init; } = 10_000;

    public bool IncludeLoopback { get; init; }
}
