using System.Collections.Concurrent;
using Metering.Mqtt.Server;

namespace Metering.Mqtt.Tests.Server;

/// <summary>Keeps what it takes, and answers at once, or for each message when the test says so.</summary>
internal sealed class GatedInbox(bool gated = false) : IMqttInbox
{
    public ConcurrentQueue<(MqttInboundMessage Message, byte[] Payload)> Taken { get; } = [];

    public ConcurrentQueue<TaskCompletionSource<MqttInboxResult>> Gates { get; } = [];

    public MqttInboxResult Answer { get; set; } = MqttInboxResult.Accepted;

    public ValueTask<MqttInboxResult> AcceptAsync(MqttInboundMessage message, CancellationToken cancellationToken)
    {
        Taken.Enqueue((message, message.Payload.ToArray()));
        if (!gated)
        {
            return ValueTask.FromResult(Answer);
        }

        var gate = new TaskCompletionSource<MqttInboxResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        Gates.Enqueue(gate);
        return new(gate.Task);
    }
}
