using Metering.Virtual;

namespace Metering.Simulator.Faults;

/// <summary>A link whose broker can go away for a while; a connection in use is then cut.</summary>
internal sealed class OutageLink(IMqttLink inner) : IMqttLink
{
    public bool Up { get; set; } = true;

    public IMqttLinkSession Connect(MqttLinkConnect request) =>
        Up ? new Session(this, inner.Connect(request)) : throw new MqttLinkException("The broker does not answer.");

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
