namespace Metering.Mqtt.Codec;

/// <summary>Topic names and filters (MQTT 5.0, 4.7).</summary>
public static class TopicRules
{
    /// <summary>A name that can be published to: not empty, no wildcard.</summary>
    public static bool IsValidName(ReadOnlySpan<byte> topic) => !topic.IsEmpty && !topic.ContainsAny((byte)'+', (byte)'#');

    /// <summary>A name that can be published to: not empty, no wildcard.</summary>
    public static bool IsValidName(ReadOnlySpan<char> topic) => !topic.IsEmpty && !topic.ContainsAny('+', '#');

    /// <summary>A filter: `+` fills a level alone, `#` fills the last level alone.</summary>
    public static bool IsValidFilter(ReadOnlySpan<char> filter)
    {
        if (filter.IsEmpty)
        {
            return false;
        }

        while (true)
        {
            int slash = filter.IndexOf('/');
            ReadOnlySpan<char> level = slash < 0 ? filter : filter[..slash];
            bool last = slash < 0;
            if (level.Length > 1 ? level.ContainsAny('+', '#') : level is "#" && !last)
            {
                return false;
            }

            if (last)
            {
                return true;
            }

            filter = filter[(slash + 1)..];
        }
    }

    /// <summary>A shared subscription, well formed or not (4.8.2).</summary>
    public static bool IsShared(ReadOnlySpan<char> filter) =>
        filter.StartsWith("$share/", StringComparison.Ordinal) || filter is "$share";

    /// <summary>True when the filter matches the name. Neither is checked for validity.</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        // 4.7.2: a leading wildcard does not match names that begin with $.
        if (topic is ['$', ..] && filter is ['+' or '#', ..])
        {
            return false;
        }

        while (true)
        {
            if (filter is "#")
            {
                return true;
            }

            int filterSlash = filter.IndexOf('/');
            int topicSlash = topic.IndexOf('/');
            ReadOnlySpan<char> filterLevel = filterSlash < 0 ? filter : filter[..filterSlash];
            ReadOnlySpan<char> topicLevel = topicSlash < 0 ? topic : topic[..topicSlash];
            if (filterLevel is not "+" && !filterLevel.SequenceEqual(topicLevel))
            {
                return false;
            }

            if (topicSlash < 0)
            {
                // "sport/#" also matches "sport".
                return filterSlash < 0 || filter[(filterSlash + 1)..] is "#";
            }

            if (filterSlash < 0)
            {
                return false;
            }

            filter = filter[(filterSlash + 1)..];
            topic = topic[(topicSlash + 1)..];
        }
    }
}
