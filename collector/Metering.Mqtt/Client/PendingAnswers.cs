using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Client;

/// <summary>Packet identifiers in use towards the server, and who waits for each answer.</summary>
internal sealed class PendingAnswers
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, Pending> _pending = [];
    private ushort _last;
    private Exception? _closed;

    /// <summary>Takes a free identifier.</summary>
    /// <exception cref="MqttConnectionException">The connection has ended.</exception>
    /// <exception cref="InvalidOperationException">All 65,535 identifiers are in use.</exception>
    public (ushort PacketId, Task<IReadOnlyList<MqttReasonCode>> Answer) Add(MqttPacketType answeredBy)
    {
        lock (_gate)
        {
            if (_closed is not null)
            {
                throw _closed;
            }

            if (_pending.Count >= ushort.MaxValue)
            {
                throw new InvalidOperationException("all 65,535 packet identifiers are in use");
            }

            do
            {
                _last = _last == ushort.MaxValue ? (ushort)1 : (ushort)(_last + 1);
            }
            while (_pending.ContainsKey(_last));
            var pending = new Pending(answeredBy);
            _pending.Add(_last, pending);
            return (_last, pending.Task);
        }
    }

    /// <summary>Completes a wait. False when nobody waits for this answer.</summary>
    public bool TryComplete(MqttPacketType type, ushort packetId, IReadOnlyList<MqttReasonCode> reasons)
    {
        Pending? pending;
        lock (_gate)
        {
            if (!_pending.TryGetValue(packetId, out pending) || pending.AnsweredBy != type)
            {
                return false;
            }

            _pending.Remove(packetId);
        }

        pending.TrySetResult(reasons);
        return true;
    }

    /// <summary>From PUBREC on, PUBCOMP is the answer. False when nobody waits for this PUBREC.</summary>
    public bool TryAdvanceToComplete(ushort packetId)
    {
        lock (_gate)
        {
            if (_pending.TryGetValue(packetId, out Pending? pending)
                && pending.AnsweredBy is MqttPacketType.PubRec or MqttPacketType.PubComp)
            {
                pending.AnsweredBy = MqttPacketType.PubComp;
                return true;
            }

            return false;
        }
    }

    public void FailAll(Exception reason)
    {
        Pending[] waiting;
        lock (_gate)
        {
            _closed = reason;
            waiting = [.. _pending.Values];
            _pending.Clear();
        }

        foreach (Pending pending in waiting)
        {
            pending.TrySetException(reason);
        }
    }

    private sealed class Pending(MqttPacketType answeredBy)
        : TaskCompletionSource<IReadOnlyList<MqttReasonCode>>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public MqttPacketType AnsweredBy { get; set; } = answeredBy;
    }
}
