namespace Metering.Collector.Api;

/// <summary>A building. The time zone is an IANA name or a fixed offset; labels are those of energy certificates, as kind:phase:label (Dpeg:After:C).</summary>
internal sealed record BuildingAnswer(
    string Id, string Name, string Use, string TimeZone, double? FloorAreaM2, int? Dwellings, string? Owner, string? Address, string? Call,
    DateOnly? Reception, bool Simulated, IReadOnlyList<string> Labels, int Points, int Boards);

/// <summary>A room of a building, or of a dwelling.</summary>
internal sealed record ZoneAnswer(string Id, string Building, string Name, string? Dwelling, double? FloorAreaM2);

/// <summary>A metering point and the channels that serve or served it.</summary>
internal sealed record PointAnswer(
    string Id, string Building, string? Zone, string Name, string Use, double? MaxPowerW, string? MeterClass, IReadOnlyList<ChannelAnswer> Channels);

/// <summary>A channel of a board. The pulse weight is in Wh per pulse, of registers only.</summary>
internal sealed record ChannelAnswer(
    string Point, string Board, string Channel, string Unit, decimal? PulseWeightWh, string? MeterSerial, DateTimeOffset From, DateTimeOffset? To);

/// <summary>Readings of one channel in time order.</summary>
internal sealed record ReadingsAnswer(string Board, string Channel, string Unit, IReadOnlyList<ReadingAnswer> Items, string? Next);

/// <summary>One reading. Clock: 0 none, 1 estimated, 2 synchronised. Flags as in docs/wire-format.md.</summary>
internal sealed record ReadingAnswer(DateTimeOffset Time, double? Value, long Boot, long Sequence, int Clock, int Flags, string? Missing);

/// <summary>A reduced series in columns. Times are Unix seconds.</summary>
internal sealed record SeriesAnswer(string Unit, IReadOnlyList<long> Time, IReadOnlyList<double> Least, IReadOnlyList<double> Mean, IReadOnlyList<double> Most);

/// <summary>Energy between two neighbouring register readings, Wh; null: not known. Withheld pulses are counted and not taken for energy.</summary>
internal sealed record IntervalAnswer(DateTimeOffset Start, DateTimeOffset End, long? Pulses, long WithheldPulses, decimal PulseWeightWh, decimal? EnergyWh, IReadOnlyList<string> Flags);

/// <summary>
/// Energy of one local hour, day, month or year, Wh, and the share of it that is exact (completeness, 0 to 1). Energy is never
/// scaled up for what is missing.
/// </summary>
internal sealed record ProfileAnswer(
    DateTimeOffset Start, DateTimeOffset End, long Pulses, decimal EnergyWh, decimal? MeanPowerW, double Completeness, IReadOnlyList<string> Flags);

/// <summary>Energy of one point over a period; null: nothing is known.</summary>
internal sealed record ConsumptionAnswer(
    string Point, string Name, string Use, DateTimeOffset From, DateTimeOffset To, decimal? EnergyKwh, long SamplesStored, long SamplesExpected,
    double CompletenessPercent, IReadOnlyList<string> Flags);

/// <summary>Samples with a value, and samples that the ten-minute grid asks for, by local unit.</summary>
internal sealed record CompletenessAnswer(
    string Point, string Board, string Channel, DateTimeOffset Start, DateTimeOffset End, int Expected, int Valid, double Share, bool IsComplete);

/// <summary>Indoor climate of one room over a period, from hourly means (docs/formulas.md). Temperatures °C, humidity %, durations h.</summary>
internal sealed record ComfortAnswer(
    string Point, string Name, DateTimeOffset From, DateTimeOffset To, int HoursValid, int HoursExpected, double CompletenessPercent,
    double? TemperatureLeast, double? TemperatureMean, double? TemperatureMost, double? HumidityLeast, double? HumidityMean, double? HumidityMost,
    int HoursAbove28, int NightHoursAbove28, int HoursBelow24, int HoursBelow26, int HoursBelow19, int HoursHumid, int LongestRunOutsideHours,
    string Zones, IReadOnlyList<ComfortZoneAnswer> HoursByZone, IReadOnlyList<string> Flags);

/// <summary>Hours in one comfort zone and in no smaller one; the air speed is in m/s.</summary>
internal sealed record ComfortZoneAnswer(string Kind, double AirSpeedMs, int Hours);

/// <summary>How many readings of a channel carry each quality flag.</summary>
internal sealed record QualityAnswer(
    string Point, string Board, string Channel, DateTimeOffset? First, DateTimeOffset? Last, long Readings, long Missing, IReadOnlyDictionary<string, long> Flags);

/// <summary>A board: where it is, when it was last heard, and the records of its last status (docs/wire-format.md).</summary>
internal sealed record BoardAnswer(
    string Board, string? Building, string? Model, string? Place, DateOnly? InstalledOn, DateTimeOffset? LastHeard, bool Silent,
    IReadOnlyList<string> Points, IReadOnlyDictionary<string, string> Status);

/// <summary>Something that a board said once.</summary>
internal sealed record BoardEventAnswer(DateTimeOffset Received, IReadOnlyDictionary<string, string> Fields);

/// <summary>What a board is told: identify, reboot, commissioning (with on) or set-index (with channel and value, pulses).</summary>
internal sealed record BoardCommand(string? Cmd, bool? On, int? Channel, long? Value);

/// <summary>The command was sent; whether the board did it, its events tell.</summary>
internal sealed record BoardCommandAnswer(string Board, string Cmd, long Id);

/// <summary>A message that could not be read. The payload is base64.</summary>
internal sealed record QuarantineAnswer(
    long Id, string Source, string Topic, string Reason, DateTimeOffset FirstReceived, DateTimeOffset LastReceived, long Times, string Payload);

/// <summary>An entry of the correction ledger. The amount is in the unit of the channel.</summary>
internal sealed record CorrectionAnswer(
    long Id, DateTimeOffset Made, string? Author, string? Reason, string Kind, string Board, string Channel, DateTimeOffset From, DateTimeOffset To,
    double? Amount, long Readings, DateTimeOffset? RevokedAt, string? RevokedBy, string? RevokedReason);

/// <summary>A correction to be made: exclude, or add with an amount in the unit of the channel.</summary>
internal sealed record CorrectionOrder(string? Kind, string? Board, string? Channel, string? From, string? To, decimal? Amount, string? Reason);

/// <summary>Why something is done.</summary>
internal sealed record ReasonOrder(string? Reason);

/// <summary>A note that was handed out, and the data it stands on. Reopened: the data have changed since.</summary>
internal sealed record IssuedNoteAnswer(
    long Id, string Building, DateTimeOffset Issued, DateTimeOffset From, DateTimeOffset To, string Language, string Format, string FileName, string FileHash,
    string DataHash, long Readings);

/// <summary>A note whose data have changed since it was handed out.</summary>
internal sealed record ReopenedNoteAnswer(long Id, string Building, DateTimeOffset From, DateTimeOffset To, string DataHash, string DataHashNow, long Readings, long ReadingsNow);

/// <summary>An alert. The value is in the unit; sentence and advice are in the language asked for.</summary>
internal sealed record AlertAnswer(
    long Id, string Kind, string Subject, DateTimeOffset Raised, double Value, string Unit, DateTimeOffset? Cleared, double? ClearedValue,
    DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy, string? AcknowledgedNote, string Sentence, string Advice);

/// <summary>What a person does about an alert.</summary>
internal sealed record AcknowledgeOrder(string? Note);

/// <summary>Weather of one hour at a station: °C, %, hPa, m/s, W/m², mm.</summary>
internal sealed record WeatherAnswer(
    DateTimeOffset Time, decimal? TemperatureC, decimal? HumidityPercent, decimal? PressureHPa, decimal? WindMs, decimal? RadiationWm2, decimal? RainMm);

/// <summary>One saved state of the registry.</summary>
internal sealed record RegistryVersionAnswer(long Id, DateTimeOffset Saved, string? Author, string? Reason);

/// <summary>What a save changed.</summary>
internal sealed record RegistrySavedAnswer(long Version, IReadOnlyList<Registry.RegistryChange> Changes);
