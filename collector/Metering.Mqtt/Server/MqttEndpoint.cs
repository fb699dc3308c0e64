using System.IO.Pipelines;

namespace Metering.Mqtt.Server;

/// <summary>What all connections of a listener share.</summary>
public sealed class MqttEndpoint(
    IMqttInbox inbox, IMqttAuthenticator authenticator, MqttEndpointOptions options, TimeProvider time)
{
    public MqttEndpointOptions Options { get; } = options;

    internal IMqttInbox Inbox { get; } = inbox;

    internal IMqttAuthenticator Authenticator { get; } = authenticator;

    internal TimeProvider Time { get; } = time;

    /// <summary>Serves one connection until it ends. Never throws for what a peer does.</summary>
    public Task ServeAsync(IDuplexPipe transport, MqttPeer peer, CancellationToken cancellationToken) =>
        new MqttServerSession(this, transport, peer).RunAsync(cancellationToken);
}
