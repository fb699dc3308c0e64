using System.Collections.Concurrent;
using System.Text.Json;
using Metering.Collector.HomeAssistant;
using Metering.Collector.Hosting;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Api;
using Metering.Collector.Tests.Storage;
using Metering.Mqtt.Client;
using Metering.Mqtt.Codec;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Metering.Collector.Tests.HomeAssistant;

/// <summary>What a subscriber sees; names and values of the keys are those of Home Assistant's documentation of MQTT sensors.</summary>
public sealed class HomeAssistantTests
{
    [Fact]
    public async Task A_subscriber_that_comes_later_finds_every_channel_and_loses_those_that_end()
    {
        using var folder = new TemporaryFolder();
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        var registry = new RegistryStore(database);
        await registry.SaveAsync(ApiHost.Registry(), "test", "set up", default);
        await using var host = CollectorHost.Create(
            new CollectorSettings
            {
                Mqtt = new MqttSettings { Port = 0, Anonymous = true },
                Http = new HttpSettings { Port = -1 },
                HomeAssistant = new HomeAssistantSettings { Enabled = true },
            },
            database, TimeProvider.System);
        await host.StartAsync(default);
        var service = host.Services.GetServices<IHostedService>().OfType<HomeAssistantService>().Single();
        await service.PublishAsync(default);

        using var arrivals = new SemaphoreSlim(0);
        var received = new ConcurrentQueue<(string Topic, string Payload)>();
        await using var subscriber = await MqttClientConnection.ConnectAsync(
            new MqttClientOptions
            {
                Port = host.Mqtt!.Port, ClientId = "home",
                Received = message =>
                {
                    received.Enqueue((message.Topic, System.Text.Encoding.UTF8.GetString(message.Payload.Span)));
                    arrivals.Release();
                    return message.AcknowledgeAsync();
                },
            },
            default);
        await subscriber.SubscribeAsync([new MqttSubscription("homeassistant/#", 1)], default);
        await TakeAsync(3);

        var configs = received.ToDictionary(r => r.Topic, r => JsonDocument.Parse(r.Payload).RootElement);
        var energy = configs[$"homeassistant/sensor/metering_{ApiHost.Board}/ch1/config"];
        Assert.Equal("energy", energy.GetProperty("device_class").GetString());
        Assert.Equal("total_increasing", energy.GetProperty("state_class").GetString());
        Assert.Equal("kWh", energy.GetProperty("unit_of_measurement").GetString());
        Assert.Equal($"metering/v1/{ApiHost.Board}/readings", energy.GetProperty("state_topic").GetString());
        Assert.Equal($"metering/v1/{ApiHost.Board}/status", energy.GetProperty("availability_topic").GetString());
        Assert.Contains("* 0.01", energy.GetProperty("value_template").GetString(), StringComparison.Ordinal);
        var temperature = configs[$"homeassistant/sensor/metering_{ApiHost.Board}/t1/config"];
        Assert.Equal(("temperature", "measurement", "°C"), (Text(temperature, "device_class"), Text(temperature, "state_class"), Text(temperature, "unit_of_measurement")));
        var humidity = configs[$"homeassistant/sensor/metering_{ApiHost.Board}/rh1/config"];
        Assert.Equal(("humidity", "%"), (Text(humidity, "device_class"), Text(humidity, "unit_of_measurement")));
        Assert.Equal(3, configs.Values.Select(c => Text(c, "unique_id")).Distinct().Count());
        Assert.Single(configs.Values.Select(c => c.GetProperty("device").GetProperty("identifiers")[0].GetString()).Distinct());

        received.Clear();
        Assert.Equal(0, await service.PublishAsync(default));
        await registry.SaveAsync(ApiHost.Registry() with { Assignments = [ApiHost.Registry().Assignments[0]] }, "test", "sensor removed", default);
        Assert.Equal(2, await service.PublishAsync(default));
        await TakeAsync(2);
        Assert.All(received, r => Assert.Equal("", r.Payload));

        async Task TakeAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.True(await arrivals.WaitAsync(TimeSpan.FromMinutes(1)));
            }
        }
    }

    [Fact]
    public async Task Nothing_is_published_unless_it_is_asked_for()
    {
        using var folder = new TemporaryFolder();
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        await using var host = CollectorHost.Create(
            new CollectorSettings { Mqtt = new MqttSettings { Port = 0, Anonymous = true }, Http = new HttpSettings { Port = -1 } }, database, TimeProvider.System);

        Assert.DoesNotContain(host.Services.GetServices<IHostedService>(), s => s is HomeAssistantService);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
