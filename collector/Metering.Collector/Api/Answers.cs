namespace Metering.Collector.Api;

/// <summary>A building. The time zone is an IANA name or a fixed offset.</summary>
internal sealed record BuildingAnswer(string Id, string Name, string TimeZone, double? FloorAreaM2, DateOnly? Reception, bool Simulated);

/// <summary>A metering point and the channels that serve or served it.</summary>
internal sealed record PointAnswer(string Id, string Building, string? Zone, string Name, string Use, IReadOnlyList<ChannelAnswer> Channels);

/// <summary>A channel of a board. The pulse weight is in Wh per pulse, of registers only.</summary>
internal sealed record ChannelAnswer(string Board, string Channel, string Unit, decimal? PulseWeightWh, DateTimeOffset From, DateTimeOffset? To);

/// <summary>A page of readings; <paramref name="Next"/> is the <c>from</c> of the next page, or null at the end.</summary>
internal sealed record ReadingsAnswer(string Unit, IReadOnlyList<ReadingAnswer> Readings, DateTimeOffset? Next);

/// <summary>One reading. Clock: 0 none, 1 estimated, 2 synchronised. Flags as in docs/wire-format.md.</summary>
internal sealed record ReadingAnswer(DateTimeOffset Time, double? Value, long Boot, long Sequence, int Clock, int Flags, string? Missing);

/// <summary>A reduced series in columns. Times are Unix seconds.</summary>
internal sealed record SeriesAnswer(string Unit, IReadOnlyList<long> Time, IReadOnlyList<double> Least, IReadOnlyList<double> Mean, IReadOnlyList<double> Most);

/// <summary>A board and its last status.</summary>
internal sealed record BoardAnswer(string Board, DateTimeOffset LastHeard, IReadOnlyDictionary<string, string> Status);
