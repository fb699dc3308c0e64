using Metering.Core.Languages;
using Metering.Core.Notes.Dossier;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Tests.Notes;

/// <summary>
/// A made-up office in a trade-wind climate: twelve months before and twenty-four after works that cut air conditioning by
/// <see cref="PlantedSaving"/>. What is planted is known, so that what the note finds can be judged.
/// </summary>
internal static class PlantedOffice
{
    public const double PlantedSaving = 0.35;
    public const string Panel = "00000000000000c0";
    public const string Outdoor = "00000000000000c1";
    private static readonly TimeSpan Offset = TimeSpan.FromHours(-4);

    public static DateTimeOffset Before { get; } = new(2022, 1, 1, 0, 0, 0, Offset);

    public static DateTimeOffset Reception { get; } = new(2023, 1, 1, 0, 0, 0, Offset);

    public static DateTimeOffset End { get; } = new(2025, 1, 1, 0, 0, 0, Offset);

    public static (ListReadingStore Store, RegistrySnapshot Registry) Load(int seed = 7, double saving = PlantedSaving)
    {
        var random = new Random(seed);
        var store = new ListReadingStore();
        var pulses = new double[2];
        double weather = 0, drift = 0;
        long sequence = 0;
        for (var t = Before; t <= End; t = t.AddMinutes(10))
        {
            if (t.TimeOfDay == TimeSpan.Zero)
            {
                weather = 0.75 * weather + 0.9 * Normal(random);
                drift = 0.5 * drift + 0.06 * Normal(random);
            }

            sequence++;
            var season = 2.2 * Math.Cos((t.DayOfYear - 235) / 365.25 * 2 * Math.PI);
            var outdoor = 26.3 + season + weather + 2.6 * Math.Cos((t.TimeOfDay.TotalHours - 14) / 24 * 2 * Math.PI);
            Add(Panel, "ch1", (long)pulses[0]);
            Add(Panel, "ch2", (long)pulses[1]);
            Add(Outdoor, "t1", (long)Math.Round(outdoor * 100));
            if (t >= Reception)
            {
                for (var room = 0; room < 2; room++)
                {
                    var on = t.Hour is >= 7 and < 18;
                    var indoor = (on ? 24.4 + room : outdoor - 0.8) + 0.4 * Normal(random);
                    Add(Room(room), "t1", (long)Math.Round(indoor * 100));
                    Add(Room(room), "rh1", (long)Math.Round((on ? 58 : 74) * 100 + 200 * Normal(random)));
                }
            }

            var cooling = t.Hour is >= 7 and < 18 ? (0.9 + 0.42 * Math.Max(0, outdoor - 24)) * (1 + drift + 0.08 * Normal(random)) : 0.05;
            var kept = t >= Reception ? 1 - saving : 1;
            // kW over ten minutes in pulses of 10 Wh, shared between the circuits.
            pulses[0] += cooling * kept * 1000 / 6 / 10 * 0.6;
            pulses[1] += cooling * kept * 1000 / 6 / 10 * 0.4;

            void Add(string board, string channel, long value) => store.Add(
                new ChannelKey(board, channel), new Reading(t.ToUniversalTime(), value, 1, sequence, ClockQuality.Synchronised, SampleFlags.None, MissingReason.None));
        }

        return (store, Registry());
    }

    public static NoteDossier Dossier { get; } = new()
    {
        Mentions = ["Opération suivie avec le concours des financeurs de l’appel à projets (mention d’essai)."],
        Category = "renovation",
        WorksStart = new DateOnly(2023, 1, 1),
        Works = [new(new("Isolation de la toiture", "Roof insulation"), true), new(new("Protections solaires", "Solar shading"), true), new(new("Climatiseurs performants", "Efficient air conditioners"), false)],
        Targets =
        [
            new(NoteTarget.Savings, new("Réduction des consommations", "Reduction of consumption"), 30, "%", true, "AAP Guadeloupe, 3.2"),
            new(NoteTarget.Consumption, new("Consommation de climatisation", "Air-conditioning consumption"), 45, "kWh/m²/an", false, "programme"),
            new(NoteTarget.Comfort, new("Heures hors zones", "Hours outside the zones"), 20, "%", false, "programme"),
            new(NoteTarget.Cost, new("Coût", "Cost"), 1500, "€", false, "programme"),
            new("BBIO'", new("BBIO'/BBIO'réf", "BBIO'/BBIO'ref"), 0.8, "", false, "AAP Guadeloupe, 3.1.3"),
        ],
        RegulatoryValues =
        [
            new("BBIO'", "after", 0.74, "", "", "RTG v1.2", "Bureau d’études (essai)", new DateOnly(2022, 11, 3)),
            new("DPEG", "before", 92, "kWhef/m²/an", "", "CR/19-1156", "Diagnostiqueur (essai)", new DateOnly(2022, 10, 12)),
        ],
        Factors =
        [
            new("price-2024", "price", "Guadeloupe", 2024, 0.1952m, "€/kWh", "tarif Bleu Base 2024 (essai)", "TTC"),
            new("co2-2023", "co2", "Guadeloupe", 2023, 0.771m, "kg/kWh", "OREC 2023", "électricité"),
        ],
        Invoices = [new("PDL-ESSAI-1", new DateOnly(2023, 3, 1), new DateOnly(2023, 5, 1), 1100m, 214.72m, false), new("PDL-ESSAI-1", new DateOnly(2023, 5, 1), new DateOnly(2023, 7, 1), 1250m, null, true)],
        Charges = [new("T3", "before", 420m, 96.5m, 0m), new("T3", "observed", 431m, 58.2m, 14.3m)],
        Survey = new NoteSurvey(24, 17, new DateOnly(2024, 11, 20),
        [
            new(new("Satisfaction générale", "General satisfaction"), [1, 2, 3, 7, 4]),
            new(new("Température le jour en saison chaude", "Daytime temperature in the hot season"), [2, 3, 4, 6, 2]),
            new(new("Compréhension de la charte", "Understanding of the charter"), [0, 1, 5, 8, 3]),
        ], ["Il fait frais sans la clim le matin."]),
        Actions = [new(new DateOnly(2023, 2, 10), new("Remise de la charte de bon usage", "Charter of good use handed over"), 24)],
        Circuits = [new("clim-1", true, "photographie du tableau (essai)", "Électricien (essai)", new DateOnly(2022, 12, 20)), new("clim-2", true, "photographie du tableau (essai)", "Électricien (essai)", new DateOnly(2022, 12, 20))],
        Charters = [new("plateau est", "1.0", new DateOnly(2023, 2, 10), true)],
        Offers = [new() { Id = "bureaux d’essai", Category = "renovation", ExtraCostEur = 38000, StudyCostEur = 4000, FloorAreaM2 = 160, SavingsPct = 33 }],
        Corrections = [new(new DateTimeOffset(2023, 6, 1, 9, 0, 0, TimeSpan.Zero), "A. Technicienne", "clim-1", "étiquette inversée", "clim-2", "clim-1")],
        Narrative = new Dictionary<string, IReadOnlyList<string>> { ["lessons"] = ["Le réglage des consignes a été tenu.", "- Reprendre la programmation du dimanche.", "- Former le nouveau gardien."] },
    };

    private static string Room(int room) => room == 0 ? "00000000000000d0" : "00000000000000d1";

    private static RegistrySnapshot Registry() => new()
    {
        Sites = [new Site { Id = "gp", Name = "Les Abymes (fictif)", TimeZone = "America/Guadeloupe", AltitudeM = 10, ClimateZone = "Guadeloupe", WeatherStation = "sonde extérieure" }],
        Buildings =
        [
            new Building
            {
                Id = "office", SiteId = "gp", Name = "Bureaux d’essai", Use = BuildingUse.AirConditionedOffice, FloorAreaM2 = 160, Dwellings = 1, Call = "guadeloupe",
                Reception = new DateOnly(2023, 1, 1), Simulated = true,
            },
        ],
        Points =
        [
            new MeteringPoint { Id = "clim-1", BuildingId = "office", Name = "Climatisation 1", Use = PointUse.Cooling, MeterClass = "B", MaxPowerW = 9000 },
            new MeteringPoint { Id = "clim-2", BuildingId = "office", Name = "Climatisation 2", Use = PointUse.Cooling, MeterClass = "B", MaxPowerW = 9000 },
            new MeteringPoint { Id = "outdoor", BuildingId = "office", Name = "Extérieur", Use = PointUse.OutdoorClimate },
            new MeteringPoint { Id = "room-1", BuildingId = "office", Name = "Bureau est", Use = PointUse.IndoorClimate },
            new MeteringPoint { Id = "room-2", BuildingId = "office", Name = "Salle de réunion", Use = PointUse.IndoorClimate },
        ],
        Assignments =
        [
            Assign("clim-1", Panel, "ch1", Quantity.PulseRegister), Assign("clim-2", Panel, "ch2", Quantity.PulseRegister),
            Assign("outdoor", Outdoor, "t1", Quantity.AirTemperature),
            .. Enumerable.Range(0, 2).SelectMany(r => new[]
            {
                Assign(r == 0 ? "room-1" : "room-2", Room(r), "t1", Quantity.AirTemperature),
                Assign(r == 0 ? "room-1" : "room-2", Room(r), "rh1", Quantity.RelativeHumidity),
            }),
        ],
    };

    private static ChannelAssignment Assign(string point, string board, string channel, Quantity quantity) =>
        new() { PointId = point, Board = board, Channel = channel, Quantity = quantity, From = Before };

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
