using System.Diagnostics.Metrics;
using Metering.Mqtt.Client;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;
using Metering.Mqtt.Server;

namespace Metering.Collector.Mqtt;

/// <summary>
/// The collector as a client of an existing broker. The session outlives the connection (clean start off), a message is
/// acknowledged only after the inbox took it, and every end of the connection is followed by a new attempt.
/// </summary>
/// <remarks>
/// What the broker loses it does not know of: docs/mqtt.md says how to configure one. A message that the inbox cannot take
/// now stays unacknowledged, and the connection is closed, so that the broker sends it again.
/// </remarks>
public sealed class MqttSourceClient : BackgroundService
{
    private readonly MqttSourceOptions _options;
    private readonly IMqttInbox _inbox;
    private readonly TimeProvider _time;
    private readonly ILogger<MqttSourceClient> _logger;
    private readonly Func<double> _lot;
    private readonly SemaphoreSlim _room;
    private readonly Counter<long> _received;
    private readonly Counter<long> _acknowledged;
    private readonly Counter<long> _attempts;
    private volatile bool _connected;
    private volatile MqttClientConnection? _connection;

    /// <param name="options">The broker.</param>
    /// <param name="inbox">Takes the messages.</param>
    /// <param name="time">Clock of the waits.</param>
    /// <param name="meters">Makes the meter.</param>
    /// <param name="logger">Log.</param>
    /// <param name="lot">Draws from [0, 1), so that many collectors do not come back at once.</param>
    public MqttSourceClient(
        MqttSourceOptions options, IMqttInbox inbox, TimeProvider time, IMeterFactory meters,
        ILogger<MqttSourceClient> logger, Func<double>? lot = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(meters);
        ArgumentException.ThrowIfNullOrEmpty(options.ClientId);
        _options = options;
        _inbox = inbox;
        _time = time;
        _logger = logger;
        _lot = lot ?? Random.Shared.NextDouble;
        _room = new(options.InFlightMax);
        Meter meter = meters.Create("Metering.Collector.MqttSource");
        _received = meter.CreateCounter<long>("mqtt.source.messages.received", "{message}", "Messages from the broker.");
        _acknowledged = meter.CreateCounter<long>(
            "mqtt.source.messages.acknowledged", "{message}", "Messages acknowledged after the store took them.");
        _attempts = meter.CreateCounter<long>("mqtt.source.connects", "{attempt}", "Attempts to connect.");
        meter.CreateObservableGauge(
            "mqtt.source.connected", () => _connected ? 1 : 0, "{connection}", "1 while subscribed at the broker.");
    }

    /// <summary>True while subscribed.</summary>
    public bool IsConnected => _connected;

    /// <summary>Publishes at the broker, past the inbox: a configuration, a command.</summary>
    /// <exception cref="MqttConnectionException">There is no connection, or it ended before the answer.</exception>
    public async Task PublishAsync(
        string topic, ReadOnlyMemory<byte> payload, MqttQualityOfService qualityOfService, bool retain, CancellationToken cancellationToken)
    {
        MqttClientConnection connection = _connection
            ?? throw new MqttConnectionException(MqttReasonCode.ServerUnavailable, $"the broker {_options.Host} is not connected");
        MqttReasonCode answer = await connection.PublishAsync(topic, payload, qualityOfService, retain, cancellationToken).ConfigureAwait(false);
        if ((byte)answer >= 0x80)
        {
            throw new MqttConnectionException(answer, $"the broker {_options.Host} refused {topic}: {answer}");
        }
    }

    public override void Dispose()
    {
        _room.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        TimeSpan wait = _options.RetryMin;
        while (true)
        {
            long began = _time.GetTimestamp();
            string reason;
            try
            {
                _attempts.Add(1);
                reason = await RunOnceAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                reason = failure.Message;
            }
            finally
            {
                _connected = false;
                _connection = null;
            }

            stoppingToken.ThrowIfCancellationRequested();
            if (_time.GetElapsedTime(began) > _options.RetryMax)
            {
                wait = _options.RetryMin;
            }

            TimeSpan drawn = wait * (1 - (0.25 * _lot()));
            MqttLog.SourceLost(_logger, _options.Host, _options.Port, drawn.TotalSeconds, reason);
            await Task.Delay(drawn, _time, stoppingToken).ConfigureAwait(false);
            wait = wait * 2 < _options.RetryMax ? wait * 2 : _options.RetryMax;
        }
    }

    /// <summary>One connection from beginning to end; answers why it ended.</summary>
    private async Task<string> RunOnceAsync(CancellationToken cancellationToken)
    {
        MqttClientOptions options = await ClientOptionsAsync(cancellationToken).ConfigureAwait(false);
        await using MqttClientConnection connection =
            await MqttClientConnection.ConnectAsync(options, cancellationToken).ConfigureAwait(false);

        // A broker that lost the session answers "session present" truthfully or not: subscribing again costs nothing,
        // and retained messages come only with a new subscription (5.0) or are duplicates that the store knows (3.1.1).
        IReadOnlyList<MqttReasonCode> granted = await connection.SubscribeAsync(
            [.. _options.FiltersInForce.Select(filter => new MqttSubscription(Shared(filter), 1) { RetainHandling = (byte)(_options.ShareGroup is null ? 1 : 0) })],
            cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < granted.Count; i++)
        {
            if (granted[i] is not (MqttReasonCode.GrantedQoS1 or MqttReasonCode.GrantedQoS2))
            {
                connection.Abort();
                return $"the broker answered {granted[i]} to the subscription {Shared(_options.FiltersInForce[i])}; QoS 1 is needed";
            }
        }

        _connection = connection;
        _connected = true;
        MqttLog.SourceConnected(_logger, _options.Host, _options.Port, connection.SessionPresent);
        MqttConnectionException end = await connection.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        return end.Message;
    }

    private string Shared(string filter) => _options.ShareGroup is { } group ? $"$share/{group}/{filter}" : filter;

    private async Task<MqttClientOptions> ClientOptionsAsync(CancellationToken cancellationToken)
    {
        byte[]? password = _options.PasswordFile is { } file
            ? System.Text.Encoding.UTF8.GetBytes(
                (await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)).TrimEnd('\r', '\n'))
            : null;
        return new()
        {
            Host = _options.Host,
            Port = _options.Port,
            Tls = _options.Tls ? MqttTls.ClientOptions(_options.Authority, _options.Certificate, _options.CertificateKey) : null,
            ProtocolVersion = _options.Version,
            ClientId = _options.ClientId,
            UserName = _options.UserName,
            Password = password,
            CleanStart = false,
            SessionExpirySeconds = _options.SessionExpirySeconds,
            KeepAliveSeconds = _options.KeepAliveSeconds,
            ReceiveMaximum = _options.InFlightMax,
            Received = ReceiveAsync,
            Time = _time,
        };
    }

    /// <summary>Hands a message to the inbox and returns, so that the store can commit groups; waits while too many do.</summary>
    private async ValueTask ReceiveAsync(MqttReceivedMessage message)
    {
        _received.Add(1);
        await _room.WaitAsync().ConfigureAwait(false);
        _ = AcceptAsync(message);
    }

    private async Task AcceptAsync(MqttReceivedMessage message)
    {
        MqttInboxResult result;
        try
        {
            result = await _inbox.AcceptAsync(
                new(_options.ClientId, _options.UserName, message.Topic, message.Payload, message.QualityOfService, message.Retain),
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            result = MqttInboxResult.Unavailable;
        }

        _room.Release();
        if (result == MqttInboxResult.Unavailable)
        {
            message.Abandon();
            return;
        }

        if (result == MqttInboxResult.NotAuthorized)
        {
            // Left unacknowledged it would hold a place in the broker's window for ever and come back on each connection.
            MqttLog.SourceRefused(_logger, message.Topic);
        }

        await message.AcknowledgeAsync().ConfigureAwait(false);
        _acknowledged.Add(1);
    }
}
