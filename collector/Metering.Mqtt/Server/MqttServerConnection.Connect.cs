using System.Buffers;
using System.IO.Pipelines;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Server;

/// <summary>From the transport connection to CONNACK (3.1, 3.2).</summary>
internal sealed partial class MqttServerConnection
{
    private async ValueTask<bool> HandshakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await transport.Input.ReadAsync(cancellationToken).ConfigureAwait(false);
            MqttFrameStatus status = MqttFrame.TryRead(
                result.Buffer, endpoint.Options.PacketBytesMax, out MqttFrame frame, out MqttDecodeError error);
            if (status == MqttFrameStatus.Incomplete && !result.IsCompleted && !result.IsCanceled)
            {
                transport.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                continue;
            }

            if (status != MqttFrameStatus.Complete || frame.Type != MqttPacketType.Connect)
            {
                // 4.13.1: before a well-formed CONNECT there is nobody to answer.
                MqttReasonCode reason = status == MqttFrameStatus.Refused ? error.Reason : MqttReasonCode.ProtocolError;
                Refused("", reason, error.Detail ?? "the first packet was not CONNECT");
                return false;
            }

            byte[] body = frame.Body.ToArray();
            transport.Input.AdvanceTo(frame.Body.End);
            return await ConnectAsync(body, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> ConnectAsync(byte[] body, CancellationToken cancellationToken)
    {
        if (!TryDecode(body, out ConnectPacket? connect, out MqttDecodeError error))
        {
            // A version is answered in its own format, an unknown one in that of 3.1.1 (3.1.2.2 there), which knows no
            // return code for a malformed packet.
            bool isFive = body.AsSpan().StartsWith((ReadOnlySpan<byte>)[0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 5]);
            _version = isFive ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311;
            if (isFive || error.Reason == MqttReasonCode.UnsupportedProtocolVersion)
            {
                await AnswerAsync(new(false, error.Reason)).ConfigureAwait(false);
            }

            Refused("", error.Reason, error.Detail);
            return false;
        }

        _version = connect!.Version;
        (MqttReasonCode reason, string detail, string clientId, string? userName) =
            await AdmitAsync(connect, cancellationToken).ConfigureAwait(false);
        bool present = false;
        if (reason == MqttReasonCode.Success)
        {
            (_session, present, reason) = await endpoint.Sessions.OpenAsync(this, connect, clientId, userName)
                .ConfigureAwait(false);
            detail = reason == MqttReasonCode.Success ? "" : "no session for this client identifier";
        }

        if (reason != MqttReasonCode.Success)
        {
            await AnswerAsync(new(false, reason)).ConfigureAwait(false);
            Refused(clientId, reason, detail);
            return false;
        }

        await WelcomeAsync(connect, present).ConfigureAwait(false);
        return true;
    }

    private static bool TryDecode(byte[] body, out ConnectPacket? connect, out MqttDecodeError error)
    {
        var reader = new PacketReader(body);
        bool decoded = ConnectPacket.TryDecode(ref reader, out connect);
        error = reader.Error;
        return decoded;
    }

    /// <summary>Everything that can refuse a client before it gets a session.</summary>
    private async ValueTask<(MqttReasonCode Reason, string Detail, string ClientId, string? UserName)> AdmitAsync(
        ConnectPacket connect, CancellationToken cancellationToken)
    {
        string clientId = connect.ClientId;
        if (connect.Properties.AuthenticationMethod is not null)
        {
            return (MqttReasonCode.BadAuthenticationMethod, "enhanced authentication is not offered", clientId, null);
        }

        if (clientId.Length > endpoint.Options.ClientIdCharsMax
            || (clientId.Length == 0 && _version == MqttProtocolVersion.V311 && !connect.CleanStart))
        {
            return (MqttReasonCode.ClientIdentifierNotValid, "client identifier", clientId, null);
        }

        if (account?.MayLogIn() == false)
        {
            return (MqttReasonCode.ConnectionRateExceeded, "too many failed logins from this address", clientId, null);
        }

        MqttAuthentication authentication = await AuthenticateAsync(connect, cancellationToken).ConfigureAwait(false);
        if (authentication.Reason != MqttReasonCode.Success)
        {
            if (authentication.Reason is MqttReasonCode.BadUserNameOrPassword or MqttReasonCode.NotAuthorized)
            {
                account?.LoginFailed();
                endpoint.Metrics.LoginFailed();
            }

            return (authentication.Reason, "authentication", clientId, null);
        }

        _access = authentication.Access ?? throw new InvalidOperationException("an authenticator accepted without access");
        if (connect.Will is { } will && !MayPublish(will.Topic))
        {
            return (MqttReasonCode.NotAuthorized, "the will goes to a topic of somebody else", clientId, null);
        }

        return (
            MqttReasonCode.Success, "", clientId.Length > 0 ? clientId : "auto-" + Guid.NewGuid().ToString("N"),
            authentication.UserName);
    }

    private async ValueTask<MqttAuthentication> AuthenticateAsync(ConnectPacket connect, CancellationToken cancellationToken)
    {
        try
        {
            return await endpoint.Authenticator.AuthenticateAsync(
                new(connect.ClientId, connect.UserName, connect.Password, peer), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not OutOfMemoryException)
        {
            return MqttAuthentication.Refuse(MqttReasonCode.ServerUnavailable);
        }
    }

    private async ValueTask WelcomeAsync(ConnectPacket connect, bool present)
    {
        MqttSession session = _session!;
        MqttEndpointOptions options = endpoint.Options;
        WillSchedule.Cancel(session);
        _will = connect.Will;
        uint askedSeconds = _version == MqttProtocolVersion.V500
            ? connect.Properties.SessionExpirySeconds ?? 0
            : connect.CleanStart ? 0 : options.SessionExpirySecondsMax;
        session.ExpirySeconds = Math.Min(askedSeconds, options.SessionExpirySecondsMax);
        ClientReceiveMaximum = Math.Min(
            options.OutboundInFlightMax, connect.Properties.ReceiveMaximum ?? MqttLimits.ReceiveMaximumDefault);
        _clientPacketBytesMax = connect.Properties.MaximumPacketSizeBytes ?? uint.MaxValue;
        ushort keepAliveSeconds = connect.KeepAliveSeconds;
        bool imposed = _version == MqttProtocolVersion.V500
            && (keepAliveSeconds == 0 || keepAliveSeconds > options.KeepAliveSecondsMax);
        if (imposed)
        {
            keepAliveSeconds = options.KeepAliveSecondsMax;
        }

        StartKeepAlive(keepAliveSeconds);
        Write(new ConnAckPacket(present, MqttReasonCode.Success)
        {
            Properties = new()
            {
                SessionExpirySeconds = session.ExpirySeconds == askedSeconds ? null : session.ExpirySeconds,
                ReceiveMaximum = options.ReceiveMaximum,
                MaximumPacketSizeBytes = (uint)options.PacketBytesMax,
                AssignedClientIdentifier = connect.ClientId.Length > 0 ? null : session.ClientId,
                TopicAliasMaximum = options.TopicAliasMaximum == 0 ? null : options.TopicAliasMaximum,
                ServerKeepAliveSeconds = imposed ? keepAliveSeconds : null,
                SharedSubscriptionAvailable = false,
            },
        });
        endpoint.Observer?.Connected(session.ClientId, session.UserName, peer);
        session.Attach(this);
        await _output.FlushAsync().ConfigureAwait(false);
    }

    private void StartKeepAlive(ushort seconds)
    {
        Volatile.Write(ref _lastPacketAt, endpoint.Time.GetTimestamp());
        if (seconds == 0)
        {
            return;
        }

        // 3.1.2.10: the server closes after one and a half times the keep-alive.
        TimeSpan limit = TimeSpan.FromSeconds(seconds * 1.5);
        _keepAlive = endpoint.Time.CreateTimer(
            _ =>
            {
                if (endpoint.Time.GetElapsedTime(Volatile.Read(ref _lastPacketAt)) >= limit)
                {
                    Stop(MqttReasonCode.KeepAliveTimeout);
                }
            },
            null, limit, TimeSpan.FromSeconds(Math.Max(1, seconds / 2.0)));
    }

    private void Write(ConnAckPacket answer)
    {
        lock (_output.Gate)
        {
            answer.Encode(_output.Buffer, _version);
        }
    }

    private ValueTask AnswerAsync(ConnAckPacket answer)
    {
        Write(answer);
        return _output.FlushAsync();
    }

    private void Refused(string clientId, MqttReasonCode reason, string detail)
    {
        SetEnd(reason, detail);
        endpoint.Metrics.ConnectionRefused(reason);
        endpoint.Observer?.Refused(clientId, peer, reason, detail);
    }
}
