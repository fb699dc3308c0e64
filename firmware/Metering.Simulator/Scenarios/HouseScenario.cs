using Metering.Simulator.Appliances;
using Metering.Simulator.Climate;
using Metering.Simulator.Pulses;

namespace Metering.Simulator.Scenarios;

/// <summary>
/// The demonstration on a real house's data: one panel board with two S0 meters of 10 Wh a pulse (appliances on ch1,
/// lights on ch2) and nine boards with a temperature and humidity sensor each.
/// </summary>
public static class HouseScenario
{
    public const string BuildingId = "house";
    public const string AppliancesPoint = "appliances";
    public const string LightsPoint = "lights";

    private const string SiteId = "stambruges";

    /// <summary>The places of the data set, in its order (Candanedo et al. 2017, table 2). Number 6 is outside.</summary>
    private static readonly (string Id, string Name)[] Rooms =
    [
        ("kitchen", "Cuisine"),
        ("living-room", "Séjour"),
        ("laundry", "Buanderie"),
        ("office", "Bureau"),
        ("bathroom", "Salle de bains"),
        ("outside-north", "Extérieur, façade nord"),
        ("ironing-room", "Lingerie"),
        ("teenager-room", "Chambre 2"),
        ("parents-room", "Chambre 1"),
    ];

    /// <param name="data">The data set.</param>
    /// <param name="seed">Chooses the instants of the pulses within their steps, and their bounce.</param>
    public static Scenario Create(AppliancesDataSet data, int seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        var boards = new List<ScenarioBoard> { Panel(data) };
        for (var room = 0; room < AppliancesDataSet.Rooms; room++)
        {
            boards.Add(Room(data, room));
        }

        return new Scenario
        {
            Name = "house",
            Seed = seed,
            From = AppliancesDataSet.Start,
            To = AppliancesDataSet.End,
            Registry = Registry(boards),
            Boards = boards,
        };
    }

    private static ScenarioBoard Panel(AppliancesDataSet data) => new()
    {
        Name = "panel",
        Mac = ScenarioBoard.SimulatedMac(1),
        Meters =
        [
            new ScenarioMeter(AppliancesPoint, AppliancesDataSet.PulseWeightWh, Trace(AppliancesPoint, data.AppliancesWhByStep), new MeterOutput()),
            new ScenarioMeter(LightsPoint, AppliancesDataSet.PulseWeightWh, Trace(LightsPoint, data.LightsWhByStep), new MeterOutput()),
        ],
    };

    private static ScenarioBoard Room(AppliancesDataSet data, int room) => new()
    {
        Name = Rooms[room].Id,
        Mac = ScenarioBoard.SimulatedMac(2 + room),
        Climate = new ClimateTrace(
            Microseconds.Of(AppliancesDataSet.Start),
            AppliancesDataSet.StepMinutes * Microseconds.PerMinute,
            data.RoomTemperature[room],
            data.RoomHumidity[room]),
    };

    private static PulseTrace Trace(string name, IReadOnlyList<int> wattHours) => new(
        name,
        Microseconds.Of(AppliancesDataSet.Start),
        AppliancesDataSet.StepMinutes * Microseconds.PerMinute,
        [.. wattHours.Select(wh => wh / AppliancesDataSet.PulseWeightWh)]);

    private static ScenarioRegistry Registry(List<ScenarioBoard> boards)
    {
        var from = AppliancesDataSet.Start;
        var zones = new List<ScenarioZone>();
        var points = new List<ScenarioPoint>
        {
            // A single-phase supply of 40 A at 230 V is assumed; the data reach 6.48 kW.
            new(AppliancesPoint, BuildingId, null, "Appareils", "Appliances", 9_200),
            new(LightsPoint, BuildingId, null, "Éclairage", "Lighting", 9_200),
        };
        var assignments = new List<ScenarioAssignment>
        {
            new(AppliancesPoint, boards[0].Eui64, "ch1", AppliancesDataSet.PulseWeightWh, from),
            new(LightsPoint, boards[0].Eui64, "ch2", AppliancesDataSet.PulseWeightWh, from),
        };
        for (var room = 0; room < AppliancesDataSet.Rooms; room++)
        {
            var (id, name) = Rooms[room];
            var outside = id == "outside-north";
            zones.Add(new ScenarioZone(id, BuildingId, name, null));
            points.Add(new ScenarioPoint(
                "climate-" + id, BuildingId, id, name, outside ? "OutdoorClimate" : "IndoorClimate", null));
            assignments.Add(new ScenarioAssignment("climate-" + id, boards[1 + room].Eui64, "t1", 0, from));
            assignments.Add(new ScenarioAssignment("climate-" + id, boards[1 + room].Eui64, "rh1", 0, from));
        }

        return new ScenarioRegistry(
            // Stambruges, Hainaut; the data set's local time is a fixed offset (AppliancesDataSet.Start).
            new ScenarioSite(SiteId, "Stambruges (Belgique)", "+01:00", 50.51, 3.71, 60),
            // 280 m², two floors (Candanedo et al. 2017, section 2).
            new ScenarioBuilding(BuildingId, SiteId, "Maison basse énergie", "MetropolitanDwelling", 280, null, Simulated: false),
            zones,
            points,
            assignments);
    }
}
