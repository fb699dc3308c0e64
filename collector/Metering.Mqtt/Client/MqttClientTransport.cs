using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Metering.Mqtt.Client;

/// <summary>Opens TCP, and TLS over it.</summary>
internal static class MqttClientTransport
{
    public static async ValueTask<Stream> OpenAsync(MqttClientOptions options, CancellationToken cancellationToken)
    {
        if (options.StreamFactory is { } factory)
        {
            return await factory(cancellationToken).ConfigureAwait(false);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var stream = new NetworkStream(socket, ownsSocket: true);
        if (options.Tls is not { } tls)
        {
            return stream;
        }

        var secure = new SslStream(stream);
        try
        {
            await secure.AuthenticateAsClientAsync(Authentication(tls, options.Host), cancellationToken).ConfigureAwait(false);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static SslClientAuthenticationOptions Authentication(MqttClientTlsOptions tls, string host)
    {
        var authentication = new SslClientAuthenticationOptions
        {
            TargetHost = tls.TargetHost ?? host,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        };
        if (tls.TrustedRoots is { } roots)
        {
            var policy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            policy.CustomTrustStore.AddRange(roots);
            authentication.CertificateChainPolicy = policy;
        }

        if (tls.ClientCertificate is { } certificate)
        {
            authentication.ClientCertificateContext = SslStreamCertificateContext.Create(certificate, null);
        }

        return authentication;
    }
}
