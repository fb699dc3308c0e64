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
public sealed record ScenarioSite(string Id, string Name, string TimeZone, double Latitude, double Longitude, double AltitudeM);

/// <summary>A building: <c>Use</c> names a use of the collector's registry, <c>Reception</c> is the local date of reception of
/// the works, <c>Simulated</c> is false only where all readings stem from measurements of a real building.</summary>
public sealed record ScenarioBuilding(
    string Id, string SiteId, string Name, string Use, double? FloorAreaM2, DateOnly? Reception, bool Simulated);

public sealed record ScenarioZone(string Id, string BuildingId, string Name, double? FloorAreaM2);

/// <summary>A metering point: <c>Use</c> names a use of the collector's registry, <c>MaxPowerW</c> is the most the circuit can
/// carry, W.</summary>
public sealed record ScenarioPoint(string Id, string BuildingId, string? ZoneId, string Name, string Use, double? MaxPowerW);

/// <summary>Which channel (ch1..ch8, t1..t4, rh1..rh4) of which board (EUI-64) serves a point, and its pulse weight in Wh (0 for
/// climate channels).</summary>
public sealed record ScenarioAssignment(string PointId, string Board, string Channel, decimal PulseWeightWh, DateTimeOffset From);
