using Metering.Collector.Storage.Influx;

namespace Metering.Collector.Storage.Forwarding;

/// <summary>Section <c>Influx</c> of the settings; without <see cref="Url"/> nothing is forwarded. Checked by <see cref="InfluxSettingsRules"/>.</summary>
public sealed record InfluxSettings
{
    /// <summary>Address of the server, such as https://influx.example:8086/.</summary>
    public string? Url { get; init; }

    /// <summary>Database, or bucket in 2.x.</summary>
    public string Database { get; init; } = "metering";

    public InfluxGeneration Generation { get; init; } = InfluxGeneration.V1;

    public string? User { get; init; }

    /// <summary>File that holds the password or token: secrets are not for settings files.</summary>
    public string? SecretFile { get; init; }

    /// <summary>Organisation of 2.x, where the token sees several.</summary>
    public string? Organisation { get; init; }

    /// <summary>PEM file of a private authority.</summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>Days that readings stay in the intake after they were confirmed; null: for ever.</summary>
    public int? KeepDays { get; init; }

    internal InfluxOptions ToOptions() => new()
    {
        Url = new Uri(Url!.EndsWith('/') ? Url : Url + "/"),
        Database = Database,
        Generation = Generation,
        User = User,
        Secret = SecretFile is null ? null : File.ReadAllText(SecretFile).Trim(),
        Organisation = Organisation,
        CertificateAuthorityFile = CertificateAuthorityFile,
    };
}
