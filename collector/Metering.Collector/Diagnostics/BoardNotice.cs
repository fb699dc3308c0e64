using Metering.Collector.Ingest;

namespace Metering.Collector.Diagnostics;

/// <summary>A status or an event that just arrived.</summary>
/// <param name="Board">EUI-64.</param>
/// <param name="Kind">Status or event.</param>
/// <param name="Fields">Its records by name.</param>
/// <param name="BoardTime">What the board's clock said (base time), or null: its clock is not set, or it said nothing.</param>
/// <param name="Received">When it arrived, by the collector's clock.</param>
public sealed record BoardNotice(
    string Board, TopicKind Kind, IReadOnlyDictionary<string, string> Fields, DateTimeOffset? BoardTime, DateTimeOffset Received);
