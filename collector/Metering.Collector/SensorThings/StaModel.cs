using System.Globalization;
using System.Text.Json.Nodes;
using Metering.Collector.Api;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.SensorThings;

/// <summary>An entity that is not an observation.</summary>
/// <param name="Set">Its entity set.</param>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, which it is sorted and filtered by.</param>
/// <param name="Properties">Its properties in the order of the standard.</param>
internal sealed record StaEntity(string Set, string Id, string Name, IReadOnlyDictionary<string, JsonNode?> Properties);

/// <summary>
/// The registry in the words of OGC SensorThings (18-088, clause 8): a building is a Thing at the Location of its site; a channel
/// that serves a point is a Datastream, of the Sensor that is the board, of one of four ObservedProperties; what is observed is
/// the building (FeatureOfInterest). Energy registers are given in Wh: pulses times the pulse weight, exactly.
/// </summary>
internal sealed class StaModel
{
    public static readonly IReadOnlyList<string> Sets =
        ["Things", "Locations", "HistoricalLocations", "Datastreams", "Sensors", "ObservedProperties", "Observations", "FeaturesOfInterest"];

    private const string MeasurementType = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement";

    private readonly ApiCaller caller;
    private readonly Dictionary<string, ChannelAssignment> streams;

    /// <param name="caller">What of the registry is there.</param>
    /// <param name="seesDwellings">Whether channels inside dwellings are there too.</param>
    public StaModel(ApiCaller caller, bool seesDwellings)
    {
        this.caller = caller;
        var inside = caller.Registry.Zones.Where(static z => z.DwellingId is { Length: > 0 }).Select(static z => z.Id).ToHashSet(StringComparer.Ordinal);
        var points = caller.Registry.Points.Where(p => seesDwellings || p.ZoneId is null || !inside.Contains(p.ZoneId)).Select(static p => p.Id).ToHashSet(StringComparer.Ordinal);
        streams = caller.Registry.Assignments.Where(a => points.Contains(a.PointId))
            .GroupBy(StreamId, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.First(), StringComparer.Ordinal);
    }

    /// <summary>The channel behind a datastream.</summary>
    public ChannelAssignment? Stream(string id) => streams.GetValueOrDefault(id);

    /// <summary>Datastreams by id.</summary>
    public IEnumerable<string> StreamIds => streams.Keys.Order(StringComparer.Ordinal);

    /// <summary>All entities of a set, by id; none of observations.</summary>
    public IEnumerable<StaEntity> All(string set) => set switch
    {
        "Things" => caller.Registry.Buildings.Select(Thing),
        "Locations" => caller.Registry.Sites.Select(Location),
        "Datastreams" => streams.Values.Select(Datastream),
        "Sensors" => streams.Values.Select(static a => a.Board).Distinct(StringComparer.Ordinal).Select(Sensor),
        "ObservedProperties" => Enum.GetValues<Quantity>().Select(ObservedProperty),
        "FeaturesOfInterest" => caller.Registry.Buildings.Select(Feature),
        _ => [],
    };

    public StaEntity? Find(string set, string id) => All(set).FirstOrDefault(e => e.Id == id);

    /// <summary>The navigation properties of a set: name, set that they lead to, whether to many.</summary>
    public static IReadOnlyList<(string Name, string Set, bool Many)> Navigation(string set) => set switch
    {
        "Things" => [("Locations", "Locations", true), ("HistoricalLocations", "HistoricalLocations", true), ("Datastreams", "Datastreams", true)],
        "Locations" => [("Things", "Things", true), ("HistoricalLocations", "HistoricalLocations", true)],
        "HistoricalLocations" => [("Thing", "Things", false), ("Locations", "Locations", true)],
        "Datastreams" => [("Thing", "Things", false), ("Sensor", "Sensors", false), ("ObservedProperty", "ObservedProperties", false), ("Observations", "Observations", true)],
        "Sensors" or "ObservedProperties" => [("Datastreams", "Datastreams", true)],
        "Observations" => [("Datastream", "Datastreams", false), ("FeatureOfInterest", "FeaturesOfInterest", false)],
        "FeaturesOfInterest" => [("Observations", "Observations", true)],
        _ => [],
    };

    /// <summary>What an entity leads to; observations are found by <see cref="StreamsOf"/>.</summary>
    public IEnumerable<StaEntity> Related(string set, string id, string navigation) => (set, navigation) switch
    {
        ("Things", "Locations") => All("Locations").Where(l => caller.Building(id)?.SiteId == l.Id),
        ("Things", "Datastreams") => streams.Values.Where(a => BuildingOf(a) == id).Select(Datastream),
        ("Locations", "Things") => caller.Registry.Buildings.Where(b => b.SiteId == id).Select(Thing),
        ("Datastreams", "Thing") => caller.Registry.Buildings.Where(b => b.Id == BuildingOf(streams[id])).Select(Thing),
        ("Datastreams", "Sensor") => [Sensor(streams[id].Board)],
        ("Datastreams", "ObservedProperty") => [ObservedProperty(streams[id].Quantity)],
        ("Sensors", "Datastreams") => streams.Values.Where(a => a.Board == id).Select(Datastream),
        ("ObservedProperties", "Datastreams") => streams.Values.Where(a => PropertyId(a.Quantity) == id).Select(Datastream),
        ("Observations", "Datastream") => [Datastream(streams[id])],
        ("Observations", "FeatureOfInterest") => caller.Registry.Buildings.Where(b => b.Id == BuildingOf(streams[id])).Select(Feature),
        _ => [],
    };

    /// <summary>Datastreams whose observations an entity leads to.</summary>
    public IReadOnlyList<string> StreamsOf(string set, string id) => set switch
    {
        "Datastreams" => [id],
        "FeaturesOfInterest" => [.. StreamIds.Where(s => BuildingOf(streams[s]) == id)],
        _ => [],
    };

    /// <summary>The factor from a stored value to a result.</summary>
    public static decimal Factor(ChannelAssignment assignment) =>
        assignment.Quantity == Quantity.PulseRegister ? assignment.PulseWeightWh : 1m / Quantities.Scale(assignment.Quantity);

    private static string StreamId(ChannelAssignment a) =>
        string.Create(CultureInfo.InvariantCulture, $"{a.PointId}~{a.Board}~{a.Channel}~{a.From.ToUnixTimeSeconds()}");

    private string? BuildingOf(ChannelAssignment a) => caller.Point(a.PointId)?.BuildingId;

    private static string PropertyId(Quantity quantity) => quantity switch
    {
        Quantity.PulseRegister => "active-energy",
        Quantity.AirTemperature => "air-temperature",
        Quantity.RelativeHumidity => "relative-humidity",
        Quantity.AirPressure => "air-pressure",
        _ => throw new ArgumentOutOfRangeException(nameof(quantity), quantity, "Unknown quantity."),
    };

    private static StaEntity Of(string set, string id, string name, params (string Name, JsonNode? Value)[] properties) =>
        new(set, id, name, new Dictionary<string, JsonNode?>(properties.Prepend(("name", name)).Select(static p => KeyValuePair.Create(p.Item1, p.Item2))));

    private static StaEntity Thing(Building b) => Of(
        "Things", b.Id, b.Name, ("description", b.Use.ToString()),
        ("properties", new JsonObject { ["floorAreaM2"] = b.FloorAreaM2, ["simulated"] = b.Simulated, ["call"] = b.Call }));

    private static StaEntity Location(Site s) => Of(
        "Locations", s.Id, s.Name, ("description", s.ClimateZone ?? s.TimeZone), ("encodingType", "application/geo+json"), ("location", Point(s)),
        ("properties", new JsonObject { ["timeZone"] = s.TimeZone }));

    private StaEntity Feature(Building b) => Of(
        "FeaturesOfInterest", b.Id, b.Name, ("description", b.Use.ToString()), ("encodingType", "application/geo+json"),
        ("feature", Point(caller.Registry.Sites.FirstOrDefault(s => s.Id == b.SiteId))));

    /// <summary>RFC 7946: longitude first; a feature without geometry where the site has no place.</summary>
    private static JsonObject Point(Site? s) => s is { Latitude: { } latitude, Longitude: { } longitude }
        ? new JsonObject { ["type"] = "Point", ["coordinates"] = new JsonArray(longitude, latitude) }
        : new JsonObject { ["type"] = "Feature", ["geometry"] = null, ["properties"] = new JsonObject() };

    private StaEntity Sensor(string board) => Of(
        "Sensors", board, board, ("description", caller.Registry.Boards.FirstOrDefault(b => b.Board == board)?.Model ?? "Metering board"),
        ("encodingType", "text/html"), ("metadata", "ESP32 board: S0 pulse inputs, temperature and humidity, one sample every ten minutes (docs/wire-format.md)."));

    private static StaEntity ObservedProperty(Quantity quantity)
    {
        var (name, definition, description) = quantity switch
        {
            Quantity.PulseRegister => ("Active energy", "http://qudt.org/vocab/quantitykind/ActiveEnergy", "Register of a meter's pulses, in Wh since the board counts; differences are energy."),
            Quantity.AirTemperature => ("Air temperature", "http://qudt.org/vocab/quantitykind/CelsiusTemperature", "Spot value."),
            Quantity.RelativeHumidity => ("Relative humidity", "http://qudt.org/vocab/quantitykind/RelativeHumidity", "Spot value."),
            _ => ("Air pressure", "http://qudt.org/vocab/quantitykind/AtmosphericPressure", "Spot value."),
        };
        return Of("ObservedProperties", PropertyId(quantity), name, ("definition", definition), ("description", description));
    }

    private StaEntity Datastream(ChannelAssignment a)
    {
        var (unit, symbol, definition) = a.Quantity switch
        {
            Quantity.PulseRegister => ("watt hour", "Wh", "http://unitsofmeasure.org/ucum.html#para-W.h"),
            Quantity.AirTemperature => ("degree Celsius", "°C", "http://unitsofmeasure.org/ucum.html#para-Cel"),
            Quantity.RelativeHumidity => ("percent", "%", "http://unitsofmeasure.org/ucum.html#para-%25"),
            _ => ("pascal", "Pa", "http://unitsofmeasure.org/ucum.html#para-Pa"),
        };
        var point = caller.Point(a.PointId);
        return Of(
            "Datastreams", StreamId(a), point?.Name ?? a.PointId, ("description", $"{point?.Use} {a.Channel}"), ("observationType", MeasurementType),
            ("unitOfMeasurement", new JsonObject { ["name"] = unit, ["symbol"] = symbol, ["definition"] = definition }),
            ("properties", new JsonObject { ["point"] = a.PointId, ["channel"] = a.Channel, ["from"] = a.From.UtcDateTime, ["to"] = a.To?.UtcDateTime, ["meterSerial"] = a.MeterSerial }));
    }
}
