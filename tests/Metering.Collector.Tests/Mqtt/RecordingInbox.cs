using System.Collections.Concurrent;
using System.Text;
using Metering.Mqtt.Server;

namespace Metering.Collector.Tests.Mqtt;

/// <summary>Keeps what it takes; answers on another thread, as a group commit does.</summary>
internal sealed class RecordingInbox : IMqttInbox
{
    private int _unavailable;

    public ConcurrentQueue<(string Topic, string Payload, byte QualityOfService, string? User)> Taken { get; } = [];

    /// <summary>So many of the next messages cannot be stored.</summary>
    public int Unavailable { set => _unavailable = value; }

    public async ValueTask<MqttInboxResult> AcceptAsync(MqttInboundMessage message, CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _unavailable) >= 0)
        {
            await Task.Yield();
            return MqttInboxResult.Unavailable;
        }

        Taken.Enqueue((message.Topic, Encoding.UTF8.GetString(message.Payload.Span), message.QualityOfService, message.UserName));
        await Task.Yield();
        return MqttInboxResult.Accepted;
    }

    public async Task HasAsync(int count)
    {
        while (Taken.Count < count)
        {
            await Task.Delay(5);
        }
    }

    /// <summary>Waits until each of these payloads was taken at least once.</summary>
    public async Task HasAllAsync(IEnumerable<string> payloads)
    {
        HashSet<string> missing = [.. payloads];
        while (missing.Count > 0)
        {
            await Task.Delay(5);
            missing.ExceptWith(Taken.Select(taken => taken.Payload));
        }
    }
}
