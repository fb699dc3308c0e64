using Metering.Mqtt.Codec;

namespace Metering.Mqtt.Server;

/// <summary>A session whose subscriptions match a topic: the strongest QoS, and all identifiers (3.3.4).</summary>
internal sealed record SubscriptionMatch(
    MqttSession Session, byte QualityOfService, bool RetainAsPublished, IReadOnlyList<int> SubscriptionIdentifiers);

/// <summary>A subscription as a session holds it.</summary>
internal sealed record SessionSubscription(MqttSubscription Options, int? Identifier);

/// <summary>Topic filters of all sessions as a tree of levels. Thread safe.</summary>
internal sealed class SubscriptionIndex
{
    private readonly Lock _gate = new();
    private readonly Node _root = new();
    private int _version;

    /// <summary>Changes whenever a match may have changed, so that a publisher may keep the last answer.</summary>
    public int Version => Volatile.Read(ref _version);

    public void Set(MqttSession session, SessionSubscription subscription)
    {
        lock (_gate)
        {
            Node node = _root;
            foreach (string level in subscription.Options.Filter.Split('/'))
            {
                node.Children ??= [];
                if (!node.Children.TryGetValue(level, out Node? child))
                {
                    node.Children.Add(level, child = new());
                }

                node = child;
            }

            node.Here ??= [];
            node.Here[session] = subscription;
            _version++;
        }
    }

    public void Remove(MqttSession session, string filter)
    {
        lock (_gate)
        {
            string[] levels = filter.Split('/');
            var path = new Node[levels.Length + 1];
            path[0] = _root;
            for (int i = 0; i < levels.Length; i++)
            {
                if (path[i].Children?.TryGetValue(levels[i], out Node? child) != true)
                {
                    return;
                }

                path[i + 1] = child!;
            }

            path[^1].Here?.Remove(session);
            for (int i = levels.Length; i > 0 && path[i].IsEmpty; i--)
            {
                path[i - 1].Children!.Remove(levels[i - 1]);
            }

            _version++;
        }
    }

    public SubscriptionMatch[] Match(string topic, string? publisher)
    {
        Dictionary<MqttSession, SubscriptionMatch>? found = null;
        lock (_gate)
        {
            Walk(_root, topic, first: true, publisher, ref found);
        }

        return found is null ? [] : [.. found.Values];
    }

    private static void Walk(
        Node node, ReadOnlySpan<char> rest, bool first, string? publisher,
        ref Dictionary<MqttSession, SubscriptionMatch>? found)
    {
        if (node.Children is not { } children)
        {
            return;
        }

        int slash = rest.IndexOf('/');
        ReadOnlySpan<char> level = slash < 0 ? rest : rest[..slash];

        // 4.7.2: a leading wildcard does not match names that begin with $.
        bool wildcards = !first || level is not ['$', ..];
        if (wildcards && children.TryGetValue("#", out Node? all))
        {
            Collect(all, publisher, ref found);
        }

        if (children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out Node? exact))
        {
            Step(exact, rest, slash, publisher, ref found);
        }

        if (wildcards && children.TryGetValue("+", out Node? any))
        {
            Step(any, rest, slash, publisher, ref found);
        }
    }

    private static void Step(
        Node child, ReadOnlySpan<char> rest, int slash, string? publisher,
        ref Dictionary<MqttSession, SubscriptionMatch>? found)
    {
        if (slash >= 0)
        {
            Walk(child, rest[(slash + 1)..], first: false, publisher, ref found);
            return;
        }

        Collect(child, publisher, ref found);
        if (child.Children?.TryGetValue("#", out Node? parentToo) == true)
        {
            Collect(parentToo, publisher, ref found);
        }
    }

    private static void Collect(
        Node node, string? publisher, ref Dictionary<MqttSession, SubscriptionMatch>? found)
    {
        if (node.Here is null)
        {
            return;
        }

        foreach ((MqttSession session, SessionSubscription subscription) in node.Here)
        {
            MqttSubscription options = subscription.Options;
            if (options.NoLocal && string.Equals(session.ClientId, publisher, StringComparison.Ordinal))
            {
                continue;
            }

            found ??= [];
            int[] identifiers = subscription.Identifier is { } identifier ? [identifier] : [];
            found[session] = found.TryGetValue(session, out SubscriptionMatch? other)
                ? new(
                    session, Math.Max(other.QualityOfService, options.QualityOfService),
                    other.RetainAsPublished || options.RetainAsPublished, [.. other.SubscriptionIdentifiers, .. identifiers])
                : new(session, options.QualityOfService, options.RetainAsPublished, identifiers);
        }
    }

    private sealed class Node
    {
        public Dictionary<string, Node>? Children { get; set; }

        public Dictionary<MqttSession, SessionSubscription>? Here { get; set; }

        public bool IsEmpty => Here is not { Count: > 0 } && Children is not { Count: > 0 };
    }
}
