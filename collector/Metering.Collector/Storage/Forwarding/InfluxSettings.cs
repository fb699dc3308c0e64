using Metering.Collector.Storage.Influx;

namespace Metering.Collector.Storage.Forwarding;

/// <summary>Section <c>Influx</c> of the settings; without <see cref="Url"/> nothing is forwarded.</summary>
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

    /// <summary>The first mistake, as <c>section:key</c> with what is allowed; null when there is none.</summary>
    internal string? Fault()
    {
        if (Url is null)
        {
            return null;
        }

        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return $"Influx:Url: '{Url}' was given; allowed is an address such as https://influx.example:8086/.";
        }

        if (SecretFile is not null && url.Scheme == "http" && !url.IsLoopback)
        {
            return "Influx:Url: a password is sent over https only, except to this machine.";
        }

        if (Missing(SecretFile) is { } secret)
        {
            return $"Influx:SecretFile: '{secret}' is not there.";
        }

        if (Missing(CertificateAuthorityFile) is { } authority)
        {
            return $"Influx:CertificateAuthorityFile: '{authority}' is not there.";
        }

        return KeepDays is < 1 ? "Influx:KeepDays: at least 1 is allowed, or null for ever." : null;
    }

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

    private static string? Missing(string? file) => file is not null && !File.Exists(file) ? file : null;
}
