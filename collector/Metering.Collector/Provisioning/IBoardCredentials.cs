using System.Security.Cryptography.X509Certificates;

namespace Metering.Collector.Provisioning;

/// <summary>Who of the boards may log in. The MQTT endpoint's authenticator asks it at each CONNECT.</summary>
public interface IBoardCredentials
{
    /// <summary>The board's EUI-64 when user name and password are those of a board that is not revoked; else null.</summary>
    string? ByPassword(string userName, ReadOnlySpan<byte> password);

    /// <summary>The board's EUI-64 when the certificate, whose chain TLS has verified, was issued to a board and is neither
    /// revoked nor replaced; else null.</summary>
    string? ByCertificate(X509Certificate2 certificate);
}
