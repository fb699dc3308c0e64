using Metering.Collector.Ingest;
using Metering.Mqtt.Server;

namespace Metering.Collector.Provisioning;

/// <summary>
/// What a technician may touch: everything that boards say, with wildcards, to look at; and downwards the configuration
/// and the commands of any board. Never a board's readings, status or events: nobody speaks for a board.
/// </summary>
internal sealed class TechnicianAccess : IMqttAccess
{
    /// <summary>Technicians' user names begin with this, so that none can be mistaken for a board.</summary>
    public const string NamePrefix = "technician-";

    private const string Root = "metering/v1/";

    /// <summary>What the collector says about boards to Home Assistant.</summary>
    private const string DiscoveryRoot = "homeassistant/";

    private const int NameCharsMax = 64;

    /// <summary>Whether a user name is a technician's: the prefix, then 1 to 53 letters, digits or hyphens.</summary>
    public static bool IsName(string name) =>
        name.Length > NamePrefix.Length && name.Length <= NameCharsMax
        && name.StartsWith(NamePrefix, StringComparison.Ordinal)
        && name.AsSpan(NamePrefix.Length).IndexOfAnyExcept(NameChars) < 0;

    public bool MayPublish(string topic)
    {
        var slash = topic.LastIndexOf('/');
        return topic.StartsWith(Root, StringComparison.Ordinal) && slash > Root.Length
            && TopicName.IsBoard(topic.AsSpan(Root.Length, slash - Root.Length))
            && topic[(slash + 1)..] is ("config" or "command");
    }

    public bool MaySubscribe(string filter) =>
        filter.StartsWith(Root, StringComparison.Ordinal) || filter.StartsWith(DiscoveryRoot, StringComparison.Ordinal);

    private static readonly System.Buffers.SearchValues<char> NameChars =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
}
