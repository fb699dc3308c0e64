using System.Buffers;

namespace Metering.Mqtt.Server;

/// <summary>A message that the inbox has and whose answer is not sent yet.</summary>
internal readonly record struct PendingAcceptance(
    ValueTask<MqttInboxResult> Acceptance, MqttInboundMessage Message, ushort PacketId, byte[] Rented)
{
    public void Release() => ArrayPool<byte>.Shared.Return(Rented);
}
