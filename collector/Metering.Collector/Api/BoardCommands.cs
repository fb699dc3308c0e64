using System.Text.Json;
using Metering.Mqtt.Protocol;
using Metering.Mqtt.Server;

namespace Metering.Collector.Api;

/// <summary>Sends commands to boards that are connected to this collector (docs/wire-format.md, command).</summary>
internal sealed class BoardCommands(MqttEndpoint endpoint, TimeProvider clock)
{
    private readonly Lock gate = new();
    private long last;

    /// <summary>Sends a command once.</summary>
    /// <returns>Its number, by which a board knows it from the same command delivered again; null: no session of the board is there.</returns>
    public long? Send(string board, IReadOnlyDictionary<string, object> fields)
    {
        long id;
        lock (gate)
        {
            // Ascending over restarts too: a board takes a number that it has seen for the same command.
            id = last = Math.Max(last + 1, clock.GetUtcNow().ToUnixTimeSeconds());
        }

        var payload = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>(fields) { ["id"] = id });
        return endpoint.Publish($"metering/v1/{board}/command", payload, MqttQualityOfService.AtLeastOnce, retain: false) > 0 ? id : null;
    }
}
