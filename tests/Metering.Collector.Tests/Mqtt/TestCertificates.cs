using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Metering.Collector.Tests.Mqtt;

/// <summary>A private authority, a server certificate for localhost and a client certificate, as PEM files.</summary>
internal sealed class TestCertificates : IDisposable
{
    public TestCertificates()
    {
        Folder = Directory.CreateTempSubdirectory("metering-tls-").FullName;
        using X509Certificate2 authority = MakeAuthority("ca");
        Issue(authority, "server", "localhost", "1.3.6.1.5.5.7.3.1");
        Issue(authority, "client", "collector", "1.3.6.1.5.5.7.3.2");
        using X509Certificate2 stranger = MakeAuthority("other-ca");
        Issue(stranger, "stranger", "collector", "1.3.6.1.5.5.7.3.2");
    }

    public string Folder { get; }

    public string File(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private X509Certificate2 MakeAuthority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        X509Certificate2 authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        System.IO.File.WriteAllText(File(name + ".crt"), authority.ExportCertificatePem());
        return authority;
    }

    private void Issue(X509Certificate2 authority, string file, string name, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        using X509Certificate2 certificate = request.Create(
            authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        System.IO.File.WriteAllText(File(file + ".crt"), certificate.ExportCertificatePem());
        System.IO.File.WriteAllText(File(file + ".key"), key.ExportPkcs8PrivateKeyPem());
    }
}
