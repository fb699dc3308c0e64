using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Server;

/// <summary>Subscriptions of the client, and messages to it.</summary>
internal sealed partial class MqttServerConnection
{
    private uint _clientPacketBytesMax = uint.MaxValue;

    /// <summary>QoS 1 messages that the client takes at once.</summary>
    public int ClientReceiveMaximum { get; private set; }

    /// <summary>True when the client reads so slowly that QoS 0 messages to it are dropped.</summary>
    public bool IsCongested => _output.PendingBytes > endpoint.Options.OutboundBytesMax;

    /// <summary>Writes one message. False when it has expired or is larger than the client takes (3.1.2.11.4).</summary>
    public bool WritePublish(in OutboundDelivery delivery, ushort packetId, bool duplicate)
    {
        RoutedMessage message = delivery.Message;
        MqttProperties? properties = message.PropertiesAt(endpoint.Time.GetUtcNow(), delivery.SubscriptionIdentifiers);
        if (properties is null)
        {
            return false;
        }

        if (_clientPacketBytesMax != uint.MaxValue
            && PublishPacket.Size(
                _version, message.TopicUtf8, message.Payload.Length, delivery.QualityOfService, properties)
                > _clientPacketBytesMax)
        {
            endpoint.Metrics.Dropped();
            return false;
        }

        lock (_output.Gate)
        {
            PublishPacket.Encode(
                _output.Buffer, _version, message.TopicUtf8, packetId, message.Payload.Span, delivery.QualityOfService,
                delivery.Retain, duplicate, properties);
        }

        endpoint.Metrics.Sent();
        return true;
    }

    /// <summary>Sends without waiting for a slow client; a broken transport ends the connection.</summary>
    public void FlushSoon()
    {
        ValueTask flush = _output.FlushAsync();
        if (!flush.IsCompletedSuccessfully)
        {
            _ = AwaitAsync(flush);
        }

        async Task AwaitAsync(ValueTask pending)
        {
            try
            {
                await pending.ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is IOException or InvalidOperationException or OperationCanceledException)
            {
                Stop(MqttReasonCode.UnspecifiedError, "the transport broke");
            }
        }
    }

    private bool Subscribe(SubscribePacket packet)
    {
        foreach (MqttSubscription subscription in packet.Subscriptions)
        {
            if (!TopicRules.IsValidFilter(subscription.Filter))
            {
                EndFor(new(MqttReasonCode.MalformedPacket, "topic filter breaks the rules of 4.7"));
                return false;
            }
        }

        // Held until what is kept is on its way, so that a newer message of the same topic comes after the kept one.
        lock (endpoint.RetainGate)
        {
            var retained = new List<OutboundDelivery>();
            MqttReasonCode[] reasons =
                [.. packet.Subscriptions.Select(asked => Subscribe(asked, packet.Properties.SubscriptionIdentifiers, retained))];
            lock (_output.Gate)
            {
                new SubscriptionAnswer(packet.PacketId, reasons).Encode(_output.Buffer, MqttPacketType.SubAck, _version);
            }

            foreach (OutboundDelivery delivery in retained)
            {
                _session!.Deliver(delivery);
            }
        }

        return true;
    }

    private MqttReasonCode Subscribe(
        MqttSubscription asked, IReadOnlyList<int> identifiers, List<OutboundDelivery> retained)
    {
        string filter = asked.Filter;
        if (TopicRules.IsShared(filter))
        {
            return MqttReasonCode.SharedSubscriptionsNotSupported;
        }

        if (CountLevels(filter) > endpoint.Options.TopicLevelsMax)
        {
            return MqttReasonCode.TopicFilterInvalid;
        }

        if (!_access!.MaySubscribe(filter))
        {
            return MqttReasonCode.NotAuthorized;
        }

        // 3.8.4: a server may grant less than was asked for; this one never sends at QoS 2.
        MqttSubscription granted = asked with { QualityOfService = Math.Min(asked.QualityOfService, (byte)1) };
        int? identifier = identifiers.Count > 0 ? identifiers[0] : null;
        if (!_session!.TrySubscribe(new(granted, identifier), out bool isNew))
        {
            return MqttReasonCode.QuotaExceeded;
        }

        if (granted.RetainHandling == 0 || (granted.RetainHandling == 1 && isNew))
        {
            foreach (RoutedMessage message in endpoint.Retained.Match(filter))
            {
                retained.Add(new(
                    message, Math.Min(message.QualityOfService, granted.QualityOfService), Retain: true,
                    identifier is { } id ? [id] : []));
            }
        }

        return (MqttReasonCode)granted.QualityOfService;
    }

    private bool Unsubscribe(UnsubscribePacket packet)
    {
        var reasons = new MqttReasonCode[packet.Filters.Count];
        for (int i = 0; i < reasons.Length; i++)
        {
            if (!TopicRules.IsValidFilter(packet.Filters[i]))
            {
                EndFor(new(MqttReasonCode.MalformedPacket, "topic filter breaks the rules of 4.7"));
                return false;
            }

            reasons[i] = _session!.Unsubscribe(packet.Filters[i])
                ? MqttReasonCode.Success : MqttReasonCode.NoSubscriptionExisted;
        }

        lock (_output.Gate)
        {
            new SubscriptionAnswer(packet.PacketId, reasons).Encode(_output.Buffer, MqttPacketType.UnsubAck, _version);
        }

        return true;
    }
}
