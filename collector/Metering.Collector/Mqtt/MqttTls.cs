using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Metering.Mqtt.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Metering.Collector.Mqtt;

/// <summary>TLS of endpoint and source, from PEM files.</summary>
public static class MqttTls
{
    /// <summary>
    /// TLS 1.2 and 1.3 on a listener. With a board authority, clients may show a certificate, and one that this authority
    /// did not sign ends the handshake; who has none must log in with user and password.
    /// </summary>
    /// <param name="listen">The listener; call before <see cref="MqttEndpointExtensions.UseMqttEndpoint"/>.</param>
    /// <param name="certificateFile">Certificate, and its chain, PEM.</param>
    /// <param name="keyFile">Private key, PEM.</param>
    /// <param name="boardAuthorityFile">Authority of the boards' certificates, PEM, or null.</param>
    public static ListenOptions UseMqttTls(
        this ListenOptions listen, string certificateFile, string keyFile, string? boardAuthorityFile)
    {
        X509Certificate2 certificate = Load(certificateFile, keyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificateFile);
        X509Certificate2Collection? authorities = boardAuthorityFile is null ? null : Authorities(boardAuthorityFile);
        listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = certificate,
            ServerCertificateChain = chain,
            SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ClientCertificateMode = authorities is null
                ? ClientCertificateMode.NoCertificate : ClientCertificateMode.AllowCertificate,
            ClientCertificateValidation = (shown, _, _) => authorities is not null && IsSignedBy(shown, authorities),
        });
        return listen;
    }

    /// <summary>TLS towards a broker.</summary>
    public static MqttClientTlsOptions ClientOptions(string? authorityFile, string? certificateFile, string? keyFile) => new()
    {
        TrustedRoots = authorityFile is null ? null : Authorities(authorityFile),
        ClientCertificate = certificateFile is null ? null : Load(certificateFile, keyFile ?? certificateFile),
    };

    private static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);

        // A private authority publishes no revocation list; revoked boards are refused by the authenticator.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new("1.3.6.1.5.5.7.3.2"));
        return chain.Build(certificate);
    }

    private static X509Certificate2Collection Authorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities.Count > 0
            ? authorities : throw new InvalidDataException($"{file}: no certificate in it; a PEM file is needed");
    }

    private static X509Certificate2 Load(string certificateFile, string keyFile) =>
        X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
}
