using Metering.Simulator.Climate;
using Metering.Simulator.Office;
using Metering.Simulator.Pulses;

namespace Metering.Simulator.Scenarios;

/// <summary>
/// The demonstration of the two-year note: an invented office in a trade-wind climate, twelve months before its works and
/// twenty-four after them. One panel board with the two dedicated air-conditioning circuits (10 Wh a pulse), a board in
/// each of four rooms and one outdoors. The saving is planted and known.
/// </summary>
public static class OfficeScenario
{
    public const string BuildingId = "office";
    public const string OpenSpacePoint = "ac-open-space";
    public const string OfficesPoint = "ac-offices";
    public const string OutdoorPoint = "climate-outdoor";

    /// <summary>Part of the air-conditioning electricity that the works save.</summary>
    public const double PlantedSaving = OfficeYears.PlantedSaving;

    private const string SiteId = "trade-wind";
    private const decimal PulseWeightWh = 10;

    /// <summary>Offset of the site's time, UTC-4 the whole year.</summary>
    private static readonly TimeSpan Offset = TimeSpan.FromHours(-4);

    private static readonly (string Id, string Name, double AreaM2)[] Rooms =
    [
        ("open-space", "Plateau", 52), ("director", "Bureau fermé", 22), ("meeting", "Salle de réunion", 26), ("hall", "Accueil ventilé", 20),
    ];

    /// <summary>First day with readings, and of the baseline.</summary>
    public static DateOnly First { get; } = new(2022, 3, 1);

    /// <summary>First day of the works: the baseline ends.</summary>
    public static DateOnly WorksStart { get; } = new(2023, 3, 1);

    /// <summary>Reception of the works: the first year begins.</summary>
    public static DateOnly Reception { get; } = new(2023, 4, 1);

    /// <summary>Day after the last of the second year.</summary>
    public static DateOnly End { get; } = new(2025, 4, 1);

    /// <param name="seed">Chooses weather, habits, instants of the pulses and faults; the planted saving stays.</param>
    public static Scenario Create(int seed)
    {
        var years = Years(seed);
        var from = Instant(First);
        var panel = new ScenarioBoard
        {
            Name = "panel",
            Mac = ScenarioBoard.SimulatedMac(0x4001),
            Meters =
            [
                new ScenarioMeter(OpenSpacePoint, PulseWeightWh, Trace(OpenSpacePoint, years.Pulses[0]), new MeterOutput()),
                new ScenarioMeter(OfficesPoint, PulseWeightWh, Trace(OfficesPoint, years.Pulses[1]), new MeterOutput()),
            ],
        };
        var boards = new List<ScenarioBoard> { panel };
        boards.AddRange(Rooms.Select((room, r) => Air(room.Id, 0x4002 + r, years.Celsius[r], years.Percent[r])));
        boards.Add(Air(
            "outdoor", 0x4002 + Rooms.Length, [.. years.Weather.Steps.Select(s => s.Celsius)], [.. years.Weather.Steps.Select(s => s.Percent)]));

        return new Scenario
        {
            Name = "office",
            Seed = seed,
            From = from,
            To = Instant(End),
            Registry = Registry(boards, from),
            Boards = boards,
            Planted = new PlantedTruth(PlantedSaving, years.WithoutWorksKwh),
        };
    }

    /// <summary>Local midnight.</summary>
    public static DateTimeOffset Instant(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);

    internal static OfficeYears Years(int seed)
    {
        var days = End.DayNumber - First.DayNumber;
        var weather = new OfficeWeather(TypicalYear.LoadEmbedded(), First, days, new Random(unchecked((seed * 7_919) + 1)));
        return new OfficeYears(weather, First, WorksStart, Reception, new Random(unchecked((seed * 7_919) + 2)));
    }

    private static ScenarioBoard Air(string name, int number, double[] celsius, double[] percent) => new()
    {
        Name = name,
        Mac = ScenarioBoard.SimulatedMac(number),
        Climate = new ClimateTrace(Microseconds.Of(Instant(First)), OfficeWeather.StepMinutes * Microseconds.PerMinute, celsius, percent),
    };

    private static PulseTrace Trace(string name, int[] counts) => new(
        name, Microseconds.Of(Instant(First)), OfficeWeather.StepMinutes * Microseconds.PerMinute, counts);

    private static ScenarioRegistry Registry(List<ScenarioBoard> boards, DateTimeOffset from)
    {
        var points = new List<ScenarioPoint>
        {
            new(OpenSpacePoint, BuildingId, "open-space", "Climatisation plateau", "Cooling", 4_600) { MeterClass = "B" },
            new(OfficesPoint, BuildingId, null, "Climatisation bureaux et réunion", "Cooling", 4_600) { MeterClass = "B" },
        };
        var assignments = new List<ScenarioAssignment>
        {
            new(OpenSpacePoint, boards[0].Eui64, "ch1", PulseWeightWh, from) { MeterSerial = "SIM-000101" },
            new(OfficesPoint, boards[0].Eui64, "ch2", PulseWeightWh, from) { MeterSerial = "SIM-000102" },
        };
        foreach (var (board, name, zone) in boards.Skip(1).Select((b, r) => (b, r < Rooms.Length ? Rooms[r].Name : "Extérieur", r < Rooms.Length ? Rooms[r].Id : null)))
        {
            var point = "climate-" + board.Name;
            points.Add(new ScenarioPoint(point, BuildingId, zone, name, zone is null ? "OutdoorClimate" : "IndoorClimate", null));
            assignments.Add(new ScenarioAssignment(point, board.Eui64, "t1", 0, from));
            assignments.Add(new ScenarioAssignment(point, board.Eui64, "rh1", 0, from));
        }

        return new ScenarioRegistry(
            new ScenarioSite(SiteId, "Site simulé (climat d’alizé)", "America/Guadeloupe", 16.24, -61.53, 10)
            {
                ClimateZone = "Guadeloupe, zone continentale",
                WeatherStation = "Honolulu, année type TMY3 (NREL)",
            },
            new ScenarioBuilding(BuildingId, SiteId, "Bureaux simulés", "AirConditionedOffice", Rooms.Sum(r => r.AreaM2), Reception, Simulated: true)
            {
                Call = "guadeloupe",
                Owner = "Maître d’ouvrage fictif",
                Address = "Adresse fictive, Guadeloupe",
            },
            [.. Rooms.Select(r => new ScenarioZone(r.Id, BuildingId, r.Name, r.AreaM2))],
            points,
            assignments);
    }
}
