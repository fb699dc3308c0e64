namespace Metering.Collector.Storage.Influx;

/// <summary>Which InfluxDB is behind; only provisioning and the longest query differ.</summary>
public enum InfluxGeneration
{
    /// <summary>1.x: tested here against 1.6.7.</summary>
    V1 = 1,

    /// <summary>2.x, through its 1.x-compatible API: tested against its documented answers only.</summary>
    V2 = 2,

    /// <summary>3 Core, through its 1.x-compatible API: tested against its documented answers only.</summary>
    V3 = 3,
}

/// <summary>How an InfluxDB server is reached.</summary>
public sealed record InfluxOptions
{
    /// <summary>Address of the server, such as https://influx.example:8086/.</summary>
    public required Uri Url { get; init; }

    /// <summary>Database (1.x, 3) or bucket (2.x).</summary>
    public string Database { get; init; } = "metering";

    public InfluxGeneration Generation { get; init; } = InfluxGeneration.V1;

    /// <summary>User name, or null without authentication. With a token of 2.x or 3 any name will do.</summary>
    public string? User { get; init; }

    /// <summary>Password (1.x) or token (2.x, 3): all three take it by Basic authentication.</summary>
    public string? Secret { get; init; }

    /// <summary>Organisation, 2.x provisioning only; null: the only one that the token sees.</summary>
    public string? Organisation { get; init; }

    /// <summary>PEM file of a private certificate authority that the server's certificate must descend from; null: the system's.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest span of one query: 3 Core refuses more than about 72 h.</summary>
    internal TimeSpan QuerySpanMax => Generation == InfluxGeneration.V3 ? TimeSpan.FromHours(71) : TimeSpan.MaxValue;
}
