using Metering.Collector.Notes;
using Metering.Core.Notes;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Registry;

namespace Metering.Collector.Export;

/// <summary>Tables that landlords hand in: ARRA HLM level 3 (CAPI call, C and E) and the FNAP follow-up row.</summary>
internal static class LandlordTables
{
    public static PackageTable Arra { get; } = new("arra_niveau3", false, ["building_id", "poste", "periode"],
    [
        new("building_id", "string", "Immeuble"), new("poste", "string", "chauffage, electricite, electricite_parties_communes, eau_chaude"),
        new("periode", "string", "avant, annee1, annee2"), new("du", "date", "Premier jour"), new("au_exclu", "date", "Fin, exclue"), new("kwh", "number", "Énergie finale mesurée", "KiloW-HR"),
        new("jours_complets", "integer", "Jours complets", "DAY"), new("completude_pct", "number", "Jours complets sur jours de la période", "PERCENT"),
    ], "Un poste d'un immeuble et d'une année");

    public static PackageTable Fnap { get; } = new("fnap", false, ["operation_id"],
    [
        new("operation_id", "string", "Opération"), new("bailleur", "string", "1. Bailleur"), new("nb_logements_avant", "integer", "2. Logements avant"), new("nb_logements_apres", "integer", "3. Logements après"),
        new("surface_habitable_apres_m2", "number", "4. Surface habitable après", "M2"), new("prix_de_revient_eur", "number", "5. Prix de revient", "CCY_EUR"), new("aide_etat_eur", "number", "6. Aide de l'État", "CCY_EUR"),
        new("dpe_avant", "string", "7. Étiquette avant"), new("cep_avant_kwhep_m2_an", "number", "7. Cep avant"), new("date_dpe", "date", "8. Date du DPE"), new("dpe_apres", "string", "9. Étiquette après"),
        new("cep_apres_kwhep_m2_an", "number", "9. Cep après"), new("gain_pct", "number", "10. Gain conventionnel", "PERCENT"), new("ges_avant", "number", "11. GES avant, kgCO2/m²/an"), new("ges_apres", "number", "11. GES après, kgCO2/m²/an"),
        new("localisation", "string", "12. hors QPV, QPV, QPV-PRIN, QPV-PRIR"), new("classe_c_atteinte", "boolean", "Au minimum la classe C après travaux"), new("ges_non_degrades", "boolean", "GES après ≤ GES avant"),
        new("exclusion", "string", "Pourquoi le FNAP ne s'applique pas, ou vide"), new("conso_mesuree_ef_kwh", "number", "Mesurée, hors DPE : énergie finale de l'année de référence", "KiloW-HR"),
        new("conso_mesuree_ep_kwh", "number", "Mesurée, hors DPE : énergie primaire", "KiloW-HR"),
    ], "Une opération");

    /// <summary>The three years of each post.</summary>
    public static void AddArra(TableSink sink, NoteModel model)
    {
        if (model.FollowUp is not { } f)
        {
            return;
        }

        foreach (var post in f.Uses.Where(u => Post(u.Use) is not null).GroupBy(u => Post(u.Use)!).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Add("avant", f.Before, u => u.Before);
            Add("annee1", f.Year1, u => u.Year1);
            Add("annee2", f.Year2, u => u.Year2);

            void Add(string name, NotePeriod period, Func<UseYears, YearTotal> year)
            {
                var totals = post.Select(year).ToList();
                var known = totals.TrueForAll(t => t.EnergyKwh.HasValue);
                var days = totals.Min(t => t.DaysComplete);
                sink.Add(
                    model.Building.Id, post.Key, name, DateOnly.FromDateTime(period.From.DateTime), DateOnly.FromDateTime(period.To.DateTime),
                    known ? totals.Sum(t => t.EnergyKwh!.Value) : null, days, totals[0].Days == 0 ? 0.0 : 100.0 * days / totals[0].Days);
            }
        }
    }

    /// <summary>
    /// The twelve fields, conventional values only; the metered ones stand apart. A building without the FNAP item of the
    /// dossier has no row.
    /// </summary>
    public static void AddFnap(TableSink sink, NoteModel model)
    {
        var dossier = model.Dossier;
        if (dossier.Fnap is not { } sheet)
        {
            return;
        }

        var (dpeBefore, dpeAfter) = (Value(dossier, "DPE", "before"), Value(dossier, "DPE", "after"));
        var (cepBefore, cepAfter) = (Value(dossier, "Cep", "before")?.Value ?? dpeBefore?.Value, Value(dossier, "Cep", "after")?.Value ?? dpeAfter?.Value);
        var (gesBefore, gesAfter) = (Value(dossier, "GES", "before")?.Value, Value(dossier, "GES", "after")?.Value);
        var measured = model.FollowUp is { } f ? Indicators.Consumption(f, model.Building with { FloorAreaM2 = 1 }) : null;
        var pef = Indicators.Factor(dossier, "pef");
        sink.Add(
            model.Building.Id, sheet.Landlord, sheet.DwellingsBefore, sheet.DwellingsAfter, sheet.LivingAreaAfterM2, sheet.CostEur, sheet.StateAidEur,
            dpeBefore?.Label, cepBefore, dpeAfter?.Date ?? dpeBefore?.Date, dpeAfter?.Label, cepAfter, GainPercent(cepBefore, cepAfter), gesBefore, gesAfter, sheet.Location,
            dpeAfter?.Label is { Length: 1 } label ? label[0] is >= 'A' and <= 'C' : null, gesBefore is null || gesAfter is null ? null : gesAfter <= gesBefore,
            Exclusion(model.Site), measured, pef is null ? null : measured * (double)pef.Value);
    }

    /// <summary>100 (before − after)/before, %; null where the value before is not above 0.</summary>
    public static double? GainPercent(double? before, double? after) => before is { } b and > 0 && after is { } a ? 100 * (b - a) / b : null;

    /// <summary>Overseas départements are outside of the FNAP (specification 2023, excluded operations).</summary>
    public static string Exclusion(Site site)
    {
        ArgumentNullException.ThrowIfNull(site);
        return site.TimeZone is "America/Guadeloupe" or "America/Martinique" or "America/Cayenne" or "Indian/Reunion" or "Indian/Mayotte"
            ? "opération située dans les DROM"
            : "";
    }

    private static Core.Notes.Dossier.RegulatoryValue? Value(NoteDossier dossier, string kind, string phase) =>
        dossier.RegulatoryValues.LastOrDefault(v => v.Kind == kind && v.Phase == phase);

    private static string? Post(PointUse use) => use switch
    {
        PointUse.Heating => "chauffage",
        PointUse.HotWater => "eau_chaude",
        PointUse.CommonParts => "electricite_parties_communes",
        PointUse.Total or PointUse.Appliances or PointUse.Lighting or PointUse.Cooling or PointUse.Ventilation => "electricite",
        _ => null,
    };
}
