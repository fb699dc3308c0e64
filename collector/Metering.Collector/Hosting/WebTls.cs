using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Metering.Collector.Hosting;

/// <summary>TLS of pages and API, from PEM files. A renewed certificate is taken without a restart.</summary>
internal sealed class WebTls
{
    /// <summary>How long a renewed file may go unnoticed.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly string certificateFile;
    private readonly string keyFile;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private X509Certificate2 certificate;
    private DateTime written;
    private DateTimeOffset looked;

    /// <exception cref="System.Security.Cryptography.CryptographicException">The files hold no certificate with its key.</exception>
    public WebTls(string certificateFile, string keyFile, TimeProvider clock)
    {
        (this.certificateFile, this.keyFile, this.clock) = (certificateFile, keyFile, clock);
        certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        written = File.GetLastWriteTimeUtc(certificateFile);
        looked = clock.GetUtcNow();
    }

    public void Use(ListenOptions listen)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificateFile);
        listen.UseHttps(https =>
        {
            https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            https.ServerCertificateChain = chain;
            https.ServerCertificateSelector = (_, _) => Current();
        });
    }

    /// <summary>The certificate that is shown now; a file that cannot be read leaves the one before in place.</summary>
    public X509Certificate2 Current()
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            if (now - looked < LookEvery)
            {
                return certificate;
            }

            looked = now;
            try
            {
                var found = File.GetLastWriteTimeUtc(certificateFile);
                if (found != written)
                {
                    certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
                    written = found;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
            {
                // Half a renewal: the next look finds the whole of it.
            }

            return certificate;
        }
    }
}
