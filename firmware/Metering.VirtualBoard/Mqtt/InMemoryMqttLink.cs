namespace Metering.Virtual;

/// <summary>A broker in memory: records what boards publish, keeps retained messages, hands messages to subscribers.</summary>
public sealed class InMemoryMqttLink : IMqttLink
{
    private readonly List<Session> _sessions = [];
    private readonly Dictionary<string, MqttLinkMessage> _retained = new(StringComparer.Ordinal);

    /// <summary>Called with each message that a board published; false refuses it (no acknowledgement).</summary>
    public Func<MqttLinkMessage, bool>? OnPublish { get; set; }

    /// <summary>World: whether the broker accepts connections.</summary>
    public bool Up { get; set; } = true;

    /// <summary>CONNECTs accepted, newest last.</summary>
    public List<MqttLinkConnect> Connects { get; } = [];

    public IMqttLinkSession Connect(MqttLinkConnect request)
    {
        if (!Up)
        {
            throw new MqttLinkException("The broker is not reachable.");
        }

        Connects.Add(request);
        var session = new Session(this, request);
        _sessions.Add(session);
        return session;
    }

    /// <summary>The collector publishes a message to the boards.</summary>
    public void Send(string topic, byte[] payload, bool retain = false)
    {
        var message = new MqttLinkMessage(topic, payload, 1, retain);
        if (retain)
        {
            _retained[topic] = message;
        }

        foreach (var session in _sessions)
        {
            session.Offer(message);
        }
    }

    private sealed class Session(InMemoryMqttLink broker, MqttLinkConnect request) : IMqttLinkSession
    {
        private readonly Queue<MqttLinkMessage> _inbox = new();
        private readonly HashSet<string> _topics = new(StringComparer.Ordinal);
        private bool _ended;

        public bool IsOpen => !_ended && broker.Up;

        public MqttLinkResult Publish(string topic, byte[] payload, int qos, bool retain)
        {
            if (!IsOpen)
            {
                return MqttLinkResult.Closed;
            }

            var message = new MqttLinkMessage(topic, payload, qos, retain);
            return broker.OnPublish?.Invoke(message) ?? true ? MqttLinkResult.Acknowledged : MqttLinkResult.Unanswered;
        }

        public void Subscribe(string[] topics, int[] qos)
        {
            foreach (var topic in topics)
            {
                if (_topics.Add(topic) && broker._retained.TryGetValue(topic, out var message))
                {
                    _inbox.Enqueue(message);
                }
            }
        }

        public void Offer(MqttLinkMessage message)
        {
            if (_topics.Contains(message.Topic))
            {
                _inbox.Enqueue(message with { Retain = false });
            }
        }

        public bool TryReceive(out MqttLinkMessage message) => _inbox.TryDequeue(out message);

        public void Disconnect() => End(will: false);

        public void Dispose() => End(will: true);

        private void End(bool will)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            broker._sessions.Remove(this);
            if (will && request.WillTopic is { } topic)
            {
                var payload = System.Text.Encoding.UTF8.GetBytes(request.WillMessage ?? string.Empty);
                broker.OnPublish?.Invoke(new MqttLinkMessage(topic, payload, request.WillQos, request.WillRetain));
            }
        }
    }
}
