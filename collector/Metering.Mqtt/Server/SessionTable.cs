using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Server;

/// <summary>Sessions by client identifier. A session has at most one connection; a second one takes it over (3.1.4).</summary>
internal sealed class SessionTable(MqttEndpoint endpoint)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _sessions = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>
    /// Gives a connection its session, after the connection that had it has ended. Answers a refusal instead when somebody
    /// else owns the identifier or there are too many sessions.
    /// </summary>
    public async ValueTask<(MqttSession? Session, bool Present, MqttReasonCode Refusal)> OpenAsync(
        MqttServerConnection connection, ConnectPacket connect, string clientId, string? userName)
    {
        while (true)
        {
            MqttServerConnection? holder;
            MqttSession? discarded = null;
            lock (_gate)
            {
                if (!_sessions.TryGetValue(clientId, out Entry? entry))
                {
                    if (_sessions.Count >= endpoint.Options.SessionsMax)
                    {
                        return (null, false, MqttReasonCode.QuotaExceeded);
                    }

                    _sessions.Add(clientId, entry = new(new(clientId, userName, endpoint)));
                    entry.Holder = connection;
                    return (entry.Session, false, MqttReasonCode.Success);
                }

                if (!string.Equals(entry.Session.UserName, userName, StringComparison.Ordinal))
                {
                    return (null, false, MqttReasonCode.ClientIdentifierNotValid);
                }

                holder = entry.Holder;
                if (holder is null)
                {
                    entry.Session.ExpiryTimer?.Dispose();
                    entry.Session.ExpiryTimer = null;
                    if (!connect.CleanStart)
                    {
                        entry.Holder = connection;
                        return (entry.Session, true, MqttReasonCode.Success);
                    }

                    _sessions.Remove(clientId);
                    discarded = entry.Session;
                }
            }

            if (holder is not null)
            {
                holder.Stop(MqttReasonCode.SessionTakenOver);
                await holder.Released.ConfigureAwait(false);
            }
            else
            {
                endpoint.Wills.SessionEnded(discarded!);
                discarded!.Discard();
            }
        }
    }

    /// <summary>A connection ended: the session ends with it, or lives on for its expiry interval.</summary>
    public void Release(MqttSession session)
    {
        bool ended;
        lock (_gate)
        {
            if (!_sessions.TryGetValue(session.ClientId, out Entry? entry) || entry.Session != session)
            {
                return;
            }

            entry.Holder = null;
            ended = session.ExpirySeconds == 0;
            if (ended)
            {
                _sessions.Remove(session.ClientId);
            }
            else
            {
                session.ExpiryTimer = endpoint.Time.CreateTimer(
                    _ => Expire(session), null, TimeSpan.FromSeconds(session.ExpirySeconds), Timeout.InfiniteTimeSpan);
            }
        }

        if (ended)
        {
            endpoint.Wills.SessionEnded(session);
            session.Discard();
        }
    }

    private void Expire(MqttSession session)
    {
        lock (_gate)
        {
            if (!_sessions.TryGetValue(session.ClientId, out Entry? entry) || entry.Session != session
                || entry.Holder is not null)
            {
                return;
            }

            _sessions.Remove(session.ClientId);
        }

        endpoint.Wills.SessionEnded(session);
        session.Discard();
    }

    /// <summary>The entry of a client identifier, or null.</summary>
    internal Entry? Find(string clientId)
    {
        lock (_gate)
        {
            return _sessions.GetValueOrDefault(clientId);
        }
    }

    internal sealed class Entry(MqttSession session)
    {
        public MqttSession Session { get; } = session;

        /// <summary>The connection that has it, from before its CONNACK until it is done.</summary>
        public MqttServerConnection? Holder { get; set; }
    }
}
