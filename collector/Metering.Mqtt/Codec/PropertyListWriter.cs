using System.Buffers;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>Writes the entries of one property list and refuses those that do not belong into its packet.</summary>
internal readonly struct PropertyListWriter(IBufferWriter<byte> list, PropertyScope scope)
{
    public void Flag(MqttPropertyId id, bool? value) => Byte(id, value is { } set ? (byte)(set ? 1 : 0) : null);

    public void Byte(MqttPropertyId id, byte? value)
    {
        if (value is { } set)
        {
            Identifier(id);
            list.WriteByte(set);
        }
    }

    public void UInt16(MqttPropertyId id, ushort? value)
    {
        if (value is { } set)
        {
            Identifier(id);
            list.WriteUInt16(set);
        }
    }

    public void UInt32(MqttPropertyId id, uint? value)
    {
        if (value is { } set)
        {
            Identifier(id);
            list.WriteUInt32(set);
        }
    }

    public void VariableByteInteger(MqttPropertyId id, int value)
    {
        Identifier(id);
        list.WriteVariableByteInteger(value);
    }

    public void Utf8(MqttPropertyId id, string? value)
    {
        if (value is not null)
        {
            Identifier(id);
            list.WriteString(value);
        }
    }

    public void Binary(MqttPropertyId id, ReadOnlyMemory<byte>? value)
    {
        if (value is { } set)
        {
            Identifier(id);
            list.WriteBinary(set.Span);
        }
    }

    public void Pair(MqttUserProperty property)
    {
        Identifier(MqttPropertyId.UserProperty);
        list.WriteString(property.Name);
        list.WriteString(property.Value);
    }

    private void Identifier(MqttPropertyId id)
    {
        if ((PropertyTable.ScopesOf(id) & scope) == 0)
        {
            throw new ArgumentException($"property {id} does not belong into {scope}");
        }

        list.WriteByte((byte)id);
    }
}
