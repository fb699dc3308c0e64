using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Server;

/// <summary>What the endpoint keeps of a client between its connections (4.1). In memory only.</summary>
internal sealed class MqttSession(string clientId, string? userName, MqttEndpoint endpoint)
{
    private readonly Dictionary<string, SessionSubscription> _subscriptions = [];
    private readonly Queue<OutboundDelivery> _waiting = new();
    private readonly List<(ushort PacketId, OutboundDelivery Delivery)> _inFlight = [];
    private MqttServerConnection? _connection;
    private ushort _lastPacketId;

    public string ClientId { get; } = clientId;

    /// <summary>Who opened it: nobody else resumes it or takes it over.</summary>
    public string? UserName { get; } = userName;

    /// <summary>Guards everything in here.</summary>
    public Lock Gate { get; } = new();

    /// <summary>QoS 2 messages of the client that wait for their PUBREL; used by the connection's reader and pump under <see cref="Gate"/>.</summary>
    public HashSet<ushort> ReceivedQoS2 { get; } = [];

    /// <summary>Life after the connection ended, s.</summary>
    public uint ExpirySeconds { get; set; }

    /// <summary>Ends the session when it has been away for too long.</summary>
    public ITimer? ExpiryTimer { get; set; }

    /// <summary>A will that waits for its delay to pass (3.1.3.2.2).</summary>
    public PendingWill? Will { get; set; }

    public MqttServerConnection? Connection
    {
        get
        {
            lock (Gate)
            {
                return _connection;
            }
        }
    }

    /// <summary>Sends what was in flight again and goes on with what waits. Call after CONNACK was written.</summary>
    public void Attach(MqttServerConnection connection)
    {
        lock (Gate)
        {
            _connection = connection;
            foreach ((ushort packetId, OutboundDelivery delivery) in _inFlight)
            {
                connection.WritePublish(delivery, packetId, duplicate: true);
            }

            SendWaiting();
        }
    }

    public void Detach()
    {
        lock (Gate)
        {
            _connection = null;
        }
    }

    /// <summary>Sends or keeps a message for this client.</summary>
    public void Deliver(in OutboundDelivery delivery)
    {
        MqttServerConnection? connection;
        lock (Gate)
        {
            connection = _connection;
            if (delivery.QualityOfService == 0)
            {
                if (connection is null)
                {
                    return;
                }

                if (connection.IsCongested)
                {
                    endpoint.Metrics.Dropped();
                    return;
                }

                connection.WritePublish(delivery, 0, duplicate: false);
            }
            else if (_waiting.Count >= endpoint.Options.QueuedMessagesPerSessionMax)
            {
                endpoint.Metrics.Dropped();
                return;
            }
            else
            {
                _waiting.Enqueue(delivery);
                SendWaiting();
            }
        }

        connection?.FlushSoon();
    }

    /// <summary>PUBACK of the client. False when nothing of that identifier was in flight.</summary>
    public bool Acknowledged(ushort packetId)
    {
        lock (Gate)
        {
            int at = _inFlight.FindIndex(sent => sent.PacketId == packetId);
            if (at < 0)
            {
                return false;
            }

            _inFlight.RemoveAt(at);
            SendWaiting();
            return true;
        }
    }

    /// <summary>Adds or replaces a subscription. False when the session has all it may have.</summary>
    public bool TrySubscribe(SessionSubscription subscription, out bool isNew)
    {
        string filter = subscription.Options.Filter;
        lock (Gate)
        {
            isNew = !_subscriptions.ContainsKey(filter);
            if (isNew && _subscriptions.Count >= endpoint.Options.SubscriptionsPerSessionMax)
            {
                return false;
            }

            _subscriptions[filter] = subscription;
        }

        endpoint.Subscriptions.Set(this, subscription);
        return true;
    }

    public bool Unsubscribe(string filter)
    {
        lock (Gate)
        {
            if (!_subscriptions.Remove(filter))
            {
                return false;
            }
        }

        endpoint.Subscriptions.Remove(this, filter);
        return true;
    }

    /// <summary>Forgets all. The session is out of the table by now.</summary>
    public void Discard()
    {
        List<string> filters;
        lock (Gate)
        {
            ExpiryTimer?.Dispose();
            filters = [.. _subscriptions.Keys];
            _subscriptions.Clear();
            _waiting.Clear();
            _inFlight.Clear();
        }

        foreach (string filter in filters)
        {
            endpoint.Subscriptions.Remove(this, filter);
        }
    }

    private void SendWaiting()
    {
        if (_connection is not { } connection)
        {
            return;
        }

        while (_inFlight.Count < connection.ClientReceiveMaximum && _waiting.TryDequeue(out OutboundDelivery next))
        {
            ushort packetId = NextPacketId();
            if (connection.WritePublish(next, packetId, duplicate: false))
            {
                _inFlight.Add((packetId, next));
            }
        }
    }

    private ushort NextPacketId()
    {
        do
        {
            _lastPacketId = _lastPacketId == ushort.MaxValue ? (ushort)1 : (ushort)(_lastPacketId + 1);
        }
        while (_inFlight.Exists(sent => sent.PacketId == _lastPacketId));
        return _lastPacketId;
    }
}

/// <summary>A will whose delay runs.</summary>
internal sealed record PendingWill(MqttWill Will, ITimer Timer);
