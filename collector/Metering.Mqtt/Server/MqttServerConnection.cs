using System.Buffers;
using System.IO.Pipelines;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;
using Metering.Mqtt.Transport;

namespace Metering.Mqtt.Server;

/// <summary>
/// One connection of a client: its life and its reading loop. Connect, Inbound and Outbound hold what it does with packets.
/// </summary>
/// <remarks>
/// One thread at a time reads; one pump sends acknowledgements; subscribers are written to from any thread. Whatever waits
/// inside is woken by <see cref="Stop"/>. An idle connection holds no buffer and no thread.
/// </remarks>
internal sealed partial class MqttServerConnection(
    MqttEndpoint endpoint, IDuplexPipe transport, MqttPeer peer, AddressLimiter.Account? account)
{
    private readonly PacketOutput _output = new(transport.Output);
    private readonly TaskCompletionSource _stopSignal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MqttProtocolVersion _version;
    private MqttSession? _session;
    private IMqttAccess? _access;
    private MqttWill? _will;
    private MqttReasonCode _endReason;
    private string _endDetail = "";
    private int _stopped;
    private ITimer? _keepAlive;
    private ITimer? _kill;
    private long _lastPacketAt;

    /// <summary>Completes when this connection no longer touches its session.</summary>
    public Task Released => _released.Task;

    private bool IsStopped => Volatile.Read(ref _stopped) != 0;

    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            using (stopping.UnsafeRegister(
                static connection => ((MqttServerConnection)connection!).Stop(MqttReasonCode.ServerShuttingDown), this))
            {
                await ReadAsync(stopping).ConfigureAwait(false);
            }

            await LeaveAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or TimeoutException)
        {
            // The transport broke, or the peer did not read: nothing can be sent any more.
            SetEnd(MqttReasonCode.UnspecifiedError, "the transport broke");
        }
        finally
        {
            await CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends the connection from any thread; the reason reaches a 5.0 client in DISCONNECT.</summary>
    public void Stop(MqttReasonCode reason, string detail = "")
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return;
        }

        SetEnd(reason, detail);
        _kill = endpoint.Time.CreateTimer(
            static connection => ((MqttServerConnection)connection!).Kill(), this,
            endpoint.Options.DrainTimeout, Timeout.InfiniteTimeSpan);
        _stopSignal.TrySetResult();
        transport.Input.CancelPendingRead();
    }

    private void Kill() => transport.Output.CancelPendingFlush();

    private void SetEnd(MqttReasonCode reason, string detail)
    {
        if (_endDetail.Length == 0)
        {
            _endReason = reason;
            _endDetail = detail.Length > 0 ? detail : reason.ToString();
        }
    }

    private async Task ReadAsync(CancellationToken stopping)
    {
        using (var timeout = new CancellationTokenSource(endpoint.Options.ConnectTimeout, endpoint.Time))
        using (var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, timeout.Token))
        {
            if (!await HandshakeAsync(either.Token).ConfigureAwait(false))
            {
                return;
            }
        }

        PipeReader input = transport.Input;
        while (!IsStopped)
        {
            ReadResult result = await input.ReadAsync(CancellationToken.None).ConfigureAwait(false);
            ReadOnlySequence<byte> buffer = result.Buffer;
            while (!IsStopped)
            {
                MqttFrameStatus status = MqttFrame.TryRead(
                    buffer, endpoint.Options.PacketBytesMax, out MqttFrame frame, out MqttDecodeError error);
                if (status == MqttFrameStatus.Incomplete)
                {
                    break;
                }

                if (status == MqttFrameStatus.Refused)
                {
                    EndFor(error);
                    return;
                }

                Volatile.Write(ref _lastPacketAt, endpoint.Time.GetTimestamp());
                if (frame.Type == MqttPacketType.Publish && !HasRoom(frame.Flags))
                {
                    await WaitForRoomAsync(frame.Flags).ConfigureAwait(false);
                }

                if (!Process(frame))
                {
                    return;
                }

                buffer = buffer.Slice(frame.Body.End);
            }

            await _output.FlushAsync().ConfigureAwait(false);
            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                SetEnd(MqttReasonCode.UnspecifiedError, "the client closed the transport without DISCONNECT");
                return;
            }
        }
    }

    /// <summary>Handles one packet; false ends the connection.</summary>
    private bool Process(in MqttFrame frame)
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

    private bool Process(MqttPacketType type, byte flags, ReadOnlySpan<byte> body)
    {
        var reader = new PacketReader(body);
        switch (type)
        {
            case MqttPacketType.Publish:
                if (PublishPacket.TryDecode(flags, ref reader, _version, out PublishPacket publish))
                {
                    return Receive(publish);
                }

                break;
            case MqttPacketType.PubAck or MqttPacketType.PubRel:
                if (PublishAnswer.TryDecode(type, ref reader, _version, out PublishAnswer answer))
                {
                    Answered(type, answer);
                }

                break;
            case MqttPacketType.Subscribe:
                if (SubscribePacket.TryDecode(ref reader, _version, out SubscribePacket? subscribe))
                {
                    return Subscribe(subscribe!);
                }

                break;
            case MqttPacketType.Unsubscribe:
                if (UnsubscribePacket.TryDecode(ref reader, _version, out UnsubscribePacket? unsubscribe))
                {
                    return Unsubscribe(unsubscribe!);
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
                if (DisconnectPacket.TryDecode(type, ref reader, _version, out DisconnectPacket? disconnect))
                {
                    return Disconnected(disconnect!);
                }

                break;
            default:
                // A second CONNECT (3.1), answers to QoS 2 that this endpoint never sends, AUTH without a method (4.12).
                reader.Fail(MqttReasonCode.ProtocolError, "a client does not send this packet now");
                break;
        }

        if (reader.Failed)
        {
            EndFor(reader.Error);
            return false;
        }

        return true;
    }

    private bool Disconnected(DisconnectPacket packet)
    {
        if (packet.Properties.SessionExpirySeconds is { } expirySeconds)
        {
            if (_session!.ExpirySeconds == 0 && expirySeconds != 0)
            {
                EndFor(new(MqttReasonCode.ProtocolError, "DISCONNECT gives a life to a session that had none"));
                return false;
            }

            _session.ExpirySeconds = Math.Min(expirySeconds, endpoint.Options.SessionExpirySecondsMax);
        }

        if (packet.Reason == MqttReasonCode.Success)
        {
            _will = null;
        }

        SetEnd(MqttReasonCode.Success, "the client took leave");
        return false;
    }

    private void EndFor(MqttDecodeError error)
    {
        endpoint.Metrics.ProtocolError(error.Reason);
        SetEnd(error.Reason, error.Detail);
    }

    /// <summary>Sends what is owed before the transport closes.</summary>
    private async Task LeaveAsync()
    {
        if (_session is null)
        {
            return;
        }

        if (_endReason == MqttReasonCode.ServerShuttingDown)
        {
            await WaitForPumpAsync().ConfigureAwait(false);
        }

        if (_endReason.IsFailure())
        {
            if (_version == MqttProtocolVersion.V500 && ReasonCodes.IsAllowed(MqttPacketType.Disconnect, _endReason))
            {
                lock (_output.Gate)
                {
                    new DisconnectPacket(_endReason).Encode(_output.Buffer, MqttPacketType.Disconnect, _version);
                }
            }

            await _output.FlushAsync().AsTask().WaitAsync(endpoint.Options.DrainTimeout, endpoint.Time).ConfigureAwait(false);
        }
    }

    private async Task CloseAsync()
    {
        Stop(_endReason, _endDetail);
        _keepAlive?.Dispose();
        _session?.Detach();
        _output.Close();
        transport.Output.CancelPendingFlush();
        await transport.Input.CompleteAsync().ConfigureAwait(false);
        await transport.Output.CompleteAsync().ConfigureAwait(false);
        try
        {
            // What the inbox has belongs to the session's QoS 2 state, so the next connection waits for it.
            await WaitForPumpAsync().ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // An inbox that hangs must not hold the client identifier for ever.
        }

        _kill?.Dispose();
        if (_session is { } session)
        {
            endpoint.Observer?.Disconnected(session.ClientId, _endReason, _endDetail);
            if (_will is { } will)
            {
                endpoint.Wills.ConnectionLost(session, will);
            }

            endpoint.Sessions.Release(session);
        }

        _released.TrySetResult();
    }
}
