namespace Metering.Mqtt.Server;

/// <summary>The last retained message of each topic, as a tree of levels. In memory only. Thread safe.</summary>
internal sealed class RetainedMessages(int messagesMax)
{
    private readonly Lock _gate = new();
    private readonly Node _root = new();

    public int Count { get; private set; }

    /// <summary>Keeps the message, or removes that of its topic when the payload is empty (3.3.1.3). False when full.</summary>
    public bool Set(RoutedMessage message)
    {
        string[] levels = message.Topic.Split('/');
        lock (_gate)
        {
            if (message.Payload.IsEmpty)
            {
                Remove(levels);
                return true;
            }

            Node? node = _root;
            foreach (string level in levels)
            {
                node = node.Children?.GetValueOrDefault(level);
                if (node is null)
                {
                    break;
                }
            }

            bool replaces = node?.Message is not null;
            if (!replaces && Count >= messagesMax)
            {
                return false;
            }

            node = _root;
            foreach (string level in levels)
            {
                node.Children ??= [];
                if (!node.Children.TryGetValue(level, out Node? child))
                {
                    node.Children.Add(level, child = new());
                }

                node = child;
            }

            node.Message = message;
            Count += replaces ? 0 : 1;
            return true;
        }
    }

    /// <summary>All retained messages that a filter matches.</summary>
    public List<RoutedMessage> Match(string filter)
    {
        var found = new List<RoutedMessage>();
        lock (_gate)
        {
            Walk(_root, filter.Split('/'), 0, found);
        }

        return found;
    }

    private void Remove(string[] levels)
    {
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

        Count -= path[^1].Message is null ? 0 : 1;
        path[^1].Message = null;
        for (int i = levels.Length; i > 0 && path[i].Message is null && path[i].Children is not { Count: > 0 }; i--)
        {
            path[i - 1].Children!.Remove(levels[i - 1]);
        }
    }

    private static void Walk(Node node, string[] levels, int at, List<RoutedMessage> found)
    {
        if (at == levels.Length)
        {
            if (node.Message is { } message)
            {
                found.Add(message);
            }

            return;
        }

        if (levels[at] == "#")
        {
            if (node.Message is { } message)
            {
                found.Add(message);
            }

            foreach ((string level, Node child) in node.Children ?? [])
            {
                if (!IsHidden(level, at))
                {
                    Walk(child, levels, at, found);
                }
            }

            return;
        }

        if (levels[at] == "+")
        {
            foreach ((string level, Node child) in node.Children ?? [])
            {
                if (!IsHidden(level, at))
                {
                    Walk(child, levels, at + 1, found);
                }
            }

            return;
        }

        if (node.Children?.TryGetValue(levels[at], out Node? exact) == true)
        {
            Walk(exact, levels, at + 1, found);
        }
    }

    /// <summary>4.7.2: a leading wildcard does not match names that begin with $.</summary>
    private static bool IsHidden(string level, int at) => at == 0 && level is ['$', ..];

    private sealed class Node
    {
        public Dictionary<string, Node>? Children { get; set; }

        public RoutedMessage? Message { get; set; }
    }
}
