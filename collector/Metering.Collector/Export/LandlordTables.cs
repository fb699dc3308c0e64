using Metering.Core.Notes;
using Metering.Core.Notes.Model;
using Metering.Core.Obligations;

namespace Metering.Collector.Export;

/// <summary>Tables that landlords hand in: ARRA HLM level 3 (CAPI call, C and E) and the FNAP follow-up row.</summary>
internal static class LandlordTables
{
    public static PackageTable Arra { get; } = new("arra_niveau3", false, ["building_id", "poste", "periode"],
    [
        new("building_id", "string", "Immeuble"), new("poste", "string", "chauffage, electricite, electricite_parties_communes, eau_chaude"),
        new("periode", "string", "avant, annee1, annee2"), new("du", "date", "Premier jour"), new("au_exclu", "date", "Fin, exclue"), new("kwh", "number", "Énergie finale mesurée", "KiloW-HR"),
        new("jours_complets", "integer", "Jours complets", "DAY"), new("completude_pct", "number", "Jours complets sur jours de la période", "PERCENT"),
        new("origine", "string", "compteurs, ou factures où aucun compteur n'était posé avant travaux"),
    ], "Un poste d'un immeuble et d'une année");

    public static PackageTable Fnap { get; } = new("fnap", false, ["operation_id"],
    [
        new("operation_id", "string", "Opération"), new("bailleur", "string", "1. Bailleur"), new("nb_logements_avant", "integer", "2. Logements avant"), new("nb_logements_apres", "integer", "3. Logements après"),
        new("surface_habitable_apres_m2", "number", "4. Surface habitable après", "M2"), new("prix_de_revient_eur", "number", "5. Prix de revient", "CCY_EUR"), new("aide_etat_eur", "number", "6. Aide de l'État", "CCY_EUR"),
        new("dpe_avant", "string", "7. Étiquette avant"), new("cep_avant_kwhep_m2_an", "number", "7. Cep avant"), new("date_dpe", "date", "8. Date du DPE avant"), new("dpe_apres", "string", "9. Étiquette après"),
        new("cep_apres_kwhep_m2_an", "number", "9. Cep après"), new("gain_pct", "number", "10. Gain conventionnel", "PERCENT"), new("ges_avant", "number", "11. GES avant, kgCO2/m²/an"), new("ges_apres", "number", "11. GES après, kgCO2/m²/an"),
        new("localisation", "string", "12. hors QPV, QPV, QPV-PRIN, QPV-PRIR"), new("classe_c_atteinte", "boolean", "Au minimum la classe C après travaux"), new("ges_non_degrades", "boolean", "GES après ≤ GES avant"),
        new("exclusion", "string", "Pourquoi le FNAP ne s'applique pas, ou vide"), new("date_dpe_apres", "date", "Date du DPE qui atteste la classe après travaux"),
        new("conso_mesuree_ef_kwh", "number", "Mesurée, hors DPE : énergie finale de l'année de référence", "KiloW-HR"),
        new("conso_mesuree_ep_kwh", "number", "Mesurée, hors DPE : énergie primaire", "KiloW-HR"),
    ], "Une opération");

    public static PackageTable Invoices { get; } = new("factures", false, ["building_id", "pdl", "du"],
    [
        new("building_id", "string", "Bâtiment"), new("pdl", "string", "Point de livraison"), new("du", "date", "Premier jour facturé"), new("au_exclu", "date", "Fin, exclue"),
        new("kwh", "number", "Énergie facturée", "KiloW-HR"), new("eur_ttc", "number", "Montant TTC", "CCY_EUR"), new("estimee", "boolean", "Facturée sur estimation"), new("poste", "string", "Poste ARRA, ou vide"),
        new("kwh_compteurs", "number", "Mesurée sur les mêmes jours, ou vide : un jour manque", "KiloW-HR"), new("ecart_pct", "number", "Compteurs / facture − 1", "PERCENT"),
    ], "Une facture");

    /// <summary>The three years of each post.</summary>
    public static void AddArra(TableSink sink, NoteModel model)
    {
        foreach (var row in ArraLevel3.Of(model))
        {
            sink.Add(
                model.Building.Id, Post(row.Post), row.Period switch { "before" => "avant", "year1" => "annee1", _ => "annee2" }, row.From, row.To, row.Kwh, row.DaysComplete,
                row.Days == 0 ? 0.0 : 100.0 * row.DaysComplete / row.Days, row.Source == ArraSource.Meters ? "compteurs" : "factures");
        }
    }

    /// <summary>
    /// The twelve fields, conventional values only; the metered ones stand apart. A building without the FNAP item of the
    /// dossier has no row.
    /// </summary>
    public static void AddFnap(TableSink sink, NoteModel model)
    {
        if (FnapRows.Of(model) is not { } row)
        {
            return;
        }

        sink.Add(
            model.Building.Id, row.Landlord, row.DwellingsBefore, row.DwellingsAfter, row.LivingAreaAfterM2, row.CostEur, row.StateAidEur,
            row.DpeBefore?.ToString(), row.CepBefore, row.DpeDate, row.DpeAfter?.ToString(), row.CepAfter, row.GainPct, row.GesBefore, row.GesAfter, row.Location,
            ClassReached(model, row), row.GesNotDegraded, row.Overseas ? "opération située dans les DROM" : "", row.DpeAfterDate, row.MeasuredFinalKwh, row.MeasuredPrimaryKwh);
    }

    /// <summary>Invoices as they are, for the funder who asks for them (Guadeloupe call, § 5.2): delivery points in clear.</summary>
    public static void AddInvoices(TableSink sink, NoteModel model)
    {
        foreach (var check in model.Invoices)
        {
            var i = check.Invoice;
            sink.Add(model.Building.Id, i.Pdl, i.Start, i.End, i.Kwh, i.EurTtc, i.Estimated, i.Post, check.MeteredKwh, check.DeviationPercent);
        }
    }

    /// <summary>Whether the class after the works is good enough, by the call's rules; null: no certificate.</summary>
    private static bool? ClassReached(NoteModel model, FnapFollowUp row)
    {
        var call = model.Call is { Key: "fnap" } own ? own : CallRules.Get("fnap");
        var requirement = call.Requirements.FirstOrDefault(r => r.Quantity == "dpe-after");
        return row.DpeAfter is { } letter && requirement?.Threshold is { } threshold ? RequirementCheck.ClassNumber(letter) <= threshold : null;
    }

    private static string Post(string post) => post switch
    {
        "heating" => "chauffage",
        "hot-water" => "eau_chaude",
        "common-parts" => "electricite_parties_communes",
        _ => "electricite",
    };
}
