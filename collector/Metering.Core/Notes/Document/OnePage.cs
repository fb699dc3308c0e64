using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Document;

/// <summary>
/// The note on one page of A4: the level reached against what was required, measured (the note of the Guadeloupe call, § 7.1,
/// issued again once there are meters). Synthesis, table of results, months before and after, air of the rooms; taken from the
/// whole note, so that the two cannot disagree.
/// </summary>
public static class OnePage
{
    /// <summary>Rows that fit; more are counted.</summary>
    public const int RowsMax = 10;

    /// <summary>Months before and after; without them, months.</summary>
    private static readonly string[] FigureKeys = ["before-after-bars", "energy-months-bars"];

    public static NoteDocument Of(NoteDocument note)
    {
        ArgumentNullException.ThrowIfNull(note);
        var l = note.Language;
        var synthesis = note.Sections.FirstOrDefault(s => s.Number == "0")?.Blocks ?? [];
        var blocks = new List<NoteBlock>(synthesis.Where(b => b is TilesBlock));
        if (Results(note) is { } table)
        {
            blocks.Add(new TableBlock(table));
        }
        else
        {
            blocks.Add(new MissingBlock(l.Of("Aucune exigence enregistrée : ni objectif (rubrique « targets » du dossier) ni appel.", "No requirement on record: neither a target (item “targets” of the dossier) nor a call.")));
        }

        List<NoteFigure> figures = [.. new[] { FigureKeys.Select(k => note.Figures().FirstOrDefault(f => f.Key == k)).FirstOrDefault(f => f is not null), note.Figures().FirstOrDefault(f => f.Key.StartsWith("humidity", StringComparison.Ordinal)) }
            .OfType<NoteFigure>().Select((f, i) => f with { Number = i + 1 })];
        if (figures.Count > 0)
        {
            blocks.Add(new SmallFiguresBlock(figures));
        }

        blocks.AddRange(synthesis.Where(b => b is BoxBlock { Tone: BoxTone.Plain }));
        return note with
        {
            Title = l.Of("Fiche opération : niveau de performance atteint en regard de l’exigence", "Operation sheet: level of performance reached against the requirement"),
            OnePage = true,
            Sections = [new NoteSection("", 1, l.Of("Valeurs mesurées", "Measured values"), blocks)],
        };
    }

    private static NoteTable? Results(NoteDocument note)
    {
        if (note.Tables().FirstOrDefault(t => t.Key == "results") is { } results)
        {
            return Cut(results);
        }

        // Without targets of one's own: what the call asks, where a value decides.
        return note.Tables().FirstOrDefault(t => t.Key == "call") is { } call
            ? Cut(call with { Rows = [.. call.Rows.Where(r => r[2].IsNumber)], Remarks = [] })
            : null;

        NoteTable Cut(NoteTable table) => table with
        {
            Number = 1,
            Rows = [.. table.Rows.Take(RowsMax)],
            Remarks = table.Rows.Count > RowsMax
                ? [note.Language.Of("Suite dans la note entière, lignes : ", "Continued in the whole note, rows: ") + new NoteNumbers(note.Language).Number(table.Rows.Count)]
                : [],
        };
    }
}
