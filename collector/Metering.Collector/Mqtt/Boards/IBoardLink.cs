using Metering.Mqtt.Protocol;
using Metering.Mqtt.Server;

namespace Metering.Collector.Mqtt.Boards;

/// <summary>Speaks to boards, wherever they are connected.</summary>
public interface IBoardLink
{
    /// <summary>Publishes below a board: <c>metering/v1/BOARD/NAME</c>.</summary>
    /// <param name="board">EUI-64.</param>
    /// <param name="name">config or command.</param>
    /// <param name="payload">What the board reads.</param>
    /// <param name="qualityOfService">At most once: only a board that is connected now gets it.</param>
    /// <param name="retain">Kept for the board's next connections, until replaced.</param>
    /// <param name="cancellationToken">Stops waiting for a broker.</param>
    Task SendAsync(string board, string name, ReadOnlyMemory<byte> payload, MqttQualityOfService qualityOfService, bool retain, CancellationToken cancellationToken);
}

/// <summary>Boards at this collector's own endpoint, and at the broker that it is a client of, when there is one.</summary>
internal sealed class BoardLink(MqttEndpoint endpoint, MqttSourceClient? source = null) : IBoardLink
{
    public async Task SendAsync(
        string board, string name, ReadOnlyMemory<byte> payload, MqttQualityOfService qualityOfService, bool retain, CancellationToken cancellationToken)
    {
        var topic = $"metering/v1/{board}/{name}";
        endpoint.Publish(topic, payload, qualityOfService, retain);
        if (source is not null)
        {
            await source.PublishAsync(topic, payload, qualityOfService, retain, cancellationToken).ConfigureAwait(false);
        }
    }
}
