using Metering.Mqtt.Protocol;
using Metering.Mqtt.Server;

namespace Metering.Collector.Mqtt;

/// <summary>Lets everybody on this machine in, as whoever they say they are, and nobody else.</summary>
internal sealed class LoopbackAuthenticator : IMqttAuthenticator, IMqttAccess
{
    public ValueTask<MqttAuthentication> AuthenticateAsync(
        MqttCredentials credentials, CancellationToken cancellationToken) =>
        ValueTask.FromResult(credentials.Peer.IsLoopback
            ? MqttAuthentication.Accept(credentials.UserName, this)
            : MqttAuthentication.Refuse(MqttReasonCode.NotAuthorized));

    public bool MayPublish(string topic) => true;

    public bool MaySubscribe(string filter) => true;
}
