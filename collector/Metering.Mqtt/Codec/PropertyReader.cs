using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Codec;

/// <summary>Walks a property list without allocating, and checks type, place, range and uniqueness of each entry.</summary>
public ref struct PropertyReader
{
    private readonly PropertyScope _scope;
    private PacketReader _list;
    private ulong _seen;

    /// <summary>Starts at the first property of a list without its length.</summary>
    public PropertyReader(ReadOnlySpan<byte> list, PropertyScope scope)
    {
        _scope = scope;
        _list = new PacketReader(list);
    }

    public readonly bool Failed => _list.Failed;

    public readonly MqttDecodeError Error => _list.Error;

    public MqttPropertyId Id { get; private set; }

    /// <summary>Value of an integer or flag property.</summary>
    public uint Number { get; private set; }

    /// <summary>Value of a string or binary property; name of a user property.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Value of a user property.</summary>
    public ReadOnlySpan<byte> PairValue { get; private set; }

    /// <summary>Reads the next property. False at the end and on an error.</summary>
    public bool MoveNext()
    {
        if (_list.Remaining == 0)
        {
            return false;
        }

        // 2.2.2.2 declares the identifier a variable byte integer; every one that exists fits into one byte.
        int id = _list.ReadVariableByteInteger();
        Id = (MqttPropertyId)id;
        PropertyKind kind = id <= byte.MaxValue ? PropertyTable.KindOf(Id) : PropertyKind.None;
        if (kind == PropertyKind.None)
        {
            return _list.FailMalformed("unknown property");
        }

        if ((PropertyTable.ScopesOf(Id) & _scope) == 0)
        {
            return _list.FailMalformed("property does not belong into this packet");
        }

        if ((_seen & (1UL << id)) != 0 && !MayRepeat())
        {
            return _list.Fail(MqttReasonCode.ProtocolError, "property stands twice");
        }

        _seen |= 1UL << id;
        ReadValue(kind);
        if (_list.Failed)
        {
            return false;
        }

        return InRange(kind) || _list.Fail(
            Id == MqttPropertyId.TopicAlias ? MqttReasonCode.TopicAliasInvalid : MqttReasonCode.ProtocolError,
            "property value is out of range");
    }

    private readonly bool MayRepeat() => Id == MqttPropertyId.UserProperty
        || (Id == MqttPropertyId.SubscriptionIdentifier && _scope == PropertyScope.Publish);

    private void ReadValue(PropertyKind kind)
    {
        switch (kind)
        {
            case PropertyKind.Flag:
                Number = _list.ReadByte();
                break;
            case PropertyKind.UInt16:
                Number = _list.ReadUInt16();
                break;
            case PropertyKind.UInt32:
                Number = _list.ReadUInt32();
                break;
            case PropertyKind.VariableByteInteger:
                Number = (uint)_list.ReadVariableByteInteger();
                break;
            case PropertyKind.Utf8:
                Bytes = _list.ReadUtf8();
                break;
            case PropertyKind.Binary:
                Bytes = _list.ReadBinary();
                break;
            default:
                Bytes = _list.ReadUtf8();
                PairValue = _list.ReadUtf8();
                break;
        }
    }

    private readonly bool InRange(PropertyKind kind) => Id switch
    {
        MqttPropertyId.ReceiveMaximum or MqttPropertyId.MaximumPacketSize or MqttPropertyId.SubscriptionIdentifier
            or MqttPropertyId.TopicAlias => Number != 0,
        MqttPropertyId.ResponseTopic => TopicRules.IsValidName(Bytes),
        _ => kind != PropertyKind.Flag || Number <= 1,
    };
}
