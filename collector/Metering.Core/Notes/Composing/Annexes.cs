using Metering.Core.Notes.Document;

namespace Metering.Core.Notes.Composing;

/// <summary>Annexes A, C, D and E.</summary>
internal static class Annexes
{
    public static void WriteMethods(Composition c) => c.Section("A", c.Of("Méthodes et formules", "Methods and formulas"),
    [
        new ListBlock(
        [
            c.Of("Énergie : différence de deux index × poids d’impulsion ; une mesure perdue coûte de la résolution, jamais d’énergie.",
                "Energy: difference of two registers × pulse weight; a lost sample costs resolution, never energy."),
            c.Of("Heure complète : la moitié des pas ; jour et mois : 90 % ; année : au plus 37 jours manquants (CalTRACK 2.0) ; saison de confort : 80 % des heures.",
                "Complete hour: half of the steps; day and month: 90 %; year: at most 37 missing days (CalTRACK 2.0); comfort season: 80 % of hours."),
            c.Of("Humidité absolue w : formules ASHRAE (Handbook 2017, ch. 1) à 101 325 Pa, pression pour laquelle les zones de Givoni sont tracées.",
                "Humidity ratio w: ASHRAE formulas (Handbook 2017, ch. 1) at 101,325 Pa, the pressure for which Givoni's zones are drawn."),
            c.Of("Zones de Givoni : aucun texte réglementaire n’en fixe les sommets ; la variante employée est nommée à chaque tableau.",
                "Givoni's zones: no regulatory text fixes their corners; the variant used is named at each table."),
            c.Of("ICT_mes : moyenne de max(0, T − 28 °C) sur les heures valides ; ce n’est pas l’ICT réglementaire.",
                "ICT_mes: mean of max(0, T − 28 °C) over the valid hours; it is not the regulatory ICT."),
            c.Of("Économie : modèle de la référence appliqué au climat de la période de suivi, moins la mesure (IPMVP) ; intervalle de prédiction à 90 % par moindres carrés, élargi pour l’autocorrélation ; un modèle par genre de jour (ouvré, samedi, dimanche et férié) où le R² ajusté y gagne 0,02.",
                "Savings: model of the baseline under the weather of the follow-up period, minus the measurement (IPMVP); 90 % least-squares prediction interval, widened for autocorrelation; one model a kind of day (working, Saturday, Sunday with holidays) where the adjusted R² gains 0.02."),
            c.Of("Verdicts : atteint si tout l’intervalle respecte l’objectif ; compatible si une partie seulement ; non atteint sinon ; non concluant si les données sont incomplètes ou l’incertitude dépasse l’économie.",
                "Verdicts: met where the whole interval keeps the target; compatible where only a part does; otherwise not met; inconclusive where data are incomplete or the uncertainty exceeds the savings."),
        ]),
    ], newPage: true);

    public static void WriteInvoices(Composition c)
    {
        if (c.Model.Invoices.Count == 0)
        {
            c.Section("C", c.Of("Factures", "Invoices"), [new MissingBlock(c.Of("Aucune facture enregistrée.", "No invoice on record."))]);
            return;
        }

        c.Section("C", c.Of("Factures", "Invoices"),
        [
            c.Table("invoices", c.Of("Factures et compteurs", "Invoices and meters"),
                [
                    new("PDL"), new(c.Of("Du", "From")), new(c.Of("Au (exclu)", "To (excluded)")), new(c.Of("Facturé", "Billed"), "kWh"), new(c.Of("Montant TTC", "Amount with taxes"), "€"),
                    new(c.Of("Estimée", "Estimated")), new(c.Of("Compteurs", "Meters"), "kWh"), new(c.Of("Écart", "Deviation"), "%"),
                ],
                [.. c.Model.Invoices.Select(i => (IReadOnlyList<NoteCell>)
                [
                    NoteCell.Of(i.Invoice.Pdl), NoteCell.Of(Composition.IsoDay(i.Invoice.Start)), NoteCell.Of(Composition.IsoDay(i.Invoice.End)), NoteCell.Of(i.Invoice.Kwh, 0),
                    NoteCell.Of(i.Invoice.EurTtc, 2), NoteCell.Of(i.Invoice.Estimated ? c.Of("oui", "yes") : c.Of("non", "no")), NoteCell.Of(i.MeteredKwh, 1), NoteCell.Of(i.DeviationPercent, 1),
                ])],
                c.Of("dossier du bâtiment ; compteurs du périmètre", "dossier of the building; meters of the boundary")),
        ]);
    }

    public static void WriteDictionary(Composition c) => c.Section("D", c.Of("Dictionnaire de l’export", "Dictionary of the export"),
    [
        new ParagraphBlock(c.Of(
            "Le paquet de données (metering export --what package) est un Frictionless Data Package : chaque colonne y porte son nom, son unité et sa description dans datapackage.json. Dates ISO 8601 UTC avec « Z », virgule entre colonnes, point décimal, absence = vide. Les drapeaux :",
            "The data package (metering export --what package) is a Frictionless Data Package: datapackage.json gives name, unit and description of each column. Dates are ISO 8601 UTC with “Z”, comma between columns, decimal point, missing is empty. The flags:")),
        c.Table("flag-codes", c.Of("Codes des drapeaux", "Flag codes"), [new(c.Of("Code", "Code")), new(c.Of("Sens", "Meaning"))],
            [.. Words.FlagCodes.Select(f => (IReadOnlyList<NoteCell>)[NoteCell.Of(f.Code), NoteCell.Of(Words.FlagMeaning(f.Flag, c.Language))])],
            c.Of("règles de qualité du projet", "quality rules of the project")),
    ]);

    public static void WritePersonalData(Composition c) => c.Section("E", c.Of("Données personnelles", "Personal data"),
    [
        new ParagraphBlock(Protection(c)),
        new ParagraphBlock(c.Of(
            "Les mesures à pas court d’un logement peuvent révéler la vie de ses occupants. Cette note ne publie que des sommes et des répartitions par pièce ou par usage ; l’export remplace les identifiants des logements par des pseudonymes et ne publie de valeur de logement que par groupes d’au moins trois. Les occupants sont informés avec la charte de bon usage ; ils peuvent s’adresser au maître d’ouvrage pour l’accès, la rectification et l’effacement.",
            "Short-step readings of a dwelling can reveal how people live. This note publishes sums and distributions by room or use only; the export replaces dwelling ids by pseudonyms and publishes dwelling values in groups of at least three only. Occupants are informed with the charter of good use; they may turn to the owner for access, correction and erasure.")),
    ]);

    private static string Protection(Composition c)
    {
        var p = c.Dossier.DataProtection;
        return c.Of("Information des occupants : ", "Occupants informed: ") + (p?.InformedOn is { } day ? c.Numbers.Day(day) : c.Of("date non enregistrée", "date not on record"))
            + c.Of(". Conservation des mesures à pas court : ", ". Short-step readings kept: ")
            + (p?.RetentionMonths is { } months ? c.Numbers.Number(months) + c.Of(" mois", " months") : c.Of("durée non enregistrée", "period not on record"))
            + c.Of(". Contact : ", ". Contact: ") + (p?.Contact is { Length: > 0 } contact ? contact : c.Model.Building.Owner ?? c.Of("maître d’ouvrage", "the owner"))
            + c.Of(". Consentement à la publication des séries : ", ". Consent to the publication of series: ") + (c.Dossier.PublicationConsent ? c.Of("enregistré.", "on record.") : c.Of("non enregistré.", "not on record."));
    }
}
