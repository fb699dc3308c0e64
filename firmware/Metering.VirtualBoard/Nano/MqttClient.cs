#pragma warning disable IDE0130, CA1034, CA1711, CA1003, CA1063, CA1816, CA1054 // imitates nanoFramework.M2Mqtt's names and shapes
using System.Collections;
using Metering.Virtual;
using Metering.Virtual.Security.Cryptography.X509Certificates;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace nanoFramework.M2Mqtt;

/// <summary>
/// M2Mqtt's client with its habits: the constructor resolves the name and throws when that fails, Publish only enqueues
/// and says nothing of a message whose connection was lost, events come from elsewhere than the caller.
/// </summary>
public class MqttClient : IDisposable
{
    private const long ConnectUs = 150_000;
    private const long ConnectTimeoutUs = 30_000_000;

    /// <summary>2025-01-01.</summary>
    private const long CertificatesValidFromUs = 1_735_689_600_000_000;

    /// <summary>Three attempts, one second apart, then <c>IsPublished</c> is false.</summary>
    private const long GiveUpUs = 3_000_000;

    private readonly VirtualBoard _board = VirtualBoard.Current;
    private readonly string _host;
    private readonly int _port;
    private readonly bool _secure;
    private IMqttLinkSession? _session;
    private ushort _lastId;

    public MqttClient(
        string brokerHostName,
        int brokerPort,
        bool secure,
        X509Certificate? caCert,
        X509Certificate? clientCert,
        MqttSslProtocols sslProtocol)
    {
        Certificates = (caCert, clientCert);
        _board.ThrowIfDead();
        _board.Memory.ThrowIfExhausted();
        if (secure && sslProtocol is not (MqttSslProtocols.TLSv1_2 or MqttSslProtocols.TLSv1_3))
        {
            throw new ArgumentException("Only TLS 1.2 and 1.3.", nameof(sslProtocol));
        }

        if (!_board.Wifi.Connected || !_board.Mqtt.NameServerUp)
        {
            _board.Block(1_000_000);
            throw new MqttConnectionException("Exception connecting to the broker", new IOException("The name " + brokerHostName + " does not resolve."));
        }

        _host = brokerHostName;
        _port = brokerPort;
        _secure = secure;
    }

    public delegate void MqttMsgPublishEventHandler(object sender, MqttMsgPublishEventArgs e);

    public delegate void MqttMsgPublishedEventHandler(object sender, MqttMsgPublishedEventArgs e);

    public delegate void ConnectionClosedEventHandler(object sender, EventArgs e);

    public event MqttMsgPublishEventHandler? MqttMsgPublishReceived;

    public event MqttMsgPublishedEventHandler? MqttMsgPublished;

    public event ConnectionClosedEventHandler? ConnectionClosed;

    public MqttProtocolVersion ProtocolVersion { get; set; } = MqttProtocolVersion.Version_3_1_1;

    /// <summary>The singleton of M2Mqtt's settings.</summary>
    public MqttSettings Settings { get; } = MqttSettings.Instance;

    internal (X509Certificate? Authority, X509Certificate? Own) Certificates { get; }

    public bool IsConnected => _session is { IsOpen: true } && _board.Wifi.Connected;

    public MqttReasonCode Connect(
        string clientId,
        string? username,
        string? password,
        bool willRetain,
        MqttQoSLevel willQosLevel,
        bool willFlag,
        string? willTopic,
        string? willMessage,
        bool cleanSession,
        ushort keepAlivePeriod)
    {
        _board.IoStep(IoStepKind.MqttConnect);
        if (_board.Mqtt.NextConnectHangs)
        {
            _board.Mqtt.NextConnectHangs = false;
            while (true)
            {
                _board.Block(ConnectTimeoutUs);
            }
        }

        var request = new MqttLinkConnect(
            _host, _port, _secure, (int)ProtocolVersion, clientId, username, password, cleanSession, keepAlivePeriod,
            willFlag ? willTopic : null, willFlag ? willMessage : null, (int)willQosLevel, willRetain);
        try
        {
            var link = _board.Mqtt.Link ?? throw new MqttLinkException("Nothing answers.");
            if (!_board.Wifi.Connected)
            {
                throw new MqttLinkException("No Wi-Fi.");
            }

            // A certificate is judged by the clock: before anybody set it, none is valid yet.
            if (_secure && _board.Clock.SystemUs < CertificatesValidFromUs)
            {
                throw new MqttLinkException("The broker's certificate is not valid yet.");
            }

            _session = link.Connect(request);
        }
        catch (MqttLinkException e) when (e.ReasonCode != 0)
        {
            _board.Block(ConnectUs);
            return (MqttReasonCode)e.ReasonCode;
        }
        catch (MqttLinkException e)
        {
            _board.Block(ConnectTimeoutUs);
            throw new MqttConnectionException("Exception connecting to the broker", e);
        }

        _board.Mqtt.Opened(this);
        _board.Block(ConnectUs);
        return MqttReasonCode.Success;
    }

    public ushort Publish(string topic, byte[] message, string? contentType, ArrayList? userProperties, MqttQoSLevel qosLevel, bool retain)
    {
        _ = contentType;
        _ = userProperties;
        _board.IoStep(IoStepKind.MqttPublish);
        _board.Memory.ThrowIfExhausted();
        var id = ++_lastId == 0 ? ++_lastId : _lastId;
        if (_session is null || !IsConnected)
        {
            return id;
        }

        _board.Mqtt.Published++;
        var result = _session.Publish(topic, message, (int)qosLevel, retain);
        if (result == MqttLinkResult.Acknowledged && _board.Mqtt.LostAcknowledgements > 0)
        {
            _board.Mqtt.LostAcknowledgements--;
            result = MqttLinkResult.Unanswered;
        }

        if (qosLevel == MqttQoSLevel.AtMostOnce)
        {
            return id;
        }

        switch (result)
        {
            case MqttLinkResult.Acknowledged:
                _board.Schedule(_board.NowUs + _board.Options.MqttRoundTripUs + _board.Mqtt.LateAcknowledgementUs, () => RaisePublished(id, true));
                break;
            case MqttLinkResult.Unanswered or MqttLinkResult.Refused:
                _board.Schedule(_board.NowUs + GiveUpUs, () => RaisePublished(id, false));
                break;
            default:
                _board.Schedule(_board.NowUs + _board.Options.MqttRoundTripUs, Close);
                break;
        }

        return id;
    }

    public ushort Subscribe(string[] topics, MqttQoSLevel[] qosLevels)
    {
        _board.ThrowIfDead();
        var qos = new int[qosLevels.Length];
        for (var i = 0; i < qos.Length; i++)
        {
            qos[i] = (int)qosLevels[i];
        }

        _session?.Subscribe(topics, qos);
        return ++_lastId;
    }

    public void Disconnect()
    {
        _board.ThrowIfDead();
        _session?.Disconnect();
        Close();
    }

    public void Close()
    {
        var session = _session;
        _session = null;
        _board.Mqtt.Closed(this);
        if (session is not null)
        {
            session.Dispose();
            if (_board.IsRunning)
            {
                ConnectionClosed?.Invoke(this, EventArgs.Empty);
            }
        }
    }

    public void Dispose() => Close();

    internal void Abandon(bool polite)
    {
        if (polite)
        {
            _session?.Disconnect();
        }

        _session?.Dispose();
        _session = null;
    }

    internal void Pump()
    {
        while (_session is { } session && _board.IsRunning && _board.Wifi.Connected && session.TryReceive(out var message))
        {
            MqttMsgPublishReceived?.Invoke(this, new MqttMsgPublishEventArgs(message.Topic, message.Payload, false, (MqttQoSLevel)message.Qos, message.Retain));
        }

        if (_session is { IsOpen: false } || (_session is not null && !_board.Wifi.Connected))
        {
            Close();
        }
    }

    private void RaisePublished(ushort id, bool isPublished)
    {
        if (_session is not null && _board.IsRunning && _board.Wifi.Connected)
        {
            MqttMsgPublished?.Invoke(this, new MqttMsgPublishedEventArgs(id, isPublished));
        }
    }
}
