using System.Net;
using System.Security.Cryptography.X509Certificates;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Server;

/// <summary>Decides who a connecting client is and what it may touch.</summary>
public interface IMqttAuthenticator
{
    ValueTask<MqttAuthentication> AuthenticateAsync(MqttCredentials credentials, CancellationToken cancellationToken);
}

/// <summary>What a client showed of itself.</summary>
/// <param name="ClientId">Client identifier asked for; empty when the server is to assign one.</param>
/// <param name="UserName">User name, or null.</param>
/// <param name="Password">Password, or null; do not keep it.</param>
/// <param name="Peer">The other end of the transport.</param>
public sealed record MqttCredentials(string ClientId, string? UserName, ReadOnlyMemory<byte>? Password, MqttPeer Peer);

/// <summary>The other end of a transport connection.</summary>
/// <param name="RemoteEndPoint">Its address, or null for a transport without addresses.</param>
/// <param name="ClientCertificate">Its certificate, already verified by TLS, or null.</param>
/// <param name="IsEncrypted">True over TLS.</param>
public sealed record MqttPeer(EndPoint? RemoteEndPoint, X509Certificate2? ClientCertificate, bool IsEncrypted)
{
    /// <summary>True when the connection never left this machine.</summary>
    public bool IsLoopback => RemoteEndPoint is null
        || (RemoteEndPoint is IPEndPoint ip && IPAddress.IsLoopback(ip.Address));
}

/// <summary>The answer of an authenticator.</summary>
/// <param name="Reason">Success, or the reason that CONNACK carries.</param>
/// <param name="UserName">Authenticated user or certificate name; null when anonymous.</param>
/// <param name="Access">What the client may touch; null only in a refusal.</param>
public sealed record MqttAuthentication(MqttReasonCode Reason, string? UserName, IMqttAccess? Access)
{
    public static MqttAuthentication Accept(string? userName, IMqttAccess access) =>
        new(MqttReasonCode.Success, userName, access);

    public static MqttAuthentication Refuse(MqttReasonCode reason) => new(reason, null, null);
}

/// <summary>What one authenticated client may touch.</summary>
public interface IMqttAccess
{
    bool MayPublish(string topic);

    /// <summary>True when every topic that the filter can match may be read.</summary>
    bool MaySubscribe(string filter);
}
