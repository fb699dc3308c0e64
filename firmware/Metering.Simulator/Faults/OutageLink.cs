using Metering.Virtual;

namespace Metering.Simulator.Faults;

/// <summary>A link whose broker can go away for a while; a connection in use is then cut.</summary>
internal sealed class OutageLink(IMqttLink inner) : IMqttLink, IDisposable
{
    public bool Up { get; set; } = true;

    private Session? _last;

    public IMqttLinkSession Connect(MqttLinkConnect request)
    {
        if (!Up)
        {
            throw new MqttLinkException("The broker does not answer.");
        }

        return _last = new Session(this, inner.Connect(request));
    }

    /// <summary>The simulation is over: says good-bye, so that the broker does not wait for a time-out.</summary>
    public void Dispose() => _last?.Disconnect();

    private sealed class Session(OutageLink link, IMqttLinkSession inner) : IMqttLinkSession
    {
        private bool _cut;

        public bool IsOpen => !IsCut && inner.IsOpen;

        private bool IsCut => _cut |= !link.Up;

        public MqttLinkResult Publish(string topic, byte[] payload, int qos, bool retain) =>
            IsCut ? MqttLinkResult.Closed : inner.Publish(topic, payload, qos, retain);

        public void Subscribe(string[] topics, int[] qos)
        {
            if (!IsCut)
            {
                inner.Subscribe(topics, qos);
            }
        }

        public bool TryReceive(out MqttLinkMessage message)
        {
            message = default;
            return !IsCut && inner.TryReceive(out message);
        }

        public void Disconnect() => inner.Disconnect();

        public void Dispose() => inner.Dispose();
    }
}
