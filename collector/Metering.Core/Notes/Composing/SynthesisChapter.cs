using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;
using Metering.Core.Savings;

namespace Metering.Core.Notes.Composing;

/// <summary>The page an elected official reads: four figures, each with its target and verdict.</summary>
internal static class SynthesisChapter
{
    public static void Write(Composition c)
    {
        var i = c.Indicators;
        var blocks = new List<NoteBlock> { new TilesBlock([Consumption(c, i), Savings(c, i), Comfort(c, i), Cost(c, i)]) };
        if (Gaps(c, i) is { Count: > 0 } gaps)
        {
            blocks.Add(new ListBlock(gaps));
        }

        blocks.AddRange(c.Narrative("synthesis"));
        blocks.Add(Actions(c));
        blocks.Add(ProvenanceAnnex.CustodyBox(c));
        c.Section("0", c.Of("Synthèse", "Summary"), blocks);
    }

    /// <summary>One sentence a target: how far the measured value lies from it, and what follows.</summary>
    private static List<string> Gaps(Composition c, Indicators i)
    {
        var gaps = new List<string>();
        foreach (var indicator in new[] { i.ConsumptionKwhM2, i.SavingsPercent, i.OutsidePercent, i.CostEur })
        {
            if (indicator is not { Value: { } value, Target: { } target })
            {
                continue;
            }

            var decimals = Math.Max(1, Composition.Decimals(target.Value));
            var ahead = target.AtLeast ? value - target.Value : target.Value - value;
            gaps.Add(target.Name.In(c.Language) + c.Of(" : ", ": ") + c.Numbers.Quantity(value, decimals, target.Unit) + c.Of(" pour un objectif ", " against a target ") + c.TargetSense(target)
                + ", " + c.Numbers.Quantity(Math.Abs(ahead), decimals, target.Unit) + (ahead >= 0 ? c.Of(" mieux", " better") : c.Of(" moins bien", " worse"))
                + c.Of(" ; verdict : ", "; verdict: ") + c.Verdict(indicator.Verdict) + ".");
        }

        return gaps;
    }

    /// <summary>The first actions of the lessons, on the page that is read.</summary>
    private static NoteBlock Actions(Composition c)
    {
        var actions = c.Dossier.NarrativeOf("lessons").Where(p => p.StartsWith("- ", StringComparison.Ordinal)).Take(ActionsMax).Select(p => p[2..]).ToList();
        return actions.Count > 0
            ? new BoxBlock(c.Of("Actions à mener", "Actions to take"), actions)
            : new MissingBlock(c.Of("Actions à mener : les trois premières lignes à tiret du chapitre « lessons » du texte du dossier s’impriment ici.",
                "Actions to take: the first three lines with a hyphen of chapter “lessons” of the dossier's text are printed here."));
    }

    private const int ActionsMax = 3;

    private static NoteTile Consumption(Composition c, Indicators i)
    {
        if (i.ConsumptionKwhM2.Value is { } value)
        {
            return Tile(c, i.ConsumptionKwhM2, c.Of("Consommation après travaux", "Consumption after the works"), value, 0, c.Of("kWh/m²/an", "kWh/m²/yr"),
                c.Of("énergie finale, année ", "final energy, year ") + c.Numbers.Number(i.ReferenceYear));
        }

        // No year to relate to: the energy of the period, which claims nothing else.
        var m = c.Model;
        var total = m.Consumption.Any(p => p.EnergyKwh.HasValue) ? FollowUpBuilder.Boundary(m.Consumption).Sum(p => p.EnergyKwh ?? 0) : (decimal?)null;
        return new NoteTile(
            c.Of("Électricité mesurée", "Electricity measured"), NoteCell.Of(total, 2), "kWh",
            c.Of("énergie finale, ", "final energy, ") + c.Numbers.Number(m.Consumption.Count) + c.Of(" compteurs, ", " meters, ")
            + c.Numbers.Number(m.Period.Days, 0) + c.Of(" jours", " days"),
            TargetText(c, i.ConsumptionKwhM2.Target), c.Verdict(i.ConsumptionKwhM2.Verdict), Composition.Tone(i.ConsumptionKwhM2.Verdict));
    }

    private static NoteTile Savings(Composition c, Indicators i)
    {
        var name = c.Model.FollowUp?.Savings is { Models.IsWeatherCorrected: false }
            ? c.Of("Économie, sans correction climatique", "Savings, not climate-corrected")
            : c.Of("Économie corrigée du climat", "Climate-corrected savings");
        return i.SavingsPercent.Value is { } value
            ? Tile(c, i.SavingsPercent, name, value, 1, "%", "± " + c.Numbers.Percent(i.SavingsPercent.HalfWidth, 1) + c.Of(" (intervalle à 90 %)", " (90 % interval)"))
            : new NoteTile(name, NoteCell.Missing, "%", SavingsChapter.Why(c), TargetText(c, i.SavingsPercent.Target),
                c.Verdict(i.SavingsPercent.Verdict), Composition.Tone(i.SavingsPercent.Verdict));
    }

    private static NoteTile Comfort(Composition c, Indicators i)
    {
        var name = c.Of("Air hors zones de confort", "Air outside the comfort zones");
        var valid = c.Model.Rooms.Sum(r => (long)r.HoursValid);
        return i.OutsidePercent.Value is { } value
            ? Tile(c, i.OutsidePercent, name, value, 1, c.Of("% des heures", "% of hours"),
                "± " + c.Numbers.Number(i.OutsidePercent.HalfWidth, 1) + c.Of(" (sondes), ", " (sensors), ") + c.Numbers.Number(valid) + c.Of(" heures valides, ", " valid hours, ") + c.Numbers.Number(c.Model.Rooms.Count) + c.Of(" pièces", " rooms"))
            : new NoteTile(name, NoteCell.Missing, "%", c.Of("aucune sonde intérieure", "no indoor sensor"), TargetText(c, i.OutsidePercent.Target),
                c.Verdict(i.OutsidePercent.Verdict), Composition.Tone(i.OutsidePercent.Verdict));
    }

    private static NoteTile Cost(Composition c, Indicators i)
    {
        var name = i.IsCostOfBuilding ? c.Of("Coût annuel de l’énergie mesurée", "Yearly cost of the metered energy") : c.Of("Coût annuel par logement", "Yearly cost of a dwelling");
        var price = Indicators.Price(c.Model.Dossier);
        return i.CostEur.Value is { } value && price is not null
            ? Tile(c, i.CostEur, name, value, 0, "€", c.Numbers.Number(price.Value, 4) + NoBreak + price.Unit + ", " + price.Source)
            : new NoteTile(name, NoteCell.Missing, "€",
                price is null ? c.Of("aucun prix enregistré", "no price on record")
                    : i.IsCostOfBuilding || c.Model.Building.Dwellings is > 0 ? c.Of("aucune année complète après réception", "no complete year after reception")
                    : c.Of("nombre de logements inconnu", "number of dwellings unknown"),
                TargetText(c, i.CostEur.Target), c.Verdict(i.CostEur.Verdict), Composition.Tone(i.CostEur.Verdict));
    }

    private const string NoBreak = "\u00a0";

    private static NoteTile Tile(Composition c, Indicator indicator, string name, double value, int decimals, string unit, string remark) =>
        new(name, NoteCell.Of(value, decimals, !indicator.Complete), unit,
            indicator.Complete ? remark : remark + c.Of(" ; données incomplètes", "; incomplete data"),
            TargetText(c, indicator.Target), c.Verdict(indicator.Verdict), Composition.Tone(indicator.Verdict));

    internal static string TargetText(Composition c, NoteTarget? target) => target is null
        ? c.Of("aucun objectif enregistré", "no target on record")
        : c.Of("objectif : ", "target: ") + c.TargetSense(target) + " (" + target.Source + ")";
}
