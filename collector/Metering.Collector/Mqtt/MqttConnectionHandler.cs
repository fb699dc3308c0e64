using Metering.Mqtt.Server;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Metering.Collector.Mqtt;

/// <summary>Hands a Kestrel connection to the endpoint.</summary>
internal sealed class MqttConnectionHandler(MqttEndpoint endpoint) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        ITlsConnectionFeature? tls = connection.Features.Get<ITlsConnectionFeature>();
        var peer = new MqttPeer(connection.RemoteEndPoint, tls?.ClientCertificate, tls is not null);

        // Not ConnectionClosed: a client that publishes at QoS 0 and leaves closes before its last bytes are read here.
        CancellationToken stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()
            ?.ConnectionClosedRequested ?? CancellationToken.None;
        return endpoint.ServeAsync(connection.Transport, peer, stopping);
    }
}
