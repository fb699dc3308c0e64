using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.HomeAssistant;

/// <summary>
/// Home Assistant's MQTT discovery: one retained message a channel that serves a point now, which tells where its values are and
/// how to read them from the boards' own readings (docs/wire-format.md). Boards know nothing of it.
/// </summary>
internal static class HomeAssistantDiscovery
{
    /// <summary>Topic and content of each message.</summary>
    /// <param name="registry">Boards, points and assignments.</param>
    /// <param name="prefix">Discovery prefix, usually homeassistant.</param>
    /// <param name="now">Which assignments hold.</param>
    public static IReadOnlyDictionary<string, string> Messages(RegistrySnapshot registry, string prefix, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var messages = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var points = registry.Points.ToDictionary(static p => p.Id, StringComparer.Ordinal);
        foreach (var assignment in registry.Assignments.Where(a => a.From <= now && (a.To is null || a.To > now)))
        {
            messages[$"{prefix}/sensor/metering_{assignment.Board}/{assignment.Channel}/config"] =
                Config(assignment, points.GetValueOrDefault(assignment.PointId), registry).ToJsonString(JsonSerializerOptions.Web);
        }

        return messages;
    }

    private static JsonObject Config(ChannelAssignment a, MeteringPoint? point, RegistrySnapshot registry)
    {
        var (kind, state, unit, quantity) = a.Quantity switch
        {
            Quantity.PulseRegister => ("energy", "total_increasing", "kWh", "energy"),
            Quantity.AirTemperature => ("temperature", "measurement", "°C", "temperature"),
            Quantity.RelativeHumidity => ("humidity", "measurement", "%", "humidity"),
            Quantity.AirPressure => ("atmospheric_pressure", "measurement", "Pa", "pressure"),
            _ => throw new ArgumentOutOfRangeException(nameof(a), a.Quantity, "Unknown quantity."),
        };
        var board = registry.Boards.FirstOrDefault(b => b.Board == a.Board);
        return new JsonObject
        {
            ["name"] = $"{point?.Name ?? a.PointId} {quantity}",
            ["unique_id"] = $"metering_{a.Board}_{a.Channel}",
            ["state_topic"] = $"metering/v1/{a.Board}/readings",
            ["value_template"] = Template(a),
            ["device_class"] = kind,
            ["state_class"] = state,
            ["unit_of_measurement"] = unit,
            ["availability_topic"] = $"metering/v1/{a.Board}/status",
            ["availability_template"] = "{{ value_json | selectattr('n', 'eq', 'state') | map(attribute='vs') | first | default('online') }}",
            ["device"] = new JsonObject
            {
                ["identifiers"] = new JsonArray($"metering_{a.Board}"),
                ["name"] = board?.Place is { } place ? $"Metering {place}" : $"Metering {a.Board}",
                ["manufacturer"] = "Metering",
                ["model"] = board?.Model ?? "ESP32",
            },
            ["origin"] = new JsonObject { ["name"] = "Metering", ["sw"] = ProductVersion.Text },
        };
    }

    /// <summary>
    /// The newest value of the channel in a pack; a pack without one leaves the state as it is. Pulses become kWh by the pulse weight.
    /// </summary>
    private static string Template(ChannelAssignment a)
    {
        var value = a.Quantity == Quantity.PulseRegister
            ? string.Create(CultureInfo.InvariantCulture, $"({{}} * {a.PulseWeightWh / 1000m}) | round(6)")
            : "{}";
        return "{% set found = value_json | selectattr('n', 'eq', '" + a.Channel + "') | selectattr('v', 'defined') | list %}"
            + "{{ " + value.Replace("{}", "(found | last).v", StringComparison.Ordinal) + " if found else this.state }}";
    }
}
