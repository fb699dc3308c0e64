using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;
using Metering.Mqtt.Transport;

namespace Metering.Mqtt.Server;

/// <summary>One connection of a client to the endpoint.</summary>
internal sealed class MqttServerSession(MqttEndpoint endpoint, IDuplexPipe transport, MqttPeer peer)
{
    private readonly PacketOutput _output = new(transport.Output);
    private readonly Queue<PendingAcceptance> _pending = new();
    private bool _pumping;
    private bool _leaving;
    private volatile bool _stopped;
    private TaskCompletionSource? _room;
    private MqttProtocolVersion _version;
    private string _clientId = "";
    private string? _userName;
    private IMqttAccess? _access;
    private HashSet<ushort>? _received;
    private byte[] _lastTopicUtf8 = [];
    private string _lastTopic = "";
    private bool _lastTopicAllowed;
    private ITimer? _keepAlive;
    private long _lastPacketAt;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(
            static session => ((MqttServerSession)session!).Stop(), this);
        try
        {
            await ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            // The peer or the host ended the connection.
        }
        finally
        {
            Stop();
            _keepAlive?.Dispose();
            _output.Close();
            await transport.Input.CompleteAsync().ConfigureAwait(false);
            await transport.Output.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends the connection from any thread.</summary>
    private void Stop()
    {
        _stopped = true;
        transport.Input.CancelPendingRead();
        lock (_pending)
        {
            _room?.TrySetResult();
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        using (var timeout = new CancellationTokenSource(endpoint.Options.ConnectTimeout, endpoint.Time))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token))
        {
            if (!await HandshakeAsync(either.Token).ConfigureAwait(false))
            {
                return;
            }
        }

        while (true)
        {
            ReadResult result = await transport.Input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (_stopped)
            {
                return;
            }

            Volatile.Write(ref _lastPacketAt, endpoint.Time.GetTimestamp());
            while (true)
            {
                MqttFrameStatus status = MqttFrame.TryRead(
                    buffer, endpoint.Options.PacketBytesMax, out MqttFrame frame, out MqttDecodeError error);
                if (status == MqttFrameStatus.Refused)
                {
                    await DisconnectAsync(error.Reason).ConfigureAwait(false);
                    return;
                }

                if (status == MqttFrameStatus.Incomplete)
                {
                    break;
                }

                if (frame.Type == MqttPacketType.Publish)
                {
                    await WaitForRoomAsync().ConfigureAwait(false);
                }

                if (Process(frame) is { } end)
                {
                    await DisconnectAsync(end).ConfigureAwait(false);
                    return;
                }

                buffer = buffer.Slice(frame.Body.End);
            }

            await _output.FlushAsync().ConfigureAwait(false);
            transport.Input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted || _leaving)
            {
                return;
            }
        }
    }

    private async ValueTask<bool> HandshakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await transport.Input.ReadAsync(cancellationToken).ConfigureAwait(false);
            MqttFrameStatus status = MqttFrame.TryRead(
                result.Buffer, endpoint.Options.PacketBytesMax, out MqttFrame frame, out _);
            if (status == MqttFrameStatus.Incomplete && !result.IsCompleted)
            {
                transport.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }

            // 3.1.4 and 4.13: before a well-formed CONNECT there is nobody to answer.
            if (status != MqttFrameStatus.Complete || frame.Type != MqttPacketType.Connect
                || !TryDecodeConnect(frame, out ConnectPacket? connect, out MqttReasonCode refusal))
            {
                return false;
            }

            transport.Input.AdvanceTo(frame.Body.End);
            if (connect is null)
            {
                await AnswerConnectAsync(new(false, refusal), MqttProtocolVersion.V311).ConfigureAwait(false);
                return false;
            }

            return await AcceptAsync(connect, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool TryDecodeConnect(in MqttFrame frame, out ConnectPacket? connect, out MqttReasonCode refusal)
    {
        var reader = new PacketReader(frame.Body.ToArray());
        bool decoded = ConnectPacket.TryDecode(ref reader, out connect);
        refusal = reader.Error.Reason;
        return decoded || refusal == MqttReasonCode.UnsupportedProtocolVersion;
    }

    private async ValueTask<bool> AcceptAsync(ConnectPacket connect, CancellationToken cancellationToken)
    {
        _version = connect.Version;
        MqttAuthentication authentication = await endpoint.Authenticator.AuthenticateAsync(
            new(connect.ClientId, connect.UserName, connect.Password, peer), cancellationToken).ConfigureAwait(false);
        if (authentication.Reason != MqttReasonCode.Success)
        {
            await AnswerConnectAsync(new(false, authentication.Reason), _version).ConfigureAwait(false);
            return false;
        }

        if (connect.ClientId.Length == 0 && _version == MqttProtocolVersion.V311 && !connect.CleanStart)
        {
            await AnswerConnectAsync(new(false, MqttReasonCode.ClientIdentifierNotValid), _version).ConfigureAwait(false);
            return false;
        }

        _userName = authentication.UserName;
        _access = authentication.Access;
        _clientId = connect.ClientId.Length > 0 ? connect.ClientId : "auto-" + Guid.NewGuid().ToString("N");
        ushort keepAliveSeconds = connect.KeepAliveSeconds;
        bool imposed = keepAliveSeconds == 0 || keepAliveSeconds > endpoint.Options.KeepAliveSecondsMax;
        if (imposed && _version == MqttProtocolVersion.V500)
        {
            keepAliveSeconds = endpoint.Options.KeepAliveSecondsMax;
        }

        StartKeepAlive(keepAliveSeconds);
        await AnswerConnectAsync(
            new(false, MqttReasonCode.Success)
            {
                Properties = new()
                {
                    ReceiveMaximum = endpoint.Options.ReceiveMaximum,
                    MaximumPacketSizeBytes = (uint)endpoint.Options.PacketBytesMax,
                    AssignedClientIdentifier = connect.ClientId.Length > 0 ? null : _clientId,
                    ServerKeepAliveSeconds = imposed ? keepAliveSeconds : null,
                },
            },
            _version).ConfigureAwait(false);
        return true;
    }

    private void StartKeepAlive(ushort seconds)
    {
        if (seconds == 0)
        {
            return;
        }

        // 3.1.2.10: the server closes after one and a half times the keep-alive.
        TimeSpan limit = TimeSpan.FromSeconds(seconds * 1.5);
        Volatile.Write(ref _lastPacketAt, endpoint.Time.GetTimestamp());
        _keepAlive = endpoint.Time.CreateTimer(
            _ =>
            {
                if (endpoint.Time.GetElapsedTime(Volatile.Read(ref _lastPacketAt)) >= limit)
                {
                    Stop();
                }
            },
            null, limit, TimeSpan.FromSeconds(Math.Max(1, seconds / 2.0)));
    }

    private async ValueTask AnswerConnectAsync(ConnAckPacket answer, MqttProtocolVersion version)
    {
        lock (_output.Gate)
        {
            answer.Encode(_output.Buffer, version);
        }

        await _output.FlushAsync().ConfigureAwait(false);
    }

    private MqttReasonCode? Process(in MqttFrame frame)
    {
        if (frame.Body.IsSingleSegment)
        {
            return Process(frame.Type, frame.Flags, frame.Body.FirstSpan);
        }

        int length = (int)frame.Body.Length;
        byte[] whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            frame.Body.CopyTo(whole);
            return Process(frame.Type, frame.Flags, whole.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    /// <summary>Handles one packet; answers the reason to end the connection with, or null to go on.</summary>
    private MqttReasonCode? Process(MqttPacketType type, byte flags, ReadOnlySpan<byte> body)
    {
        var reader = new PacketReader(body);
        MqttReasonCode? end = null;
        switch (type)
        {
            case MqttPacketType.Publish:
                if (PublishPacket.TryDecode(flags, ref reader, _version, out PublishPacket publish))
                {
                    return Receive(publish);
                }

                break;
            case MqttPacketType.PubRel:
                if (PublishAnswer.TryDecode(type, ref reader, _version, out PublishAnswer release))
                {
                    MqttReasonCode held = _received?.Remove(release.PacketId) == true || _version == MqttProtocolVersion.V311
                        ? MqttReasonCode.Success : MqttReasonCode.PacketIdentifierNotFound;
                    Answer(MqttPacketType.PubComp, release.PacketId, held);
                }

                break;
            case MqttPacketType.Subscribe:
                if (SubscribePacket.TryDecode(ref reader, _version, out SubscribePacket? subscribe))
                {
                    Subscribe(subscribe!);
                }

                break;
            case MqttPacketType.PingReq:
                if (reader.End())
                {
                    lock (_output.Gate)
                    {
                        _output.Buffer.WritePacket(MqttPacketType.PingResp, 0, []);
                    }
                }

                break;
            case MqttPacketType.Disconnect:
                if (DisconnectPacket.TryDecode(type, ref reader, _version, out _))
                {
                    _leaving = true;
                }

                break;
            default:
                end = MqttReasonCode.ProtocolError;
                break;
        }

        return reader.Failed ? reader.Error.Reason : end;
    }

    private void Subscribe(SubscribePacket subscribe)
    {
        var reasons = new MqttReasonCode[subscribe.Subscriptions.Count];
        for (int i = 0; i < reasons.Length; i++)
        {
            MqttSubscription subscription = subscribe.Subscriptions[i];
            reasons[i] = !TopicRules.IsValidFilter(subscription.Filter) ? MqttReasonCode.TopicFilterInvalid
                : !_access!.MaySubscribe(subscription.Filter) ? MqttReasonCode.NotAuthorized
                : (MqttReasonCode)Math.Min(subscription.QualityOfService, (byte)1);
        }

        lock (_output.Gate)
        {
            new SubscriptionAnswer(subscribe.PacketId, reasons).Encode(_output.Buffer, MqttPacketType.SubAck, _version);
        }
    }

    private MqttReasonCode? Receive(in PublishPacket packet)
    {
        if (packet.HasSubscriptionIdentifier)
        {
            return MqttReasonCode.ProtocolError;
        }

        if (packet.TopicAlias != 0)
        {
            return MqttReasonCode.TopicAliasInvalid;
        }

        if (!packet.Topic.SequenceEqual(_lastTopicUtf8))
        {
            _lastTopicUtf8 = packet.Topic.ToArray();
            _lastTopic = Encoding.UTF8.GetString(packet.Topic);
            _lastTopicAllowed = _access!.MayPublish(_lastTopic);
        }

        if (packet.QualityOfService == 2 && _received?.Contains(packet.PacketId) == true)
        {
            Answer(MqttPacketType.PubRec, packet.PacketId, MqttReasonCode.Success);
            return null;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(packet.Payload.Length);
        packet.Payload.CopyTo(rented);
        var message = new MqttInboundMessage(
            _clientId, _userName, _lastTopic, rented.AsMemory(0, packet.Payload.Length), packet.QualityOfService, packet.Retain);
        ValueTask<MqttInboxResult> acceptance = _lastTopicAllowed
            ? endpoint.Inbox.AcceptAsync(message, CancellationToken.None)
            : ValueTask.FromResult(MqttInboxResult.NotAuthorized);
        bool start = false;
        lock (_pending)
        {
            _pending.Enqueue(new(acceptance, message, packet.PacketId, rented));
            if (!_pumping)
            {
                start = _pumping = true;
            }
        }

        if (start)
        {
            _ = PumpAsync();
        }

        return null;
    }

    /// <summary>Sends acknowledgements in the order of arrival, each after the inbox took its message.</summary>
    private async Task PumpAsync()
    {
        try
        {
            while (true)
            {
                PendingAcceptance head;
                lock (_pending)
                {
                    if (!_pending.TryPeek(out head))
                    {
                        _pumping = false;
                        return;
                    }
                }

                MqttInboxResult result = await AwaitAsync(head).ConfigureAwait(false);
                TaskCompletionSource? room;
                bool flush;
                lock (_pending)
                {
                    _pending.Dequeue();
                    flush = !_pending.TryPeek(out PendingAcceptance next) || !next.Acceptance.IsCompleted;
                    room = _room;
                    _room = null;
                }

                Complete(head, result);
                head.Release();
                room?.TrySetResult();
                if (flush)
                {
                    await _output.FlushAsync().ConfigureAwait(false);
                }
            }
        }
        catch (IOException)
        {
            Stop();
        }
    }

    private static async ValueTask<MqttInboxResult> AwaitAsync(PendingAcceptance head)
    {
        try
        {
            return await head.Acceptance.ConfigureAwait(false);
        }
        catch (Exception)
        {
            return MqttInboxResult.Unavailable;
        }
    }

    private void Complete(in PendingAcceptance head, MqttInboxResult result)
    {
        if (_leaving && result != MqttInboxResult.Accepted)
        {
            return;
        }

        byte qualityOfService = head.Message.QualityOfService;
        switch (result)
        {
            case MqttInboxResult.Accepted when qualityOfService == 1:
                Answer(MqttPacketType.PubAck, head.PacketId, MqttReasonCode.Success);
                break;
            case MqttInboxResult.Accepted when qualityOfService == 2:
                (_received ??= []).Add(head.PacketId);
                Answer(MqttPacketType.PubRec, head.PacketId, MqttReasonCode.Success);
                break;
            case MqttInboxResult.NotAuthorized when qualityOfService > 0 && _version == MqttProtocolVersion.V500:
                Answer(
                    qualityOfService == 1 ? MqttPacketType.PubAck : MqttPacketType.PubRec, head.PacketId,
                    MqttReasonCode.NotAuthorized);
                break;
            case MqttInboxResult.Accepted:
                break;
            default:
                Stop();
                break;
        }
    }

    private void Answer(MqttPacketType type, ushort packetId, MqttReasonCode reason)
    {
        lock (_output.Gate)
        {
            new PublishAnswer(packetId, reason).Encode(_output.Buffer, type, _version);
        }
    }

    private async ValueTask WaitForRoomAsync()
    {
        while (true)
        {
            Task room;
            lock (_pending)
            {
                if (_stopped || _pending.Count < endpoint.Options.ReceiveMaximum)
                {
                    return;
                }

                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.ConfigureAwait(false);
        }
    }

    private async ValueTask DisconnectAsync(MqttReasonCode reason)
    {
        if (_version == MqttProtocolVersion.V500 && ReasonCodes.IsAllowed(MqttPacketType.Disconnect, reason))
        {
            lock (_output.Gate)
            {
                new DisconnectPacket(reason).Encode(_output.Buffer, MqttPacketType.Disconnect, _version);
            }
        }

        await _output.FlushAsync().ConfigureAwait(false);
    }
}
