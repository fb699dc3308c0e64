using System.Security.Cryptography.X509Certificates;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Client;

/// <summary>Where and as whom a client connects.</summary>
public sealed record MqttClientOptions
{
    public string Host { get; init; } = "127.0.0.1";

    public int Port { get; init; } = 1883;

    /// <summary>Null for plain TCP.</summary>
    public MqttClientTlsOptions? Tls { get; init; }

    /// <summary>Opens the transport instead of TCP and TLS to <see cref="Host"/>; the connection disposes of the stream.</summary>
    public Func<CancellationToken, ValueTask<Stream>>? StreamFactory { get; init; }

    public MqttProtocolVersion ProtocolVersion { get; init; } = MqttProtocolVersion.V500;

    /// <summary>Empty: the server assigns one.</summary>
    public string ClientId { get; init; } = "";

    public string? UserName { get; init; }

    /// <summary>Needs a user name in 3.1.1 (3.1.2.9 there).</summary>
    public byte[]? Password { get; init; }

    /// <summary>True forgets what the server kept of this client.</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>5.0: how long the server keeps the session after the connection ends, s.</summary>
    public uint SessionExpirySeconds { get; init; }

    /// <summary>0 .. 65,535 s; 0 sends no PINGREQ.</summary>
    public ushort KeepAliveSeconds { get; init; } = 60;

    public MqttWill? Will { get; init; }

    /// <summary>5.0: messages at QoS 1 and 2 that may await <see cref="MqttReceivedMessage.AcknowledgeAsync"/>, 1 .. 65,535.</summary>
    public ushort ReceiveMaximum { get; init; } = 64;

    /// <summary>Largest packet taken from the server, bytes.</summary>
    public int PacketBytesMax { get; init; } = 256 * 1024;

    /// <summary>From the start of the connection to CONNACK.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Called for each received message, in order; the next one waits for it. A message is acknowledged only by
    /// <see cref="MqttReceivedMessage.AcknowledgeAsync"/>. Null acknowledges and drops.
    /// </summary>
    public Func<MqttReceivedMessage, ValueTask>? Received { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>TLS 1.2 or 1.3 to a server.</summary>
public sealed record MqttClientTlsOptions
{
    /// <summary>Name that the certificate must carry; null takes <see cref="MqttClientOptions.Host"/>.</summary>
    public string? TargetHost { get; init; }

    /// <summary>Certificates to trust instead of those of the system.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>For mutual TLS, with its private key.</summary>
    public X509Certificate2? ClientCertificate { get; init; }
}
