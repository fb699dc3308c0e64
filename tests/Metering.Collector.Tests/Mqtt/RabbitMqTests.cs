using Metering.Collector.Mqtt;
using Metering.Mqtt.Protocol;
using Xunit;
using static Metering.Collector.Tests.Mqtt.MqttSourceTests;

namespace Metering.Collector.Tests.Mqtt;

/// <summary>The collector as a client of RabbitMQ's MQTT plugin, which keeps a session in a durable queue.</summary>
public sealed class RabbitMqTests
{
    [Fact]
    public async Task Source_loses_nothing_when_rabbitmq_is_killed_while_it_is_away()
    {
        var inbox = new RecordingInbox();
        await using var broker = new RabbitMqServer();
        await broker.StartAsync();
        MqttSourceOptions options = Options(broker) with { Version = MqttProtocolVersion.V311 };
        await using (await Source.StartAsync(options, inbox))
        {
            await PublishAsync(broker, MqttProtocolVersion.V311, 1, 50);
            await inbox.HasAllAsync(Payloads(1, 50));
        }

        await PublishAsync(broker, MqttProtocolVersion.V311, 51, 50);
        await broker.KillAsync();
        await using Source waiting = Source.Start(options, inbox);
        await broker.StartAsync();

        await inbox.HasAllAsync(Payloads(1, 100));
    }
}
