using System.Buffers;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Server;

/// <summary>A message that the inbox has and whose answer is not sent yet.</summary>
/// <param name="Acceptance">Of the inbox; awaited once.</param>
/// <param name="Message">As given to the inbox.</param>
/// <param name="PacketId">0 at QoS 0.</param>
/// <param name="Rented">Holds the payload.</param>
/// <param name="Matches">Subscribers; empty for most messages.</param>
/// <param name="Forwarded">Properties that travel on; only looked at when somebody subscribes.</param>
/// <param name="ExpirySeconds">Message expiry interval.</param>
/// <param name="Refusal">Reason when the message was refused before the inbox saw it.</param>
/// <param name="ReceivedAt">Timestamp, or 0 when nobody measures.</param>
internal readonly record struct PendingAcceptance(
    ValueTask<MqttInboxResult> Acceptance, MqttInboundMessage Message, ushort PacketId, byte[] Rented,
    SubscriptionMatch[] Matches, Codec.MqttProperties? Forwarded, uint? ExpirySeconds, MqttReasonCode Refusal, long ReceivedAt)
{
    public void Release() => ArrayPool<byte>.Shared.Return(Rented);
}
