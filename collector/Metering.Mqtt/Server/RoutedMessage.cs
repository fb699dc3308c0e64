using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Server;

/// <summary>A message on its way to subscribers, shared by all of them.</summary>
/// <param name="Topic">Topic name.</param>
/// <param name="Payload">Never changed after.</param>
/// <param name="QualityOfService">As published.</param>
/// <param name="Retain">As published.</param>
/// <param name="Publisher">Client identifier, or null for the endpoint itself.</param>
internal sealed record RoutedMessage(
    string Topic, ReadOnlyMemory<byte> Payload, byte QualityOfService, bool Retain, string? Publisher)
{
    /// <summary>Topic name on the wire.</summary>
    public byte[] TopicUtf8 { get; } = PacketWriter.StrictUtf8.GetBytes(Topic);

    /// <summary>What 3.3.2.3 lets a server pass on.</summary>
    public MqttProperties Properties { get; init; } = MqttProperties.None;

    /// <summary>When it is worth nothing any more; null never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Takes from the publisher's properties what travels on; aliases and identifiers are of one connection.</summary>
    public static MqttProperties Forwardable(MqttProperties published) => ReferenceEquals(published, MqttProperties.None)
        ? published
        : new()
        {
            PayloadIsUtf8 = published.PayloadIsUtf8,
            ContentType = published.ContentType,
            ResponseTopic = published.ResponseTopic,
            CorrelationData = published.CorrelationData,
            UserProperties = published.UserProperties,
        };

    /// <summary>Null once expired; else the properties for a delivery now, with what remains of the lifetime (3.3.2.3.3).</summary>
    public MqttProperties? PropertiesAt(DateTimeOffset now, IReadOnlyList<int> subscriptionIdentifiers)
    {
        if (ExpiresAt is not { } end)
        {
            return subscriptionIdentifiers.Count == 0
                ? Properties : Properties with { SubscriptionIdentifiers = subscriptionIdentifiers };
        }

        double seconds = (end - now).TotalSeconds;
        return seconds <= 0 ? null : Properties with
        {
            MessageExpirySeconds = (uint)Math.Ceiling(seconds),
            SubscriptionIdentifiers = subscriptionIdentifiers,
        };
    }
}

/// <summary>One message for one session.</summary>
internal readonly record struct OutboundDelivery(
    RoutedMessage Message, byte QualityOfService, bool Retain, IReadOnlyList<int> SubscriptionIdentifiers);
