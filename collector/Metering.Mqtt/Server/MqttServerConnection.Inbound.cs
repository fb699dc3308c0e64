using System.Buffers;
using System.Text;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Server;

/// <summary>Messages from the client: to the inbox, and acknowledged in order once they are durable.</summary>
internal sealed partial class MqttServerConnection
{
    private readonly Queue<PendingAcceptance> _pending = new();
    private int _unacknowledged;
    private bool _pumping;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _pumpIdle;
    private byte[][]? _aliases;
    private byte[] _lastTopicUtf8 = [];
    private string _lastTopic = "";
    private MqttReasonCode _lastTopicRefusal;
    private bool _lastTopicRelayOnly;
    private SubscriptionMatch[] _lastMatches = [];
    private int _lastMatchesVersion = -1;

    private bool MayPublish(string topic) =>
        topic is not ['$', ..] && CountLevels(topic) <= endpoint.Options.TopicLevelsMax && _access!.MayPublish(topic);

    private static int CountLevels(string topic) => topic.AsSpan().Count('/') + 1;

    /// <summary>Takes one message; false ends the connection.</summary>
    private bool Receive(in PublishPacket packet)
    {
        endpoint.Metrics.Received();
        if (packet.HasSubscriptionIdentifier)
        {
            EndFor(new(MqttReasonCode.ProtocolError, "a client sent a subscription identifier"));
            return false;
        }

        if (!TryFindTopic(packet))
        {
            return false;
        }

        bool answered = packet.QualityOfService > 0;
        if (packet.QualityOfService == 2)
        {
            bool held;
            lock (_session!.Gate)
            {
                held = _session.ReceivedQoS2.Contains(packet.PacketId);
            }

            if (held)
            {
                Write(MqttPacketType.PubRec, packet.PacketId, MqttReasonCode.Success);
                return true;
            }
        }

        if (answered && !TryCountUnacknowledged())
        {
            EndFor(new(MqttReasonCode.ReceiveMaximumExceeded, "the client sent more than the receive maximum"));
            return false;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(packet.Payload.Length);
        packet.Payload.CopyTo(rented);
        endpoint.Budget.Take(packet.Payload.Length);
        var message = new MqttInboundMessage(
            _session!.ClientId, _session.UserName, _lastTopic, rented.AsMemory(0, packet.Payload.Length),
            packet.QualityOfService, packet.Retain);
        bool routed = _lastMatches.Length > 0 || packet.Retain;
        ValueTask<MqttInboxResult> acceptance = _lastTopicRefusal != MqttReasonCode.Success
            ? ValueTask.FromResult(MqttInboxResult.NotAuthorized)
            : _lastTopicRelayOnly ? ValueTask.FromResult(MqttInboxResult.Accepted) : Accept(message);
        bool start = false;
        lock (_pending)
        {
            _pending.Enqueue(new(
                acceptance, message, packet.PacketId, rented, _lastMatches,
                routed ? RoutedMessage.Forwardable(packet.ReadProperties()) : null, packet.MessageExpirySeconds,
                _lastTopicRefusal, endpoint.Metrics.MeasuresAcknowledge ? endpoint.Time.GetTimestamp() : 0));
            if (!_pumping)
            {
                start = _pumping = true;
            }
        }

        if (start)
        {
            _ = PumpAsync();
        }

        return true;
    }

    private ValueTask<MqttInboxResult> Accept(MqttInboundMessage message)
    {
        try
        {
            return endpoint.Inbox.AcceptAsync(message, CancellationToken.None);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return ValueTask.FromResult(MqttInboxResult.Unavailable);
        }
    }

    /// <summary>Resolves alias and topic; a client repeats its topics, so the last one is kept with all that follows from it.</summary>
    private bool TryFindTopic(in PublishPacket packet)
    {
        ReadOnlySpan<byte> topic = packet.Topic;
        if (packet.TopicAlias != 0)
        {
            if (packet.TopicAlias > endpoint.Options.TopicAliasMaximum)
            {
                EndFor(new(MqttReasonCode.TopicAliasInvalid, "topic alias is above the topic alias maximum"));
                return false;
            }

            _aliases ??= new byte[endpoint.Options.TopicAliasMaximum + 1][];
            if (!topic.IsEmpty)
            {
                if (_aliases[packet.TopicAlias] is not { } known || !topic.SequenceEqual(known))
                {
                    _aliases[packet.TopicAlias] = topic.ToArray();
                }
            }
            else if (_aliases[packet.TopicAlias] is { } known)
            {
                topic = known;
            }
            else
            {
                EndFor(new(MqttReasonCode.ProtocolError, "topic alias was never set"));
                return false;
            }
        }

        if (!topic.SequenceEqual(_lastTopicUtf8))
        {
            _lastTopicUtf8 = topic.ToArray();
            _lastTopic = Encoding.UTF8.GetString(topic);
            _lastTopicRefusal = MayPublish(_lastTopic) ? MqttReasonCode.Success : MqttReasonCode.NotAuthorized;
            _lastTopicRelayOnly = endpoint.Options.IsRelayOnly(_lastTopic);
            _lastMatchesVersion = -1;
        }

        int version = endpoint.Subscriptions.Version;
        if (version != _lastMatchesVersion)
        {
            _lastMatches = endpoint.Subscriptions.Match(_lastTopic, _session!.ClientId);
            _lastMatchesVersion = version;
        }

        return true;
    }

    private bool TryCountUnacknowledged()
    {
        lock (_pending)
        {
            int held = _session!.ReceivedQoS2.Count;
            if (_version == MqttProtocolVersion.V500 && _unacknowledged + held >= endpoint.Options.ReceiveMaximum)
            {
                return false;
            }

            // 3.1.1 has no receive maximum; the queue holds such a client back, and held QoS 2 messages are bounded here.
            if (held >= endpoint.Options.ReceiveMaximum)
            {
                return false;
            }

            _unacknowledged++;
            return true;
        }
    }

    private bool HasRoom(byte publishFlags)
    {
        lock (_pending)
        {
            return account is null && !IsQueueFull(publishFlags) && endpoint.Budget.HasRoom;
        }
    }

    /// <summary>
    /// A 5.0 client at QoS 1 and 2 knows the receive maximum, so exceeding it is an error and not a reason to wait. Under
    /// the lock of the queue.
    /// </summary>
    private bool IsQueueFull(byte publishFlags) => _pending.Count >= endpoint.Options.ReceiveMaximum
        && (_version == MqttProtocolVersion.V311 || (publishFlags & 0b0110) == 0);

    /// <summary>Back-pressure: waits for the inbox, and for the rate that the address may have.</summary>
    private async ValueTask WaitForRoomAsync(byte publishFlags)
    {
        TimeSpan wait = account?.TakeMessage() ?? TimeSpan.Zero;
        if (wait > TimeSpan.Zero)
        {
            endpoint.Metrics.Throttled();
            await _output.FlushAsync().ConfigureAwait(false);
            await Task.WhenAny(Task.Delay(wait, endpoint.Time), _stopSignal.Task).ConfigureAwait(false);
        }

        while (!IsStopped)
        {
            Task room;
            lock (_pending)
            {
                if (IsQueueFull(publishFlags))
                {
                    _room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                    room = _room.Task;
                }
                else if (endpoint.Budget.HasRoom)
                {
                    return;
                }
                else
                {
                    room = endpoint.Budget.RoomAsync();
                }
            }

            endpoint.Metrics.Paused();
            await _output.FlushAsync().ConfigureAwait(false);
            await Task.WhenAny(room, _stopSignal.Task).ConfigureAwait(false);
        }
    }

    /// <summary>Sends acknowledgements in the order of arrival (4.6), each after the inbox took its message.</summary>
    private async Task PumpAsync()
    {
        while (true)
        {
            PendingAcceptance head;
            lock (_pending)
            {
                if (!_pending.TryPeek(out head))
                {
                    _pumping = false;
                    _pumpIdle?.TrySetResult();
                    _pumpIdle = null;
                    return;
                }
            }

            MqttInboxResult result = await AwaitAsync(head).ConfigureAwait(false);
            Complete(head, result);
            int payloadBytes = head.Message.Payload.Length;
            head.Release();
            TaskCompletionSource? room;
            bool flush;
            lock (_pending)
            {
                _pending.Dequeue();
                if (head.Message.QualityOfService > 0)
                {
                    _unacknowledged--;
                }

                flush = !_pending.TryPeek(out PendingAcceptance next) || !next.Acceptance.IsCompleted;
                room = _room;
                _room = null;
            }

            endpoint.Budget.Give(payloadBytes);
            if (flush)
            {
                FlushSoon();
            }

            room?.TrySetResult();
        }
    }

    private static async ValueTask<MqttInboxResult> AwaitAsync(PendingAcceptance head)
    {
        try
        {
            return await head.Acceptance.ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return MqttInboxResult.Unavailable;
        }
    }

    private void Complete(in PendingAcceptance head, MqttInboxResult result)
    {
        byte qualityOfService = head.Message.QualityOfService;
        if (result == MqttInboxResult.Accepted)
        {
            if (qualityOfService == 2)
            {
                lock (_session!.Gate)
                {
                    _session.ReceivedQoS2.Add(head.PacketId);
                }
            }

            if (qualityOfService > 0)
            {
                Write(
                    qualityOfService == 1 ? MqttPacketType.PubAck : MqttPacketType.PubRec, head.PacketId,
                    MqttReasonCode.Success);
                endpoint.Metrics.Acknowledged(
                    head.ReceivedAt == 0 ? null : endpoint.Time.GetElapsedTime(head.ReceivedAt));
            }

            if (head.Forwarded is { } forwarded)
            {
                var message = new RoutedMessage(
                    head.Message.Topic, head.Message.Payload.ToArray(), qualityOfService, head.Message.Retain,
                    _session!.ClientId)
                {
                    Properties = forwarded,
                    ExpiresAt = endpoint.ExpiryOf(head.ExpirySeconds),
                };
                endpoint.Route(message, head.Matches);
            }

            return;
        }

        if (result == MqttInboxResult.Unavailable)
        {
            endpoint.Metrics.Refused(MqttReasonCode.ServerUnavailable);
            Stop(MqttReasonCode.ServerBusy, "the inbox cannot store now");
            return;
        }

        MqttReasonCode reason = head.Refusal == MqttReasonCode.Success ? MqttReasonCode.NotAuthorized : head.Refusal;
        endpoint.Metrics.Refused(reason);
        endpoint.Observer?.PublishRefused(_session!.ClientId, head.Message.Topic);
        if (qualityOfService > 0 && _version == MqttProtocolVersion.V500)
        {
            Write(qualityOfService == 1 ? MqttPacketType.PubAck : MqttPacketType.PubRec, head.PacketId, reason);
            return;
        }

        // 3.1.1 has no negative acknowledgement, and neither has QoS 0 (3.3.5).
        Stop(reason, "publish to a topic that this client may not touch");
    }

    /// <summary>Completes when the inbox has answered all that it was given; gives up after the drain timeout.</summary>
    private Task WaitForPumpAsync()
    {
        lock (_pending)
        {
            if (!_pumping)
            {
                return Task.CompletedTask;
            }

            _pumpIdle ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _pumpIdle.Task.WaitAsync(endpoint.Options.DrainTimeout, endpoint.Time);
        }
    }

    private void Answered(MqttPacketType type, PublishAnswer answer)
    {
        if (type == MqttPacketType.PubAck)
        {
            _session!.Acknowledged(answer.PacketId);
            return;
        }

        bool held;
        lock (_session!.Gate)
        {
            held = _session.ReceivedQoS2.Remove(answer.PacketId);
        }

        Write(
            MqttPacketType.PubComp, answer.PacketId,
            held ? MqttReasonCode.Success : MqttReasonCode.PacketIdentifierNotFound);
    }

    private void Write(MqttPacketType type, ushort packetId, MqttReasonCode reason)
    {
        lock (_output.Gate)
        {
            new PublishAnswer(packetId, reason).Encode(_output.Buffer, type, _version);
        }
    }
}
