using Metering.Core.Notes.Document;
using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Composing.CallSheets;

/// <summary>The twelve fields of the FNAP follow-up, and what was measured, apart.</summary>
internal static class FnapSheetBlocks
{
    public static IReadOnlyList<NoteBlock> Blocks(Composition c)
    {
        if (FnapRows.Of(c.Model) is not { } row)
        {
            return [new MissingBlock(c.Of("Rubrique « fnap » du dossier absente : bailleur, logements, surface, prix de revient, aide, localisation.",
                "Item “fnap” of the dossier missing: landlord, dwellings, area, cost, aid, location."))];
        }

        var rows = new List<IReadOnlyList<NoteCell>>();
        Add("1", c.Of("Bailleur", "Landlord"), NoteCell.Of(row.Landlord), "");
        Add("2", c.Of("Logements avant", "Dwellings before"), NoteCell.Of(row.DwellingsBefore), "");
        Add("3", c.Of("Logements après", "Dwellings after"), NoteCell.Of(row.DwellingsAfter), "");
        Add("4", c.Of("Surface habitable après", "Living area after"), NoteCell.Of(row.LivingAreaAfterM2, 1), "m²");
        Add("5", c.Of("Prix de revient", "Cost price"), NoteCell.Of(row.CostEur, 0), "€");
        Add("6", c.Of("Aide de l’État", "State aid"), NoteCell.Of(row.StateAidEur, 0), "€");
        Add("7", c.Of("DPE avant, étiquette", "DPE before, label"), Letter(row.DpeBefore), "");
        Add("7", c.Of("DPE avant, consommation conventionnelle", "DPE before, conventional consumption"), NoteCell.Of(row.CepBefore, 0), "kWhEP/m²/an");
        Add("8", c.Of("Date du DPE avant", "Date of the DPE before"), Day(row.DpeDate), "");
        Add("9", c.Of("DPE après, étiquette", "DPE after, label"), Letter(row.DpeAfter), "");
        Add("9", c.Of("DPE après, consommation conventionnelle", "DPE after, conventional consumption"), NoteCell.Of(row.CepAfter, 0), "kWhEP/m²/an");
        Add("10", c.Of("Gain conventionnel", "Conventional gain"), NoteCell.Of(row.GainPct, 1), "%");
        Add("11", c.Of("GES avant", "Greenhouse gases before"), NoteCell.Of(row.GesBefore, 1), "kgCO₂/m²/an");
        Add("11", c.Of("GES après", "Greenhouse gases after"), NoteCell.Of(row.GesAfter, 1), "kgCO₂/m²/an");
        Add("12", c.Of("Localisation", "Location"), NoteCell.Of(row.Location), "");
        var blocks = new List<NoteBlock>
        {
            c.Table("fnap", c.Of("Les douze rubriques du suivi", "The twelve fields of the follow-up"),
                [new("n°"), new(c.Of("Rubrique", "Field")), new(c.Of("Valeur conventionnelle ou administrative", "Conventional or administrative value")), new(c.Of("Unité", "Unit"))],
                rows, c.Of("dossier du bâtiment ; diagnostics importés", "dossier of the building; imported certificates")),
            c.Table("fnap-measured", c.Of("Mesurée, hors DPE", "Measured, no DPE"),
                [new(c.Of("Grandeur", "Quantity")), new(c.Of("Valeur mesurée", "Measured value")), new(c.Of("Unité", "Unit"))],
                [
                    [NoteCell.Of(c.Of("Énergie finale de l’année de référence", "Final energy of the reference year")), NoteCell.Of(row.MeasuredFinalKwh, 0), NoteCell.Of("kWhEF")],
                    [NoteCell.Of(c.Of("Énergie primaire de l’année de référence", "Primary energy of the reference year")), NoteCell.Of(row.MeasuredPrimaryKwh, 0), NoteCell.Of("kWhEP")],
                ],
                c.Of("compteurs", "meters"),
                c.Of("Une consommation conventionnelle n’est jamais remplacée par un relevé de compteur.", "A conventional consumption is never replaced by a meter reading.")),
        };
        if (row.Overseas)
        {
            blocks.Insert(0, new BoxBlock(c.Of("Opération exclue", "Excluded operation"),
                [c.Of("Le FNAP ne s’applique pas aux opérations situées dans les DROM.", "The FNAP does not apply to operations in the overseas departments.")], BoxTone.Warning));
        }

        return blocks;

        void Add(string n, string name, NoteCell value, string unit) => rows.Add([NoteCell.Of(n), NoteCell.Of(name), value, NoteCell.Of(unit.Length > 0 ? unit : NoteNumbers.Missing)]);
        static NoteCell Letter(char? letter) => letter is { } l ? NoteCell.Of(l.ToString()) : NoteCell.Missing;
        static NoteCell Day(DateOnly? day) => day is { } d ? NoteCell.Of(Composition.IsoDay(d)) : NoteCell.Missing;
    }
}
