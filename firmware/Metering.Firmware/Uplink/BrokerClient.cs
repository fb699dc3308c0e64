using System.Threading;
using Metering.Firmware.Settings;
using Metering.Wire;
using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace Metering.Firmware.Uplink
{
    /// <summary>
    /// One connection to the broker: made for one attempt, thrown away at its end. The client's events only set fields;
    /// the uplink loop looks at them.
    /// </summary>
    public sealed class BrokerClient
    {
        public const ushort KeepAliveSeconds = 60;

        private readonly MqttClient _client;
        private readonly Inbox _inbox;
        private int _acknowledgedId;
        private int _refusedId;
        private int _closed;

        private BrokerClient(MqttClient client, Inbox inbox)
        {
            _client = client;
            _inbox = inbox;
        }

        public bool IsUsable
        {
            get { return _closed == 0 && _client.IsConnected; }
        }

        /// <summary>Connects; null when the broker refused. Blocks; throws when the network does not carry.</summary>
        public static BrokerClient Open(BoardSettings settings, string board, Inbox inbox)
        {
            MqttClient client = new MqttClient(
                settings.BrokerHost,
                settings.BrokerPort,
                settings.Tls,
                settings.Tls ? BrokerCertificates.Authority() : null,
                settings.Tls ? BrokerCertificates.Own() : null,
                settings.Tls ? MqttSslProtocols.TLSv1_2 : MqttSslProtocols.None);
            client.Settings.ValidateServerCertificate = settings.Tls;
            client.ProtocolVersion = settings.MqttVersion == 5 ? MqttProtocolVersion.Version_5 : MqttProtocolVersion.Version_3_1_1;
            BrokerClient result = new BrokerClient(client, inbox);
            client.MqttMsgPublished += result.OnPublished;
            client.MqttMsgPublishReceived += result.OnReceived;
            client.ConnectionClosed += result.OnClosed;
            MqttReasonCode code = client.Connect(
                board,
                settings.UserName,
                settings.Password,
                true,
                MqttQoSLevel.AtLeastOnce,
                true,
                Topics.For(board, Topics.Status),
                Topics.WillPayload,
                true,
                KeepAliveSeconds);
            if (code != MqttReasonCode.Success)
            {
                client.Dispose();
                return null;
            }

            client.Subscribe(
                new string[] { Topics.For(board, Topics.Config), Topics.For(board, Topics.Command) },
                new MqttQoSLevel[] { MqttQoSLevel.AtLeastOnce, MqttQoSLevel.AtLeastOnce });
            return result;
        }

        /// <summary>Sends a message of QoS 1; returns its id.</summary>
        public int Send(string topic, byte[] payload, bool retain)
        {
            Interlocked.Exchange(ref _acknowledgedId, 0);
            Interlocked.Exchange(ref _refusedId, 0);
            return _client.Publish(topic, payload, null, null, MqttQoSLevel.AtLeastOnce, retain);
        }

        public bool IsAcknowledged(int id)
        {
            return _acknowledgedId == id;
        }

        /// <summary>Whether the client gave the message up.</summary>
        public bool IsRefused(int id)
        {
            return _refusedId == id;
        }

        public void Close()
        {
            _client.MqttMsgPublished -= OnPublished;
            _client.MqttMsgPublishReceived -= OnReceived;
            _client.ConnectionClosed -= OnClosed;
            _client.Dispose();
        }

        private void OnPublished(object sender, MqttMsgPublishedEventArgs e)
        {
            if (e.IsPublished)
            {
                Interlocked.Exchange(ref _acknowledgedId, e.MessageId);
            }
            else
            {
                Interlocked.Exchange(ref _refusedId, e.MessageId);
            }
        }

        private void OnReceived(object sender, MqttMsgPublishEventArgs e)
        {
            _inbox.Put(e.Topic, e.Message, e.Retain);
        }

        private void OnClosed(object sender, System.EventArgs e)
        {
            Interlocked.Exchange(ref _closed, 1);
        }
    }
}
