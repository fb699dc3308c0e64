using System.Buffers;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>UNSUBSCRIBE (3.10).</summary>
/// <param name="PacketId">1 .. 65,535.</param>
/// <param name="Filters">At least one.</param>
public sealed record UnsubscribePacket(ushort PacketId, IReadOnlyList<string> Filters)
{
    public MqttProperties Properties { get; init; } = MqttProperties.None;

    public static bool TryDecode(ref PacketReader reader, MqttProtocolVersion version, out UnsubscribePacket? packet)
    {
        packet = null;
        ushort packetId = reader.ReadUInt16();
        if (!reader.Failed && packetId == 0)
        {
            return reader.Fail(MqttReasonCode.ProtocolError, "packet identifier is 0");
        }

        MqttProperties properties = version == MqttProtocolVersion.V500
            ? MqttProperties.Read(ref reader, PropertyScope.Unsubscribe) : MqttProperties.None;
        var filters = new List<string>();
        while (reader.Remaining > 0)
        {
            filters.Add(reader.ReadString());
        }

        if (!reader.Failed && filters.Count == 0)
        {
            return reader.Fail(MqttReasonCode.ProtocolError, "no topic filter");
        }

        packet = new(packetId, filters) { Properties = properties };
        return reader.End();
    }

    public void Encode(IBufferWriter<byte> output, MqttProtocolVersion version)
    {
        var body = new ArrayBufferWriter<byte>(128);
        body.WriteUInt16(PacketId);
        if (version == MqttProtocolVersion.V500)
        {
            Properties.Write(body, PropertyScope.Unsubscribe);
        }

        foreach (string filter in Filters)
        {
            body.WriteString(filter);
        }

        output.WritePacket(MqttPacketType.Unsubscribe, 0b0010, body.WrittenSpan);
    }
}
