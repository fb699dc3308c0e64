using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using Metering.Mqtt.Codec;
using Metering.Mqtt.Protocol;

namespace Metering.Mqtt.Server;

/// <summary>What all connections of the listeners share: sessions, subscriptions, retained messages, limits.</summary>
public sealed class MqttEndpoint : IDisposable
{
    private int _connections;

    /// <param name="inbox">Takes what clients publish.</param>
    /// <param name="authenticator">Says who clients are.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="time">Clock of all timeouts.</param>
    /// <param name="meters">Makes the meter, or null for one of its own.</param>
    /// <param name="observer">For a log, or null.</param>
    public MqttEndpoint(
        IMqttInbox inbox, IMqttAuthenticator authenticator, MqttEndpointOptions options, TimeProvider time,
        IMeterFactory? meters = null, IMqttEndpointObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        Inbox = inbox;
        Authenticator = authenticator;
        Options = options;
        Time = time;
        Observer = observer;
        Sessions = new(this);
        Wills = new(this);
        Retained = new(options.RetainedMessagesMax);
        Budget = new(options.InboxBytesMax);
        Addresses = new(options.PerAddress, time);
        Metrics = new(meters, () => Sessions.Count, () => Retained.Count, () => Budget.Bytes);
    }

    public MqttEndpointOptions Options { get; }

    internal IMqttInbox Inbox { get; }

    internal IMqttAuthenticator Authenticator { get; }

    internal TimeProvider Time { get; }

    internal IMqttEndpointObserver? Observer { get; }

    internal SessionTable Sessions { get; }

    internal WillSchedule Wills { get; }

    internal SubscriptionIndex Subscriptions { get; } = new();

    internal RetainedMessages Retained { get; }

    /// <summary>
    /// Makes "keep and find the subscribers" one step against "subscribe and send what is kept": without it, who subscribes
    /// between the two halves gets a retained message twice. Taken before a session's gate, never under one.
    /// </summary>
    internal Lock RetainGate { get; } = new();

    internal InboxBudget Budget { get; }

    internal AddressLimiter Addresses { get; }

    internal MqttEndpointMetrics Metrics { get; }

    /// <summary>
    /// Serves one connection until it ends; never throws for what a peer does. <paramref name="stopping"/> lets it send
    /// the acknowledgements of what the inbox already has, and DISCONNECT, before it closes.
    /// </summary>
    public async Task ServeAsync(IDuplexPipe transport, MqttPeer peer, CancellationToken stopping)
    {
        ArgumentNullException.ThrowIfNull(transport);
        if (Interlocked.Increment(ref _connections) > Options.ConnectionsMax)
        {
            Interlocked.Decrement(ref _connections);
            await RefuseAsync(transport, peer, MqttReasonCode.ServerBusy).ConfigureAwait(false);
            return;
        }

        if (!Addresses.TryOpen(peer, out AddressLimiter.Account? account))
        {
            Interlocked.Decrement(ref _connections);
            await RefuseAsync(transport, peer, MqttReasonCode.QuotaExceeded).ConfigureAwait(false);
            return;
        }

        Metrics.Connected(1);
        try
        {
            await new MqttServerConnection(this, transport, peer, account).RunAsync(stopping).ConfigureAwait(false);
        }
        finally
        {
            Metrics.Connected(-1);
            account?.Close();
            Interlocked.Decrement(ref _connections);
        }
    }

    /// <summary>Publishes from this side, past the inbox: a configuration, a command. QoS 0 or 1.</summary>
    /// <returns>Number of sessions that it was sent to or is kept for.</returns>
    public int Publish(string topic, ReadOnlyMemory<byte> payload, MqttQualityOfService qualityOfService, bool retain)
    {
        if (!TopicRules.IsValidName(topic))
        {
            throw new ArgumentException("a topic name is not empty and holds no wildcard", nameof(topic));
        }

        var message = new RoutedMessage(topic, payload.ToArray(), (byte)qualityOfService, retain, null);
        return Route(message, matches: null);
    }

    public void Dispose() => Metrics.Dispose();

    /// <summary>Keeps a retained message and hands a message to the sessions that match.</summary>
    /// <param name="message">The message.</param>
    /// <param name="matches">
    /// Sessions found when it arrived, or null to look now. A retained message always looks now: who subscribes meanwhile
    /// either finds it kept or is found here, never both.
    /// </param>
    internal int Route(RoutedMessage message, SubscriptionMatch[]? matches)
    {
        if (!message.Retain)
        {
            return Deliver(message, matches ?? Subscriptions.Match(message.Topic, message.Publisher));
        }

        // Delivered under the gate too: of two publishers, the one whose message stays is the one heard last.
        lock (RetainGate)
        {
            if (!Retained.Set(message))
            {
                Metrics.Dropped();
            }

            return Deliver(message, Subscriptions.Match(message.Topic, message.Publisher));
        }
    }

    private static int Deliver(RoutedMessage message, SubscriptionMatch[] matches)
    {
        foreach (SubscriptionMatch match in matches)
        {
            match.Session.Deliver(new(
                message, Math.Min(message.QualityOfService, match.QualityOfService),
                match.RetainAsPublished && message.Retain, match.SubscriptionIdentifiers));
        }

        return matches.Length;
    }

    /// <summary>A will goes the way of any message of its client: through the inbox, then to the subscribers.</summary>
    internal void PublishWill(MqttSession session, MqttWill will) => _ = PublishWillAsync(session, will);

    private async Task PublishWillAsync(MqttSession session, MqttWill will)
    {
        try
        {
            var message = new MqttInboundMessage(
                session.ClientId, session.UserName, will.Topic, will.Payload, will.QualityOfService, will.Retain);
            MqttInboxResult result = await Inbox.AcceptAsync(message, CancellationToken.None).ConfigureAwait(false);
            if (result == MqttInboxResult.Accepted)
            {
                Route(
                    new(will.Topic, will.Payload, will.QualityOfService, will.Retain, session.ClientId)
                    {
                        Properties = RoutedMessage.Forwardable(will.Properties),
                        ExpiresAt = ExpiryOf(will.Properties.MessageExpirySeconds),
                    },
                    matches: null);
                return;
            }

            Metrics.Refused(MqttReasonCode.NotAuthorized);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Nobody is connected who could be told; the inbox reports its own failures.
            Metrics.Refused(MqttReasonCode.ServerUnavailable);
        }
    }

    internal DateTimeOffset? ExpiryOf(uint? seconds) => seconds is { } set ? Time.GetUtcNow().AddSeconds(set) : null;

    private async Task RefuseAsync(IDuplexPipe transport, MqttPeer peer, MqttReasonCode reason)
    {
        // Said without reading CONNECT, hence without knowing the version: closing is what both allow (4.13).
        Metrics.ConnectionRefused(reason);
        Observer?.Refused("", peer, reason, "too many connections");
        await transport.Input.CompleteAsync().ConfigureAwait(false);
        await transport.Output.CompleteAsync().ConfigureAwait(false);
    }
}
