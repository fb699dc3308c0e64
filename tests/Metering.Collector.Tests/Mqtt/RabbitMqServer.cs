using System.Diagnostics;
using System.Globalization;

namespace Metering.Collector.Tests.Mqtt;

/// <summary>A RabbitMQ of its own with the MQTT plugin (3.1.1 only in the version of Debian 12).</summary>
internal sealed class RabbitMqServer : TestServer
{
    private readonly int _amqpPort = FreePort.Next();
    private readonly int _distributionPort = FreePort.Next();
    private readonly int _epmdPort = FreePort.Next();
    private readonly string _node = "mqt" + Guid.NewGuid().ToString("N")[..8] + "@localhost";

    public override int Port { get; } = FreePort.Next();

    protected override TimeSpan StartTimeout => TimeSpan.FromSeconds(120);

    public override async ValueTask DisposeAsync()
    {
        // The name service of Erlang is a daemon of its own that the node started; it is on a port of this server alone.
        await base.DisposeAsync();
        using var epmd = Process.Start(new ProcessStartInfo("epmd", ["-port", Text(_epmdPort), "-kill"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        if (epmd is not null)
        {
            await epmd.WaitForExitAsync();
        }
    }

    protected override ProcessStartInfo Describe()
    {
        string configuration = Path.Combine(Folder, "rabbitmq.conf");
        File.WriteAllText(
            configuration,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                listeners.tcp.1 = 127.0.0.1:{_amqpPort}
                mqtt.listeners.tcp.1 = 127.0.0.1:{Port}
                mqtt.allow_anonymous = true
                mqtt.default_user = guest
                mqtt.default_pass = guest
                mqtt.vhost = /
                mqtt.exchange = amq.topic
                mqtt.subscription_ttl = 86400000
                mqtt.prefetch = 50
                log.console = true
                log.console.level = error
                log.file = false
                """));
        File.WriteAllText(Path.Combine(Folder, "enabled_plugins"), "[rabbitmq_mqtt].\n");

        // The wrapper in /usr/sbin switches the user; the script behind it does not.
        string script = Directory.GetDirectories("/usr/lib/rabbitmq/lib", "rabbitmq_server-*")
            .Select(folder => Path.Combine(folder, "sbin", "rabbitmq-server")).Single();
        var start = new ProcessStartInfo(script);
        (string Name, string Value)[] environment =
        [
            ("HOME", Folder), ("RABBITMQ_NODENAME", _node), ("RABBITMQ_MNESIA_BASE", Path.Combine(Folder, "mnesia")),
            ("RABBITMQ_LOG_BASE", Path.Combine(Folder, "log")), ("RABBITMQ_CONFIG_FILE", configuration),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(Folder, "enabled_plugins")),
            ("RABBITMQ_PID_FILE", Path.Combine(Folder, "pid")), ("RABBITMQ_DIST_PORT", Text(_distributionPort)),
            ("ERL_EPMD_PORT", Text(_epmdPort)), ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
        ];
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
