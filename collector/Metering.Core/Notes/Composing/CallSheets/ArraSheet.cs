using Metering.Core.Notes.Document;

namespace Metering.Core.Notes.Composing.CallSheets;

/// <summary>The four posts before the works and in the two years after, as the observatory asks for them.</summary>
internal static class ArraSheet
{
    public static IReadOnlyList<NoteBlock> Blocks(Composition c)
    {
        var rows = ArraLevel3.Of(c.Model);
        if (rows.Count == 0)
        {
            return
            [
                new MissingBlock(c.Of("Sans réception des travaux ni compteur, le tableau est vide. Avant travaux, des factures suffisent (rubrique « invoices » du dossier, avec « post »).",
                    "Without a reception of the works or a meter the table is empty. Before the works invoices will do (item “invoices” of the dossier, with “post”).")),
            ];
        }

        var blocks = new List<NoteBlock>
        {
            c.Table("arra", c.Of("Consommation par poste, avant et après travaux", "Consumption by post, before and after the works"),
                [
                    new(c.Of("Poste", "Post")), new(c.Of("Période", "Period")), new(c.Of("Du", "From")), new(c.Of("Au (exclu)", "To (excluded)")), new(c.Of("Énergie finale", "Final energy"), "kWh"),
                    new(c.Of("Jours", "Days")), new(c.Of("Origine", "Origin")),
                ],
                [.. rows.Select(r => (IReadOnlyList<NoteCell>)
                [
                    NoteCell.Of(Post(c, r.Post)), NoteCell.Of(Period(c, r.Period)), NoteCell.Of(Composition.IsoDay(r.From)), NoteCell.Of(Composition.IsoDay(r.To)),
                    NoteCell.Of(r.Kwh, 0, r.Days - r.DaysComplete > Energy.CompletenessRules.MissingDaysOfYear), NoteCell.Of(r.DaysComplete),
                    NoteCell.Of(r.Source == ArraSource.Meters ? c.Of("compteurs", "meters") : c.Of("factures", "invoices")),
                ])],
                c.Of("compteurs ; avant travaux, factures où aucun compteur n’était posé", "meters; before the works, invoices where no meter was fitted"),
                c.Of("Électricité des logements et électricité des parties communes sont données toutes deux. Un comptage général n’est pas additionné aux circuits qu’il contient.",
                    "Electricity of the dwellings and of the common parts are both given. A main meter is not added to the circuits that it contains.")),
        };
        var missing = ArraLevel3.Posts.Where(p => rows.All(r => r.Post != p)).Select(p => Post(c, p)).ToList();
        if (missing.Count > 0)
        {
            blocks.Add(new MissingBlock(c.Of("Postes sans compteur ni facture : ", "Posts without a meter or an invoice: ") + string.Join(", ", missing) + "."));
        }

        return blocks;
    }

    private static string Post(Composition c, string post) => post switch
    {
        "heating" => c.Of("chauffage", "heating"),
        "electricity" => c.Of("électricité", "electricity"),
        "common-parts" => c.Of("électricité des parties communes", "electricity of the common parts"),
        _ => c.Of("eau chaude", "hot water"),
    };

    private static string Period(Composition c, string period) => period switch
    {
        "before" => c.Of("avant", "before"),
        "year1" => c.Of("année 1", "year 1"),
        _ => c.Of("année 2", "year 2"),
    };
}
