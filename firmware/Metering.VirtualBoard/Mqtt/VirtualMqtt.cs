namespace Metering.Virtual;

/// <summary>The board's side of MQTT: the link in use and the network faults in front of it.</summary>
public sealed class VirtualMqtt
{
    private nanoFramework.M2Mqtt.MqttClient? _client;

    /// <summary>The way to the broker; null: nothing answers.</summary>
    public IMqttLink? Link { get; set; }

    /// <summary>World: whether the broker's name resolves.</summary>
    public bool NameServerUp { get; set; } = true;

    /// <summary>Fault: the acknowledgement of this many of the next messages is lost after the broker has stored them.</summary>
    public int LostAcknowledgements { get; set; }

    /// <summary>Fault: added to the round trip of each message, microseconds.</summary>
    public long LateAcknowledgementUs { get; set; }

    /// <summary>Fault: the next connection attempt hangs for ever (nanoframework/Home#1692).</summary>
    public bool NextConnectHangs { get; set; }

    /// <summary>Messages handed to the link.</summary>
    public long Published { get; internal set; }

    internal bool HasClient => _client is not null;

    /// <summary>Hands received messages to the client.</summary>
    internal void Pump() => _client?.Pump();

    /// <summary>Ends the connection politely, as nobody does in the field: so that a test's broker need not wait for its time-out.</summary>
    public void HangUp() => OnStop(polite: true);

    internal void OnStart() => _client = null;

    internal void OnStop(bool polite = false)
    {
        _client?.Abandon(polite);
        _client = null;
    }

    internal void Opened(nanoFramework.M2Mqtt.MqttClient client) => _client = client;

    internal void Closed(nanoFramework.M2Mqtt.MqttClient client)
    {
        if (_client == client)
        {
            _client = null;
        }
    }
}
