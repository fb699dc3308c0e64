namespace Metering.Collector.Ingest;

/// <summary>What a board's topic carries.</summary>
public enum TopicKind
{
    Readings,
    Status,
    Event,
}

/// <summary>Takes <c>metering/v1/&lt;board&gt;/&lt;kind&gt;</c> apart (docs/wire-format.md).</summary>
public static class TopicName
{
    private const string Prefix = "metering/v1/";
    private const int BoardLength = 16;

    /// <summary>The board and the kind of an upward topic; false for any other topic.</summary>
    public static bool TryParse(string topic, out string board, out TopicKind kind)
    {
        ArgumentNullException.ThrowIfNull(topic);
        board = "";
        kind = default;
        var slash = Prefix.Length + BoardLength;
        if (topic.Length <= slash || !topic.StartsWith(Prefix, StringComparison.Ordinal) || topic[slash] != '/')
        {
            return false;
        }

        var name = topic.AsSpan(Prefix.Length, BoardLength);
        if (!IsBoard(name))
        {
            return false;
        }

        switch (topic.AsSpan(slash + 1))
        {
            case "readings":
                kind = TopicKind.Readings;
                break;
            case "status":
                kind = TopicKind.Status;
                break;
            case "event":
                kind = TopicKind.Event;
                break;
            default:
                return false;
        }

        board = name.ToString();
        return true;
    }

    /// <summary>Sixteen lower-case hexadecimal digits.</summary>
    public static bool IsBoard(ReadOnlySpan<char> name)
    {
        if (name.Length != BoardLength)
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiHexDigitLower(c))
            {
                return false;
            }
        }

        return true;
    }
}
