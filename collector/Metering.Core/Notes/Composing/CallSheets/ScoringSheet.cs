using Metering.Core.Notes.Document;
using Metering.Core.Obligations;

namespace Metering.Core.Notes.Composing.CallSheets;

/// <summary>The score that the call computes, as written, with its warning.</summary>
internal static class ScoringSheet
{
    public static IReadOnlyList<NoteBlock> Blocks(Composition c, CallRules call)
    {
        if (c.Dossier.Offers.Count == 0 || call.Scoring is null)
        {
            return
            [
                new MissingBlock(c.Of("Aucune offre enregistrée : rubrique « offers » du dossier (surcoûts, études, SHON, ICT'/ICT'réf, BBIO'/BBIO'réf ou % d’économie).",
                    "No offer on record: item “offers” of the dossier (extra costs, studies, SHON, ICT'/ICT'ref, BBIO'/BBIO'ref or % savings).")),
            ];
        }

        IReadOnlyList<OfferScore> scores;
        try
        {
            scores = GuadeloupeScoring.Score(call, c.Dossier.Offers);
        }
        catch (ArgumentException e)
        {
            return [new MissingBlock(c.Of("Cotation non calculée, une offre est incomplète : ", "No score, an offer is incomplete: ") + e.Message)];
        }

        var blocks = new List<NoteBlock>
        {
            c.Table("scoring", c.Of("Cotation Qmde des offres", "Score Qmde of the offers"),
                [
                    new(c.Of("Offre", "Offer")), new(c.Of("Catégorie", "Category")), new(c.Of("Surcoûts", "Extra costs"), "€"), new(c.Of("Études", "Studies"), "€"), new("SHON", "m²"),
                    new("ICT'/ICT'réf"), new("BBIO'/BBIO'réf"), new(c.Of("Économie", "Savings"), "%"), new("Q", "€/m²"), new(c.Of("Q, second critère", "Q, second criterion"), "€/m²"), new("Qmde", "points"),
                ],
                [.. scores.Select(s => (IReadOnlyList<NoteCell>)
                [
                    NoteCell.Of(s.Offer.Id), NoteCell.Of(call.Categories.FirstOrDefault(k => k.Key == s.Offer.Category)?.Title.In(c.Language) ?? s.Offer.Category),
                    NoteCell.Of(s.Offer.ExtraCostEur, 0), NoteCell.Of(s.Offer.StudyCostEur, 0), NoteCell.Of(s.Offer.FloorAreaM2, 0), NoteCell.Of(s.Offer.IctRatio, 2), NoteCell.Of(s.Offer.BbioRatio, 2),
                    NoteCell.Of(s.Offer.SavingsPct, 1), NoteCell.Of(s.Q, 4), NoteCell.Of(s.SecondQ, 4), NoteCell.Of(s.Qmde, 3),
                ])],
                call.Source + c.Of(" ; offres du dossier", "; offers of the dossier"),
                c.Of("Q = (surcoûts + études) / SHON × ratio ; Qmde = ", "Q = (extra costs + studies) / SHON × ratio; Qmde = ") + c.Numbers.Number(call.Scoring.Points, Composition.Decimals(call.Scoring.Points))
                    + c.Of(" × Qmin / Q parmi les offres d’une même catégorie : une offre seule obtient toujours le maximum.", " × Qmin / Q among the offers of one category: an offer alone always gets the maximum.")),
        };
        blocks.AddRange(scores.SelectMany(s => s.Warnings).Distinct().Select(w => (NoteBlock)new BoxBlock(w.Clause, [w.Text.In(c.Language)], BoxTone.Warning)));
        return blocks;
    }
}
