using System.Collections.Concurrent;
using System.Text;
using Metering.Mqtt.Client;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;
using Metering.Virtual;

namespace Metering.Simulator.Fleet;

/// <summary>
/// A virtual board's way to a real broker: MQTT 3.1.1 or 5 over TCP or TLS. Virtual time stands still while the board
/// waits; each wait is bounded in real time.
/// </summary>
public sealed class TcpMqttLink(TcpLinkOptions options) : IMqttLink
{
    /// <summary>Received messages that may wait for the board; more are dropped, as a small board does.</summary>
    private const int InboxMessagesMax = 64;

    public IMqttLinkSession Connect(MqttLinkConnect request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var inbox = new ConcurrentQueue<MqttLinkMessage>();
        try
        {
            var connection = MqttClientConnection.ConnectAsync(Options(request, inbox), CancellationToken.None).GetAwaiter().GetResult();
            return new Session(connection, inbox, options.AnswerTimeout);
        }
        catch (MqttConnectionException e) when (e.InnerException is null)
        {
            throw new MqttLinkException(e.Message, (int)e.Reason);
        }
        catch (IOException e)
        {
            throw new MqttLinkException(e.Message);
        }
    }

    private MqttClientOptions Options(MqttLinkConnect request, ConcurrentQueue<MqttLinkMessage> inbox) => new()
    {
        Host = options.Host,
        Port = options.Port,
        Tls = request.Secure ? options.Tls ?? new MqttClientTlsOptions { TargetHost = request.Host } : null,
        ProtocolVersion = request.Version == 5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311,
        ClientId = request.ClientId,
        UserName = request.UserName,
        Password = request.Password is { } password ? Encoding.UTF8.GetBytes(password) : null,
        CleanStart = request.CleanSession,
        // Virtual time says nothing of real time: the firmware's own keep-alive must not decide here.
        KeepAliveSeconds = 600,
        ConnectTimeout = options.AnswerTimeout,
        Will = request.WillTopic is { } topic
            ? new MqttWill(topic, Encoding.UTF8.GetBytes(request.WillMessage ?? ""), (byte)request.WillQos, request.WillRetain)
            : null,
        Received = message =>
        {
            if (inbox.Count < InboxMessagesMax)
            {
                inbox.Enqueue(new MqttLinkMessage(message.Topic, message.Payload.ToArray(), message.QualityOfService, message.Retain));
            }

            return message.AcknowledgeAsync();
        },
    };

    private sealed class Session(MqttClientConnection connection, ConcurrentQueue<MqttLinkMessage> inbox, TimeSpan timeout) : IMqttLinkSession
    {
        private bool _ended;

        public bool IsOpen => !_ended && !connection.Ended.IsCompleted;

        public MqttLinkResult Publish(string topic, byte[] payload, int qos, bool retain)
        {
            using var patience = new CancellationTokenSource(timeout);
            try
            {
                var reason = connection.PublishAsync(topic, payload, (MqttQualityOfService)qos, retain, patience.Token).GetAwaiter().GetResult();
                return reason < MqttReasonCode.UnspecifiedError ? MqttLinkResult.Acknowledged : MqttLinkResult.Refused;
            }
            catch (OperationCanceledException)
            {
                return MqttLinkResult.Unanswered;
            }
            catch (IOException)
            {
                return MqttLinkResult.Closed;
            }
        }

        public void Subscribe(string[] topics, int[] qos)
        {
            using var patience = new CancellationTokenSource(timeout);
            var subscriptions = new MqttSubscription[topics.Length];
            for (var i = 0; i < topics.Length; i++)
            {
                subscriptions[i] = new MqttSubscription(topics[i], (byte)qos[i]);
            }

            try
            {
                connection.SubscribeAsync(subscriptions, patience.Token).GetAwaiter().GetResult();
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The board learns it as it would on the device: nothing comes, and the connection ends.
                connection.Abort();
            }
        }

        public bool TryReceive(out MqttLinkMessage message) => inbox.TryDequeue(out message);

        public void Disconnect()
        {
            _ended = true;
            try
            {
                connection.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
            catch (IOException)
            {
                connection.Abort();
            }
        }

        public void Dispose()
        {
            if (!_ended)
            {
                _ended = true;
                connection.Abort();
            }
        }
    }
}

/// <summary>Where the broker is.</summary>
public sealed record TcpLinkOptions(string Host, int Port)
{
    /// <summary>Null: TLS only where the firmware asks for it, against the system's authorities.</summary>
    public MqttClientTlsOptions? Tls { get; init; }

    /// <summary>Real time to wait for CONNACK, SUBACK or PUBACK.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(20);
}
