using Metering.Core.Notes.Document;

namespace Metering.Core.Notes.Composing.CallSheets;

/// <summary>Who received the charter of good use, in which version, when, and whether the receipt is signed.</summary>
internal static class CharterSheet
{
    public static IReadOnlyList<NoteBlock> Blocks(Composition c)
    {
        var charters = c.Dossier.Charters;
        if (charters.Count == 0)
        {
            return
            [
                new MissingBlock(c.Of("Aucune remise de la charte de bon usage enregistrée : rubrique « charters » du dossier (lot, version, date, signature).",
                    "No charter of good use handed over on record: item “charters” of the dossier (lot, version, date, signature).")),
            ];
        }

        return
        [
            c.Table("charters", c.Of("Chartes de bon usage remises, n = ", "Charters of good use handed over, n = ") + c.Numbers.Number(charters.Count),
                [new(c.Of("Lot", "Lot")), new("Version"), new(c.Of("Remise le", "Handed over on")), new(c.Of("Récépissé signé", "Receipt signed"))],
                [.. charters.OrderBy(r => r.Date).ThenBy(r => r.Recipient, StringComparer.Ordinal).Select(r => (IReadOnlyList<NoteCell>)
                [
                    NoteCell.Of(r.Recipient), NoteCell.Of(r.Version), NoteCell.Of(Composition.IsoDay(r.Date)), NoteCell.Of(r.Signed ? c.Of("oui", "yes") : c.Of("non", "no")),
                ])],
                c.Of("dossier du bâtiment", "dossier of the building"),
                c.Of("Récépissés signés : ", "Receipts signed: ") + c.Numbers.Number(charters.Count(r => r.Signed)) + c.Of(" sur ", " of ") + c.Numbers.Number(charters.Count) + "."),
        ];
    }
}
