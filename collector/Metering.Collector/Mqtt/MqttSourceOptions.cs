using Metering.Mqtt.Protocol;

namespace Metering.Collector.Mqtt;

/// <summary>An existing broker that the collector takes readings from.</summary>
public sealed record MqttSourceOptions
{
    public string Host { get; init; } = "";

    public int Port { get; init; } = 1883;

    /// <summary>TLS 1.2 or 1.3.</summary>
    public bool Tls { get; init; }

    /// <summary>PEM file of the authority that signed the broker's certificate; null: those that the system trusts.</summary>
    public string? Authority { get; init; }

    /// <summary>PEM file of this collector's certificate, for mutual TLS.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of its private key.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>5 or 4 (3.1.1).</summary>
    public MqttProtocolVersion Version { get; init; } = MqttProtocolVersion.V500;

    /// <summary>Stable, and of this collector alone: the broker keeps under it what arrives while the collector is away.</summary>
    public string ClientId { get; init; } = "metering-collector";

    public string? UserName { get; init; }

    /// <summary>File that holds the password and nothing else.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Group of a shared subscription, so that several collectors share the load; null: none.</summary>
    public string? ShareGroup { get; init; }

    /// <summary>
    /// Topic filters; none means readings, status and events of all boards. What arrives is decoded like anything that
    /// boards publish.
    /// </summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>The filters in force.</summary>
    internal IReadOnlyList<string> FiltersInForce => Filters.Count > 0
        ? Filters : ["metering/v1/+/readings", "metering/v1/+/status", "metering/v1/+/event"];

    /// <summary>Messages that may await the store at once, 1 .. 65,535.</summary>
    public ushort InFlightMax { get; init; } = 100;

    /// <summary>5.0: how long the broker keeps messages while the collector is away, s.</summary>
    public uint SessionExpirySeconds { get; init; } = 14 * 24 * 3600;

    /// <summary>0 .. 65,535 s.</summary>
    public ushort KeepAliveSeconds { get; init; } = 60;

    /// <summary>Wait before the first new attempt; doubles up to <see cref="RetryMax"/>, and a quarter of it is drawn by lot.</summary>
    public TimeSpan RetryMin { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan RetryMax { get; init; } = TimeSpan.FromSeconds(60);
}
