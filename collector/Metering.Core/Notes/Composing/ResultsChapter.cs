using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;

namespace Metering.Core.Notes.Composing;

/// <summary>Chapter 8: every initial target beside what was calculated and what was measured, never in one column.</summary>
internal static class ResultsChapter
{
    public static void Write(Composition c)
    {
        var title = c.Of("Résultats par rapport aux objectifs initiaux", "Results against the initial targets");
        if (c.Dossier.Targets.Count == 0)
        {
            c.Section("8", title, [new MissingBlock(c.Of("Aucun objectif enregistré (rubrique « targets » du dossier) : rien à quoi comparer.",
                "No target on record (item “targets” of the dossier): nothing to compare with.")), .. c.Narrative("results")]);
            return;
        }

        var rows = c.Dossier.Targets.Select(t => (IReadOnlyList<NoteCell>)Row(c, t)).ToList();
        c.Section("8", title,
        [
            c.Table("results", c.Of("Exigences et résultats", "Requirements and results"),
                [
                    new(c.Of("Exigence", "Requirement")), new(c.Of("Seuil", "Threshold")), new(c.Of("Valeur réglementaire calculée", "Calculated regulatory value")),
                    new(c.Of("Valeur mesurée", "Measured value")), new("± 90 %"), new(c.Of("Unité", "Unit")), new(c.Of("Verdict", "Verdict")), new(c.Of("Texte", "Text")),
                ], rows, c.Of("chapitres 3 à 5 ; valeurs réglementaires importées", "chapters 3 to 5; imported regulatory values"),
                c.Of("Une exigence de calcul est jugée sur la valeur calculée, une exigence de résultat sur la valeur mesurée.",
                    "A requirement on a calculation is judged by the calculated value, a requirement on a result by the measured one.")),
            .. c.Narrative("results"),
        ]);
    }

    private static List<NoteCell> Row(Composition c, NoteTarget target)
    {
        var i = c.Indicators;
        var indicator = target.Key switch
        {
            NoteTarget.Savings => i.SavingsPercent,
            NoteTarget.Consumption => i.ConsumptionKwhM2,
            NoteTarget.Comfort => i.OutsidePercent,
            NoteTarget.Cost when !i.IsCostOfBuilding => i.CostEur,
            NoteTarget.BuildingCost when i.IsCostOfBuilding => i.CostEur,
            _ => null,
        };
        var decimals = Math.Max(1, Composition.Decimals(target.Value));
        NoteCell calculated = NoteCell.Missing, measured = NoteCell.Missing, half = NoteCell.Missing;
        Savings.TargetVerdict? verdict;
        if (indicator is not null)
        {
            measured = NoteCell.Of(indicator.Value, decimals, !indicator.Complete);
            half = indicator.Value is null || indicator.HalfWidth == 0 ? NoteCell.Missing : NoteCell.Of(indicator.HalfWidth, decimals);
            verdict = indicator.Verdict;
        }
        else
        {
            var value = c.Dossier.RegulatoryValues.LastOrDefault(v => v.Kind == target.Key && v.Phase == "after")?.Value;
            calculated = NoteCell.Of(value, Math.Max(decimals, 2));
            verdict = value is { } x ? Indicators.Verdict(x, 0, target, true) : Savings.TargetVerdict.Inconclusive;
        }

        return
        [
            NoteCell.Of(target.Name.In(c.Language)), NoteCell.Of((target.AtLeast ? "≥\u00a0" : "≤\u00a0") + c.Numbers.Number(target.Value, Composition.Decimals(target.Value))),
            calculated, measured, half, NoteCell.Of(target.Unit), NoteCell.Of(c.Verdict(verdict)), NoteCell.Of(target.Source),
        ];
    }
}
