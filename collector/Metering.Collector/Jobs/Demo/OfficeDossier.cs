using Metering.Core.Languages;
using Metering.Core.Notes.Dossier;
using Metering.Core.Obligations;
using Metering.Simulator.Scenarios;

namespace Metering.Collector.Jobs.Demo;

/// <summary>
/// What people would know about the invented office: works, targets, invoices, survey, actions. Everything in it is made up
/// and says so; the invoices are those of the meters themselves, so that they can be held against what was stored.
/// </summary>
internal static class OfficeDossier
{
    private const string MadeUp = "exemple fictif";
    private const decimal PriceEurKwh = 0.1952m;

    /// <summary>Months that one invoice covers.</summary>
    private const int InvoiceMonths = 2;

    public static NoteDossier Of(Scenario scenario) => NoteDossier.Empty with
    {
        Planted = scenario.Planted is { } planted ? new PlantedSaving(100 * planted.Saving, Math.Round(planted.WithoutWorksKwh, 1)) : null,
        Mentions = ["Opération fictive : aucune aide n’a été versée. Une note réelle porte ici les mentions des financeurs (AAP § 5.5)."],
        PublicationConsent = true,
        Category = "renovation",
        WorksStart = OfficeScenario.WorksStart,
        Works =
        [
            new(new("Isolation de la toiture sous étanchéité", "Roof insulation under the waterproofing"), true),
            new(new("Brise-soleil sur les façades est et ouest", "Louvres on the east and west facades"), true),
            new(new("Remplacement des climatiseurs par des appareils à vitesse variable", "Air conditioners replaced by variable-speed units"), false),
            new(new("Brasseurs d’air dans les bureaux et l’accueil", "Ceiling fans in the offices and the hall"), false),
        ],
        Targets =
        [
            new(NoteTarget.Savings, new("Réduction des consommations", "Reduction of consumption"), 30, "%", true, "AAP Guadeloupe, § 3.2"),
            new(NoteTarget.Consumption, new("Climatisation, énergie finale", "Air conditioning, final energy"), 34, "kWh/m²/an", false, MadeUp),
            new(NoteTarget.Comfort, new("Heures hors zones de confort", "Hours outside the comfort zones"), 25, "%", false, MadeUp),
            new(NoteTarget.BuildingCost, new("Coût annuel de la climatisation", "Yearly cost of air conditioning"), 900, "€/an", false, MadeUp),
        ],
        RegulatoryValues =
        [
            new("DPEG", "before", 96, "kWhef/m²/an", "D", "CR/19-1156", MadeUp, new DateOnly(2022, 10, 12)),
            new("DPEG", "after", 58, "kWhef/m²/an", "B", "CR/19-1156", MadeUp, new DateOnly(2023, 4, 20)),
        ],
        Factors =
        [
            new("price-2024", "price", "Guadeloupe", 2024, PriceEurKwh, "€/kWh", "tarif Bleu Base", "TTC"),
            new("co2-2023", "co2", "Guadeloupe", 2023, 0.771m, "kg/kWh", "OREC 2023", "électricité"),
            new("pef-2024", "pef", "France", 2024, 2.3m, "kWhep/kWhef", "DPE, jusqu’au 31/12/2025", "électricité"),
        ],
        Offers = [new Offer { Id = "bureaux simulés", Category = "renovation", ExtraCostEur = 21_500, StudyCostEur = 3_200, FloorAreaM2 = 120, SavingsPct = 38 }],
        Circuits =
        [
            new(OfficeScenario.OpenSpacePoint, true, "photographie du tableau (fictive)", MadeUp, new DateOnly(2022, 2, 22)),
            new(OfficeScenario.OfficesPoint, true, "photographie du tableau (fictive)", MadeUp, new DateOnly(2022, 2, 22)),
        ],
        Charters =
        [
            new("plateau", "v2", new DateOnly(2023, 4, 4), true), new("bureau fermé", "v2", new DateOnly(2023, 4, 4), true),
            new("accueil", "v2", new DateOnly(2023, 4, 4), false),
        ],
        Invoices = Invoices(scenario),
        Charges =
        [
            new("Bureaux 120 m²", "before", 1_450m, 212.40m, 0m), new("Bureaux 120 m²", "estimated", 1_450m, 176m, 12m),
            new("Bureaux 120 m²", "observed", 1_450m, 179.30m, 12m),
        ],
        Survey = Survey,
        Actions =
        [
            new(new DateOnly(2023, 4, 4), new("Remise et lecture en commun de la charte de bon usage", "Charter of good use handed over and read together"), 13),
            new(new DateOnly(2023, 6, 14), new("Visite : consignes relevées à 25 °C, programmation du soir", "Visit: set points raised to 25 °C, evening programming"), 4),
            new(new DateOnly(2023, 11, 8), new("Réunion de restitution du premier été", "Meeting on the results of the first summer"), 11),
            new(new DateOnly(2024, 5, 22), new("Entretien des climatiseurs, filtres nettoyés", "Maintenance of the air conditioners, filters cleaned"), null),
            new(new DateOnly(2024, 11, 19), new("Enquête sur la qualité d’usage", "Survey on the quality of use"), 14),
        ],
    };

    private static NoteSurvey Survey { get; } = new(14, 12, new DateOnly(2024, 11, 19),
    [
        new(new("Satisfaction générale", "General satisfaction"), [0, 1, 2, 6, 3]),
        new(new("Température le jour en saison chaude", "Daytime temperature in the hot season"), [0, 2, 3, 5, 2]),
        new(new("Température à l’arrivée le lundi", "Temperature on Monday morning"), [1, 3, 4, 3, 1]),
        new(new("Humidité de l’air", "Humidity of the air"), [0, 1, 3, 6, 2]),
        new(new("Mouvement d’air, usage des brasseurs", "Air movement, use of the fans"), [0, 1, 1, 5, 5]),
        new(new("Réglage de la climatisation", "Setting of the air conditioning"), [0, 2, 4, 4, 2]),
        new(new("Bruit", "Noise"), [0, 0, 2, 4, 6]),
        new(new("Compréhension de la charte", "Understanding of the charter"), [0, 0, 2, 5, 5]),
    ],
    ["À 25 °C avec le brasseur, je ne mets plus de gilet.", "Le lundi matin, la salle de réunion met une heure à se rafraîchir."]);

    /// <summary>One invoice every two months of the year before and the two years after, in whole kilowatt-hours of the meters.</summary>
    private static List<NoteInvoice> Invoices(Scenario scenario)
    {
        var invoices = new List<NoteInvoice>();
        foreach (var (from, to) in new[] { (OfficeScenario.First, OfficeScenario.WorksStart), (OfficeScenario.Reception, OfficeScenario.End) })
        {
            for (var start = from; start < to; start = start.AddMonths(InvoiceMonths))
            {
                var end = start.AddMonths(InvoiceMonths);
                var kwh = Index(scenario, end) - Index(scenario, start);
                // One reader found the door closed: an invoice on an estimate, as real files have.
                var estimated = start == OfficeScenario.Reception.AddMonths(4);
                kwh = estimated ? Math.Round(kwh * 1.06m, 0) : kwh;
                invoices.Add(new NoteInvoice("PDL-SIMULE-01", start, end, kwh, Math.Round(kwh * PriceEurKwh, 2), estimated));
            }
        }

        return invoices;
    }

    /// <summary>Index of the supplier's meter on a day, whole kWh: it counts through the power cuts of the boards.</summary>
    private static decimal Index(Scenario scenario, DateOnly day)
    {
        var steps = (int)((OfficeScenario.Instant(day) - scenario.From) / Scenario.SamplePeriod);
        return Math.Floor(scenario.Boards.SelectMany(b => b.Meters).Sum(m => m.Trace.Counts.Take(steps).Sum() * m.PulseWeightWh) / 1_000);
    }
}
