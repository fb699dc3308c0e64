using Metering.Core.Readings;

namespace Metering.Collector.Ingest;

/// <summary>The words of the wire format for <see cref="MissingReason"/>.</summary>
public static class MissingReasons
{
    /// <summary>All words, for messages.</summary>
    public const string Allowed = "absent, nack, crc, timeout, range, heater";

    /// <summary>The reason of a word, or null.</summary>
    public static MissingReason? Parse(string word) => word switch
    {
        "absent" => MissingReason.Absent,
        "nack" => MissingReason.Nack,
        "crc" => MissingReason.Crc,
        "timeout" => MissingReason.Timeout,
        "range" => MissingReason.Range,
        "heater" => MissingReason.Heater,
        _ => null,
    };
}
