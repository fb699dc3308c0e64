using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Metering.Collector.Cli;

namespace Metering.Collector.Provisioning;

/// <summary>
/// The site's private authority: EC P-256 with SHA-256, which the boards' mbedTLS knows. It signs the certificates of
/// boards and of the collector's TLS endpoint, and nothing outside trusts it.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    public const string CertificateFile = "ca.pem";
    public const string KeyFile = "ca.key";

    /// <summary>Longer than a follow-up of two years and its preparation: no board in a panel outlives its authority.</summary>
    private const int AuthorityYears = 20;

    private const int LeafYears = 10;

    /// <summary>A board's clock may be a little behind when it first connects.</summary>
    private static readonly TimeSpan Backdating = TimeSpan.FromDays(1);

    private readonly X509Certificate2 _certificate;

    private CertificateAuthority(X509Certificate2 certificate) => _certificate = certificate;

    public string CertificatePem => _certificate.ExportCertificatePem() + "\n";

    /// <summary>Makes an authority in a folder.</summary>
    /// <exception cref="UsageException">There is one already and <paramref name="force"/> is off.</exception>
    public static CertificateAuthority Create(string folder, DateTimeOffset now, bool force)
    {
        foreach (var name in new[] { CertificateFile, KeyFile })
        {
            if (!force && File.Exists(Path.Combine(folder, name)))
            {
                throw new UsageException($"{Path.Combine(folder, name)}: is there already; with another authority every board must be provisioned again. Give --force to do so.");
            }
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Metering site authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(now - Backdating, now.AddYears(AuthorityYears));
        SecretFile.Replace(Path.Combine(folder, KeyFile), Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
        SecretFile.Replace(Path.Combine(folder, CertificateFile), Encoding.ASCII.GetBytes(certificate.ExportCertificatePem() + "\n"));
        return Open(folder);
    }

    /// <summary>Opens the authority of a folder.</summary>
    /// <exception cref="UsageException">There is none, or it cannot be read.</exception>
    public static CertificateAuthority Open(string folder)
    {
        var certificate = Path.Combine(folder, CertificateFile);
        var key = Path.Combine(folder, KeyFile);
        if (!File.Exists(certificate) || !File.Exists(key))
        {
            throw new UsageException($"{folder}: holds no authority ({CertificateFile}, {KeyFile}); make one with 'metering provision ca', or give --auth password.");
        }

        try
        {
            return new CertificateAuthority(X509Certificate2.CreateFromPemFile(certificate, key));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{certificate}, {key}: cannot be read ({e.Message}); allowed are the files that 'metering provision ca' writes.", e);
        }
    }

    /// <summary>A client certificate for a board.</summary>
    public IssuedCertificate IssueBoard(string board, DateTimeOffset now) =>
        Issue(board, new Oid("1.3.6.1.5.5.7.3.2", "client authentication"), null, now);

    /// <summary>A certificate for the collector's TLS endpoint.</summary>
    /// <param name="names">DNS names and addresses that boards use.</param>
    /// <param name="now">Now.</param>
    public IssuedCertificate IssueServer(IReadOnlyList<string> names, DateTimeOffset now)
    {
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        return Issue(names[0], new Oid("1.3.6.1.5.5.7.3.1", "server authentication"), alternatives.Build(), now);
    }

    public void Dispose() => _certificate.Dispose();

    private IssuedCertificate Issue(string name, Oid purpose, X509Extension? alternatives, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([purpose], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        if (alternatives is not null)
        {
            request.CertificateExtensions.Add(alternatives);
        }

        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7f;
        serial[0] |= 0x40;
        var expires = new DateTimeOffset(_certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);
        var wanted = now.AddYears(LeafYears);
        using var certificate = request.Create(_certificate, now - Backdating < _certificate.NotBefore ? _certificate.NotBefore : now - Backdating, wanted < expires ? wanted : expires, serial);
        return new IssuedCertificate(
            certificate.ExportCertificatePem() + "\n",
            key.ExportPkcs8PrivateKeyPem() + "\n",
            certificate.SerialNumber,
            new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero));
    }
}

/// <summary>A new certificate and its key, PEM.</summary>
internal sealed record IssuedCertificate(string CertificatePem, string KeyPem, string Serial, DateTimeOffset Expires);
