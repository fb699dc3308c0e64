using Metering.Core.Notes.Document;

namespace Metering.Collector.Notes;

/// <summary>A sentence of a note.</summary>
/// <param name="Section">Number of its section; empty for the cover.</param>
/// <param name="Text">The words, with the numbers in them.</param>
internal readonly record struct NoteText(string Section, string Text);

/// <summary>
/// Everything that a note says outside of the cells of its tables, in reading order: numbers that are printed in a sentence are
/// found again in the workbook and in the data package too.
/// </summary>
internal static class NoteTexts
{
    public static IEnumerable<NoteText> Of(NoteDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Cover(document).Select(t => new NoteText("", t))
            .Concat(document.Sections.SelectMany(s => new[] { s.Title }.Concat(s.Blocks.SelectMany(b => Block(b, document))).Select(t => new NoteText(s.Number, t))))
            .Append(new NoteText("", document.Footer)).Where(t => t.Text.Length > 0);
    }

    private static IEnumerable<string> Cover(NoteDocument document) =>
        [document.Title, document.Subtitle, document.Mark, .. document.Cover.Select(l => l.Text), .. document.Mentions];

    private static IEnumerable<string> Block(NoteBlock block, NoteDocument document) => block switch
    {
        ParagraphBlock paragraph => [paragraph.Text],
        ListBlock list => list.Items,
        MissingBlock missing => [missing.Text],
        BoxBlock box => [box.Title, .. box.Lines],
        TilesBlock tiles => tiles.Tiles.SelectMany(t => new[] { t.Name, t.Remark, t.Target, t.Verdict }),
        TableBlock { Table: var table } => [table.Caption, .. table.Remarks, table.Source],
        FigureBlock { Figure: var figure } => Figure(figure, document),
        SmallFiguresBlock group => group.Figures.SelectMany(f => Figure(f, document)),
        _ => throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, "Unknown block."),
    };

    private static IEnumerable<string> Figure(NoteFigure figure, NoteDocument document) =>
        [figure.Caption, HtmlNoteWriter.FactsText(figure.Facts, document.Language), figure.Description];
}
