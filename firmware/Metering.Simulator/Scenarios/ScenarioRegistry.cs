namespace Metering.Simulator.Scenarios;

/// <summary>What is measured, in the words of the collector's registry but as plain records: the simulator does not know
/// the collector.</summary>
public sealed record ScenarioRegistry(
    ScenarioSite Site,
    ScenarioBuilding Building,
    IReadOnlyList<ScenarioZone> Zones,
    IReadOnlyList<ScenarioPoint> Points,
    IReadOnlyList<ScenarioAssignment> Assignments);

/// <summary>A place: <c>TimeZone</c> is an IANA name or a fixed offset such as <c>+01:00</c>, latitude and longitude are in
/// degrees (WGS 84), the altitude in metres.</summary>
public sealed record ScenarioSite(string Id, string Name, string TimeZone, double Latitude, double Longitude, double AltitudeM)
{
    public string? ClimateZone { get; init; }

    /// <summary>Where the outdoor air of the scenario stems from.</summary>
    public string? WeatherStation { get; init; }
}

/// <summary>A building: <c>Use</c> names a use of the collector's registry, <c>Reception</c> is the local date of reception of
/// the works, <c>Simulated</c> is false only where all readings stem from measurements of a real building.</summary>
public sealed record ScenarioBuilding(
    string Id, string SiteId, string Name, string Use, double? FloorAreaM2, DateOnly? Reception, bool Simulated)
{
    /// <summary>Key of a call's rules file, or null.</summary>
    public string? Call { get; init; }

    public string? Owner { get; init; }

    public string? Address { get; init; }
}

public sealed record ScenarioZone(string Id, string BuildingId, string Name, double? FloorAreaM2);

/// <summary>A metering point: <c>Use</c> names a use of the collector's registry, <c>MaxPowerW</c> is the most the circuit can
/// carry, W.</summary>
public sealed record ScenarioPoint(string Id, string BuildingId, string? ZoneId, string Name, string Use, double? MaxPowerW)
{
    /// <summary>Class of the meter (MID MI-003), or null.</summary>
    public string? MeterClass { get; init; }
}

/// <summary>Which channel (ch1..ch8, t1..t4, rh1..rh4) of which board (EUI-64) serves a point, and its pulse weight in Wh (0 for
/// climate channels).</summary>
public sealed record ScenarioAssignment(string PointId, string Board, string Channel, decimal PulseWeightWh, DateTimeOffset From)
{
    public string? MeterSerial { get; init; }
}
