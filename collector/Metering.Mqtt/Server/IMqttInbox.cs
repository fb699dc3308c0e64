namespace Metering.Mqtt.Server;

/// <summary>
/// What an endpoint hands received application messages to. The PUBACK (or PUBREC) leaves only after
/// <see cref="AcceptAsync"/> has completed: completing with success says that the message is durable.
/// </summary>
public interface IMqttInbox
{
    /// <summary>
    /// Takes one message. Called again for the next message of the same connection before earlier calls complete, so that
    /// a store can commit groups; acknowledgements still leave in the order of arrival.
    /// </summary>
    /// <returns>Success, or the reason of refusal (MQTT 5.0, 3.4.2.1); in 3.1.1 a refusal closes the connection.</returns>
    ValueTask<MqttInboxResult> AcceptAsync(MqttInboundMessage message, CancellationToken cancellationToken);
}

/// <summary>The answer of an inbox.</summary>
public enum MqttInboxResult
{
    /// <summary>Durable: acknowledge.</summary>
    Accepted = 0,

    /// <summary>Cannot be stored now: do not acknowledge, close the connection; the board keeps its journal.</summary>
    Unavailable = 1,

    /// <summary>This client may not publish there.</summary>
    NotAuthorized = 2,
}

/// <summary>A received application message.</summary>
/// <param name="ClientId">Client identifier of the session.</param>
/// <param name="UserName">Authenticated user or certificate name, or null when anonymous.</param>
/// <param name="Topic">Topic name, no wildcards.</param>
/// <param name="Payload">Valid until the task returned by <see cref="IMqttInbox.AcceptAsync"/> completes.</param>
/// <param name="QualityOfService">0, 1 or 2.</param>
/// <param name="Retain">Retain flag of the publish.</param>
public sealed record MqttInboundMessage(
    string ClientId,
    string? UserName,
    string Topic,
    ReadOnlyMemory<byte> Payload,
    byte QualityOfService,
    bool Retain);
