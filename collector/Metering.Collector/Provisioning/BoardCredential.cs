using System.Text.Json.Serialization;

namespace Metering.Collector.Provisioning;

/// <summary>What one board may log in with. Holds no secret: a password is kept as its salted hash only.</summary>
internal sealed record BoardCredential
{
    /// <summary>EUI-64, which is also the user name and the certificate's common name.</summary>
    public required string Board { get; init; }

    /// <summary>Metering points the board was provisioned for, channel ch1 first.</summary>
    public required IReadOnlyList<string> Points { get; init; }

    public required DateTimeOffset Issued { get; init; }

    /// <summary>Salt and PBKDF2-SHA256 hash of the password, base64, or null: certificate only.</summary>
    public PasswordHash? Password { get; init; }

    /// <summary>Serial number of the certificate, hexadecimal, or null: password only.</summary>
    public string? CertificateSerial { get; init; }

    public DateTimeOffset? CertificateExpires { get; init; }

    /// <summary>When it was revoked, or null while it is good.</summary>
    public DateTimeOffset? Revoked { get; init; }

    [JsonIgnore]
    public string Method => CertificateSerial is not null ? "certificate" : "password";
}
