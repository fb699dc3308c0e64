using System.Text;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;
using Metering.Mqtt.Protocol;
using Metering.Mqtt.Server;

namespace Metering.Collector.HomeAssistant;

/// <summary>Section <c>HomeAssistant</c> of the settings.</summary>
public sealed record HomeAssistantSettings
{
    /// <summary>Whether discovery messages are published on the collector's own MQTT endpoint.</summary>
    public bool Enabled { get; init; }

    /// <summary>Discovery prefix, as set in Home Assistant.</summary>
    public string Prefix { get; init; } = "homeassistant";

    internal string? Fault() =>
        Prefix.Length is 0 or > 64 || Prefix.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            ? "HomeAssistant:Prefix: 1 to 64 letters, digits, hyphens or underscores are allowed."
            : null;
}

/// <summary>
/// Publishes discovery messages when the collector starts and when the registry changes, retained, so that Home Assistant finds
/// them whenever it connects; a channel that serves nothing any more is taken back with an empty message.
/// </summary>
internal sealed class HomeAssistantService(
    HomeAssistantSettings settings, RegistryStore registry, MqttEndpoint endpoint, TimeProvider clock) : BackgroundService
{
    /// <summary>How often the registry is looked at.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, string> published = new(StringComparer.Ordinal);

    /// <summary>Publishes what has changed; how many messages that were.</summary>
    public async Task<int> PublishAsync(CancellationToken cancellationToken)
    {
        var snapshot = await registry.SnapshotAsync(null, cancellationToken).ConfigureAwait(false);
        var wanted = HomeAssistantDiscovery.Messages(snapshot, settings.Prefix, clock.GetUtcNow());
        var sent = 0;
        foreach (var topic in published.Keys.Where(topic => !wanted.ContainsKey(topic)).ToList())
        {
            endpoint.Publish(topic, ReadOnlyMemory<byte>.Empty, MqttQualityOfService.AtLeastOnce, retain: true);
            published.Remove(topic);
            sent++;
        }

        foreach (var (topic, content) in wanted)
        {
            if (published.GetValueOrDefault(topic) != content)
            {
                endpoint.Publish(topic, Encoding.UTF8.GetBytes(content), MqttQualityOfService.AtLeastOnce, retain: true);
                published[topic] = content;
                sent++;
            }
        }

        return sent;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PublishAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (StoreUnavailableException)
            {
                // The next look tries again; the store's own log says what is wrong.
            }

            await Task.Delay(Interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
