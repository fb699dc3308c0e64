using Metering.Mqtt.Client;
using Metering.Simulator.Scenarios;
using Metering.Virtual;

namespace Metering.Simulator.Fleet;

/// <summary>A broker or collector over real TCP, optionally TLS.</summary>
/// <param name="BrokerHost">Name or address.</param>
/// <param name="BrokerPort">TCP port.</param>
public sealed record TcpFleetTarget(string BrokerHost, int BrokerPort) : FleetTarget
{
    public override string Host => BrokerHost;

    public override int Port => BrokerPort;

    public override bool Secure => Tls is not null;

    /// <summary>Null for plain TCP.</summary>
    public MqttClientTlsOptions? Tls { get; init; }

    /// <summary>Login of each board; null for anonymous connections.</summary>
    public Func<ScenarioBoard, BoardLogin?>? Logins { get; init; }

    public override BoardLogin? LoginOf(ScenarioBoard board) => Logins?.Invoke(board);

    internal override IMqttLink LinkOf(ScenarioBoard board) => new TcpMqttLink(new TcpLinkOptions(BrokerHost, BrokerPort) { Tls = Tls });
}
