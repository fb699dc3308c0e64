namespace Metering.Collector.Mqtt;

/// <summary>Topics towards boards (docs/wire-format.md): what is published there is no reading and is not stored as one.</summary>
internal static class DownwardTopics
{
    private const string Prefix = "metering/v1/";

    public static bool Contains(string topic) => topic.StartsWith(Prefix, StringComparison.Ordinal)
        && (topic.EndsWith("/config", StringComparison.Ordinal) || topic.EndsWith("/command", StringComparison.Ordinal));
}
