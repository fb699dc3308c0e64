using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;
using Metering.Mqtt.Transport;

namespace Metering.Mqtt.Client;

/// <summary>
/// One connection of a client, from CONNECT to its end. It does not reconnect: whoever owns it decides when, and sends
/// again what was not acknowledged.
/// </summary>
/// <remarks>
/// Calls may come from any thread, and a caller may block on the returned tasks: continuations never run on the reading
/// loop. The reading loop needs one thread of the pool at a time, so callers that block should not be threads of the pool.
/// </remarks>
public sealed class MqttClientConnection : IAsyncDisposable
{
    private readonly MqttClientOptions _options;
    private readonly Stream _stream;
    private readonly PipeReader _input;
    private readonly PacketOutput _output;
    private readonly PendingAnswers _pending = new();
    private readonly ReceivedAcknowledgements _received = new();
    private readonly TaskCompletionSource<MqttConnectionException> _ended =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SemaphoreSlim _window = new(MqttLimits.ReceiveMaximumDefault);
    private uint _serverPacketBytesMax = uint.MaxValue;
    private ITimer? _pinger;
    private long _pingSentAt;
    private string _lastTopic = "";
    private byte[] _lastTopicUtf8 = [];
    private int _closing;

    private MqttClientConnection(MqttClientOptions options, Stream stream)
    {
        _options = options;
        _stream = stream;
        _input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        _output = new PacketOutput(PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true)));
    }

    /// <summary>The client identifier in force: the one asked for or the one that the server assigned.</summary>
    public string ClientId { get; private set; } = "";

    /// <summary>The server kept the session of an earlier connection: subscriptions still stand.</summary>
    public bool SessionPresent { get; private set; }

    /// <summary>What the server said of itself in CONNACK; <see cref="MqttProperties.None"/> in 3.1.1.</summary>
    public MqttProperties ServerProperties { get; private set; } = MqttProperties.None;

    /// <summary>Completes, never fails, when the connection has ended, with the reason.</summary>
    public Task<MqttConnectionException> Ended => _ended.Task;

    /// <summary>Opens a connection and waits for CONNACK.</summary>
    /// <exception cref="MqttConnectionException">The server refused, with its reason.</exception>
    /// <exception cref="IOException">No connection, or no answer.</exception>
    public static async Task<MqttClientConnection> ConnectAsync(
        MqttClientOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options is { ProtocolVersion: MqttProtocolVersion.V311, Password: not null, UserName: null })
        {
            throw new ArgumentException("MQTT 3.1.1 allows no password without a user name", nameof(options));
        }

        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        MqttClientConnection? connection = null;
        try
        {
            Stream stream = await MqttClientTransport.OpenAsync(options, either.Token).ConfigureAwait(false);
            connection = new MqttClientConnection(options, stream);
            await connection.HandshakeAsync(either.Token).ConfigureAwait(false);
            return connection;
        }
        catch (Exception failure)
        {
            connection?.End(new(MqttReasonCode.UnspecifiedError, "no connection", failure));
            cancellationToken.ThrowIfCancellationRequested();
            throw failure switch
            {
                OperationCanceledException => new MqttConnectionException(
                    MqttReasonCode.ServerUnavailable, $"no answer within {options.ConnectTimeout}", failure),
                IOException => failure,
                _ => new MqttConnectionException(MqttReasonCode.ServerUnavailable, failure.Message, failure),
            };
        }
    }

    /// <summary>
    /// Publishes. Completes with the server's reason at PUBACK (QoS 1) or PUBCOMP (QoS 2), with success when the packet
    /// has left at QoS 0. Waits first while the server's receive maximum is in flight.
    /// </summary>
    /// <exception cref="ArgumentException">The topic cannot be published to.</exception>
    /// <exception cref="MqttConnectionException">The connection ended before the answer: the message may have arrived.</exception>
    public async Task<MqttReasonCode> PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, MqttQualityOfService qualityOfService, bool retain,
        CancellationToken cancellationToken, MqttProperties? properties = null)
    {
        if (!TopicRules.IsValidName(topic))
        {
            throw new ArgumentException("a topic name is not empty and holds no wildcard", nameof(topic));
        }

        byte[] utf8 = TopicUtf8(topic);
        if (qualityOfService == MqttQualityOfService.AtMostOnce)
        {
            ThrowIfEnded();
            EncodePublish(utf8, 0, payload.Span, 0, retain, properties);
            await FlushAsync().ConfigureAwait(false);
            return MqttReasonCode.Success;
        }

        await _window.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            (ushort packetId, Task<IReadOnlyList<MqttReasonCode>> answer) = _pending.Add(
                qualityOfService == MqttQualityOfService.AtLeastOnce ? MqttPacketType.PubAck : MqttPacketType.PubRec);
            EncodePublish(utf8, packetId, payload.Span, (byte)qualityOfService, retain, properties);
            await FlushAsync().ConfigureAwait(false);
            return (await answer.WaitAsync(cancellationToken).ConfigureAwait(false))[0];
        }
        finally
        {
            _window.Release();
        }
    }

    /// <summary>Subscribes; completes at SUBACK with one reason per filter: the granted QoS, or a failure.</summary>
    public async Task<IReadOnlyList<MqttReasonCode>> SubscribeAsync(
        IReadOnlyList<MqttSubscription> subscriptions, CancellationToken cancellationToken)
    {
        (ushort packetId, Task<IReadOnlyList<MqttReasonCode>> answer) = _pending.Add(MqttPacketType.SubAck);
        Send(output => new SubscribePacket(packetId, subscriptions).Encode(output, _options.ProtocolVersion));
        await FlushAsync().ConfigureAwait(false);
        return await answer.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends subscriptions; completes at UNSUBACK.</summary>
    public async Task UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken)
    {
        (ushort packetId, Task<IReadOnlyList<MqttReasonCode>> answer) = _pending.Add(MqttPacketType.UnsubAck);
        Send(output => new UnsubscribePacket(packetId, filters).Encode(output, _options.ProtocolVersion));
        await FlushAsync().ConfigureAwait(false);
        await answer.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the transport without DISCONNECT: the server publishes the will.</summary>
    public void Abort() => End(new(MqttReasonCode.UnspecifiedError, "aborted by this side"));

    /// <summary>Sends DISCONNECT and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Volatile.Read(ref _closing) == 0)
        {
            Send(output => new DisconnectPacket(MqttReasonCode.Success)
                .Encode(output, MqttPacketType.Disconnect, _options.ProtocolVersion));
            await FlushAsync().ConfigureAwait(false);
        }

        End(new(MqttReasonCode.Success, "closed by this side"));
    }

    internal async ValueTask AcknowledgeAsync(MqttReceivedMessage message)
    {
        if (message.QualityOfService == 0 || Volatile.Read(ref _closing) != 0)
        {
            return;
        }

        lock (_output.Gate)
        {
            if (message.Acknowledged)
            {
                return;
            }

            _received.Acknowledge(message, _output.Buffer, _options.ProtocolVersion);
        }

        await FlushAsync().ConfigureAwait(false);
    }

    private async Task HandshakeAsync(CancellationToken cancellationToken)
    {
        var connect = new ConnectPacket
        {
            Version = _options.ProtocolVersion,
            ClientId = _options.ClientId,
            CleanStart = _options.CleanStart,
            KeepAliveSeconds = _options.KeepAliveSeconds,
            Will = _options.Will,
            UserName = _options.UserName,
            Password = _options.Password is { } password ? password.AsMemory() : default(ReadOnlyMemory<byte>?),
            Properties = new()
            {
                SessionExpirySeconds = _options.SessionExpirySeconds == 0 ? null : _options.SessionExpirySeconds,
                ReceiveMaximum = _options.ReceiveMaximum,
                MaximumPacketSizeBytes = (uint)_options.PacketBytesMax,
            },
        };
        Send(connect.Encode);
        await _output.FlushAsync().ConfigureAwait(false);
        while (true)
        {
            ReadResult result = await _input.ReadAsync(cancellationToken).ConfigureAwait(false);
            MqttFrameStatus status = MqttFrame.TryRead(
                result.Buffer, _options.PacketBytesMax, out MqttFrame frame, out MqttDecodeError error);
            if (status == MqttFrameStatus.Complete)
            {
                ConnAckPacket answer = DecodeConnAck(frame);
                _input.AdvanceTo(frame.Body.End);
                Accept(answer);
                _ = ReadLoopAsync();
                return;
            }

            if (status == MqttFrameStatus.Refused)
            {
                throw new MqttConnectionException(error);
            }

            _input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
            {
                throw new MqttConnectionException(
                    MqttReasonCode.ServerUnavailable, "the server closed the connection without an answer");
            }
        }
    }

    private ConnAckPacket DecodeConnAck(in MqttFrame frame)
    {
        var reader = new PacketReader(frame.Body.ToArray());
        if (frame.Type != MqttPacketType.ConnAck)
        {
            throw new MqttConnectionException(MqttReasonCode.ProtocolError, "the first packet was not CONNACK");
        }

        return ConnAckPacket.TryDecode(ref reader, _options.ProtocolVersion, out ConnAckPacket? answer)
            ? answer! : throw new MqttConnectionException(reader.Error);
    }

    private void Accept(ConnAckPacket answer)
    {
        if (answer.Reason != MqttReasonCode.Success)
        {
            string why = answer.Properties.ReasonString is { } text ? $": {text}" : "";
            throw new MqttConnectionException(answer.Reason, "the server refused the connection" + why);
        }

        ServerProperties = answer.Properties;
        ClientId = answer.Properties.AssignedClientIdentifier ?? _options.ClientId;
        SessionPresent = answer.SessionPresent;
        _window = new SemaphoreSlim(answer.Properties.ReceiveMaximum ?? MqttLimits.ReceiveMaximumDefault);
        _serverPacketBytesMax = answer.Properties.MaximumPacketSizeBytes ?? uint.MaxValue;
        int keepAliveSeconds = answer.Properties.ServerKeepAliveSeconds ?? _options.KeepAliveSeconds;
        if (keepAliveSeconds > 0)
        {
            TimeSpan half = TimeSpan.FromSeconds(keepAliveSeconds / 2.0);
            _pinger = _options.Time.CreateTimer(_ => Ping(half), null, half, half);
        }
    }

    private void Ping(TimeSpan half)
    {
        long waiting = Volatile.Read(ref _pingSentAt);
        if (waiting != 0 && _options.Time.GetElapsedTime(waiting) >= 2 * half)
        {
            End(new(MqttReasonCode.KeepAliveTimeout, "the server did not answer a PINGREQ"));
            return;
        }

        if (waiting == 0)
        {
            Volatile.Write(ref _pingSentAt, _options.Time.GetTimestamp());
            Send(static output => output.WritePacket(MqttPacketType.PingReq, 0, []));
            _ = FlushAsync().AsTask();
        }
    }

    private async Task ReadLoopAsync()
    {
        MqttConnectionException reason;
        try
        {
            while (true)
            {
                ReadResult result = await _input.ReadAsync().ConfigureAwait(false);
                ReadOnlySequence<byte> buffer = result.Buffer;
                while (true)
                {
                    MqttFrameStatus status = MqttFrame.TryRead(
                        buffer, _options.PacketBytesMax, out MqttFrame frame, out MqttDecodeError error);
                    if (status == MqttFrameStatus.Refused)
                    {
                        throw new MqttConnectionException(error);
                    }

                    if (status == MqttFrameStatus.Incomplete)
                    {
                        break;
                    }

                    if (Process(frame) is { } message)
                    {
                        await DeliverAsync(message).ConfigureAwait(false);
                    }

                    buffer = buffer.Slice(frame.Body.End);
                }

                await FlushAsync().ConfigureAwait(false);
                _input.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted)
                {
                    reason = new(MqttReasonCode.UnspecifiedError, "the server closed the connection");
                    break;
                }
            }
        }
        catch (MqttConnectionException failure)
        {
            reason = failure;
            SendDisconnect(failure.Reason);
        }
        catch (Exception failure)
        {
            reason = new(MqttReasonCode.UnspecifiedError, $"the connection broke: {failure.Message}", failure);
        }

        End(reason);
    }

    private ValueTask DeliverAsync(MqttReceivedMessage message)
    {
        if (_options.Received is { } received)
        {
            return received(message);
        }

        return AcknowledgeAsync(message);
    }

    /// <summary>Handles one packet; answers a message that the receiver has to see.</summary>
    private MqttReceivedMessage? Process(in MqttFrame frame)
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

    private MqttReceivedMessage? Process(MqttPacketType type, byte flags, ReadOnlySpan<byte> body)
    {
        var reader = new PacketReader(body);
        MqttProtocolVersion version = _options.ProtocolVersion;
        switch (type)
        {
            case MqttPacketType.Publish:
                if (PublishPacket.TryDecode(flags, ref reader, version, out PublishPacket publish))
                {
                    return Receive(publish);
                }

                break;
            case MqttPacketType.PubAck or MqttPacketType.PubComp or MqttPacketType.PubRec or MqttPacketType.PubRel:
                if (PublishAnswer.TryDecode(type, ref reader, version, out PublishAnswer answer))
                {
                    Answer(type, answer);
                }

                break;
            case MqttPacketType.SubAck or MqttPacketType.UnsubAck:
                if (SubscriptionAnswer.TryDecode(type, ref reader, version, out SubscriptionAnswer? granted))
                {
                    _pending.TryComplete(type, granted!.PacketId, granted.Reasons);
                }

                break;
            case MqttPacketType.PingResp:
                Volatile.Write(ref _pingSentAt, 0);
                reader.End();
                break;
            case MqttPacketType.Disconnect when version == MqttProtocolVersion.V500:
                if (DisconnectPacket.TryDecode(type, ref reader, version, out DisconnectPacket? disconnect))
                {
                    End(new(disconnect!.Reason, "the server disconnected"));
                }

                break;
            default:
                reader.Fail(MqttReasonCode.ProtocolError, "a server does not send this packet");
                break;
        }

        return reader.Failed ? throw new MqttConnectionException(reader.Error) : null;
    }

    private void Answer(MqttPacketType type, PublishAnswer answer)
    {
        MqttProtocolVersion version = _options.ProtocolVersion;
        switch (type)
        {
            case MqttPacketType.PubRec when answer.Reason.IsFailure():
                _pending.TryComplete(MqttPacketType.PubRec, answer.PacketId, [answer.Reason]);
                break;
            case MqttPacketType.PubRec:
                MqttReasonCode known = _pending.TryAdvanceToComplete(answer.PacketId)
                    ? MqttReasonCode.Success : MqttReasonCode.PacketIdentifierNotFound;
                Send(output => new PublishAnswer(answer.PacketId, known).Encode(output, MqttPacketType.PubRel, version));
                break;
            case MqttPacketType.PubRel:
                lock (_output.Gate)
                {
                    MqttReasonCode held = _received.Release(answer.PacketId)
                        ? MqttReasonCode.Success : MqttReasonCode.PacketIdentifierNotFound;
                    new PublishAnswer(answer.PacketId, held).Encode(_output.Buffer, MqttPacketType.PubComp, version);
                }

                break;
            default:
                _pending.TryComplete(type, answer.PacketId, ReasonList(answer.Reason));
                break;
        }
    }

    private static readonly MqttReasonCode[] s_success = [MqttReasonCode.Success];

    private static MqttReasonCode[] ReasonList(MqttReasonCode reason) =>
        reason == MqttReasonCode.Success ? s_success : [reason];

    private MqttReceivedMessage? Receive(in PublishPacket packet)
    {
        if (packet.TopicAlias != 0)
        {
            // This client announces no topic alias maximum, hence 0 (3.1.2.11.5).
            throw new MqttConnectionException(MqttReasonCode.TopicAliasInvalid, "the server used a topic alias");
        }

        var message = new MqttReceivedMessage(this, Encoding.UTF8.GetString(packet.Topic), packet);
        if (message.QualityOfService == 0)
        {
            return message;
        }

        lock (_output.Gate)
        {
            if (message.QualityOfService == 2 && _received.IsHeld(message.PacketId))
            {
                new PublishAnswer(message.PacketId, MqttReasonCode.Success)
                    .Encode(_output.Buffer, MqttPacketType.PubRec, _options.ProtocolVersion);
                return null;
            }

            if (_options.ProtocolVersion == MqttProtocolVersion.V500 && _received.Count >= _options.ReceiveMaximum)
            {
                throw new MqttConnectionException(
                    MqttReasonCode.ReceiveMaximumExceeded, "the server sent more than the receive maximum");
            }

            _received.Add(message);
        }

        return message;
    }

    private void EncodePublish(
        byte[] topic, ushort packetId, ReadOnlySpan<byte> payload, byte qualityOfService, bool retain,
        MqttProperties? properties)
    {
        if (_serverPacketBytesMax != uint.MaxValue && PublishPacket.Size(
                _options.ProtocolVersion, topic, payload.Length, qualityOfService, properties ?? MqttProperties.None)
            > _serverPacketBytesMax)
        {
            throw new ArgumentException($"the server takes packets of at most {_serverPacketBytesMax} bytes", nameof(payload));
        }

        lock (_output.Gate)
        {
            PublishPacket.Encode(
                _output.Buffer, _options.ProtocolVersion, topic, packetId, payload, qualityOfService, retain,
                duplicate: false, properties ?? MqttProperties.None);
        }
    }

    private byte[] TopicUtf8(string topic)
    {
        lock (_output.Gate)
        {
            if (!string.Equals(topic, _lastTopic, StringComparison.Ordinal))
            {
                _lastTopicUtf8 = PacketWriter.StrictUtf8.GetBytes(topic);
                _lastTopic = topic;
            }

            return _lastTopicUtf8;
        }
    }

    private void Send(Action<IBufferWriter<byte>> encode)
    {
        lock (_output.Gate)
        {
            encode(_output.Buffer);
        }
    }

    private void SendDisconnect(MqttReasonCode reason)
    {
        if (_options.ProtocolVersion == MqttProtocolVersion.V500
            && ReasonCodes.IsAllowed(MqttPacketType.Disconnect, reason) && Volatile.Read(ref _closing) == 0)
        {
            Send(output => new DisconnectPacket(reason).Encode(output, MqttPacketType.Disconnect, _options.ProtocolVersion));
            _ = FlushAsync().AsTask();
        }
    }

    /// <summary>Sends what was appended; a broken transport ends the connection instead of throwing.</summary>
    private async ValueTask FlushAsync()
    {
        try
        {
            await _output.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            End(new(MqttReasonCode.UnspecifiedError, $"the connection broke: {failure.Message}", failure));
        }
    }

    private void ThrowIfEnded()
    {
        if (_ended.Task.IsCompleted)
        {
            throw _ended.Task.Result;
        }
    }

    private void End(MqttConnectionException reason)
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
        {
            return;
        }

        _pinger?.Dispose();
        _output.Close();
        _pending.FailAll(reason);
        _stream.Dispose();
        _ended.TrySetResult(reason);
    }
}
