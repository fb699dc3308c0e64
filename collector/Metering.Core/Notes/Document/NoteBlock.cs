using Metering.Core.Notes.Figures;

namespace Metering.Core.Notes.Document;

/// <summary>A piece of a section, in reading order.</summary>
public abstract record NoteBlock;

public sealed record ParagraphBlock(string Text) : NoteBlock;

public sealed record ListBlock(IReadOnlyList<string> Items) : NoteBlock;

/// <summary>What a section lacks and how to supply it. A missing part is said, never left out in silence.</summary>
public sealed record MissingBlock(string Text) : NoteBlock;

/// <summary>Something a reader must not overlook.</summary>
public sealed record BoxBlock(string Title, IReadOnlyList<string> Lines, BoxTone Tone = BoxTone.Plain) : NoteBlock;

public enum BoxTone
{
    Plain = 0,
    Proof = 1,
    Warning = 2,
}

/// <summary>The large figures of the synthesis page.</summary>
public sealed record TilesBlock(IReadOnlyList<NoteTile> Tiles) : NoteBlock;

/// <param name="Name">What it is.</param>
/// <param name="Figure">The number.</param>
/// <param name="Unit">Unit behind the number.</param>
/// <param name="Remark">Interval, count, period.</param>
/// <param name="Target">The target as a sentence, or that none is set.</param>
/// <param name="Verdict">Name of the verdict.</param>
/// <param name="Tone">How the verdict is marked, beside its words.</param>
public sealed record NoteTile(string Name, NoteCell Figure, string Unit, string Remark, string Target, string Verdict, VerdictTone Tone);

public enum VerdictTone
{
    None = 0,
    Reached = 1,
    Compatible = 2,
    Missed = 3,
    Open = 4,
}

public sealed record TableBlock(NoteTable Table) : NoteBlock;

/// <param name="Number">Number in the note, from 1, without holes.</param>
/// <param name="Key">Stable name: file name of the CSV, sheet of the workbook, id in the page.</param>
/// <param name="Caption">What the table shows.</param>
/// <param name="Columns">Headings with units.</param>
/// <param name="Rows">Cells, one a column.</param>
/// <param name="Source">Where the numbers come from; no table goes without.</param>
/// <param name="Remarks">Reading aids below the table.</param>
public sealed record NoteTable(
    int Number, string Key, string Caption, IReadOnlyList<NoteColumn> Columns, IReadOnlyList<IReadOnlyList<NoteCell>> Rows,
    string Source, IReadOnlyList<string> Remarks);

/// <param name="Heading">Name, without unit.</param>
/// <param name="Unit">Unit, or empty.</param>
public sealed record NoteColumn(string Heading, string Unit = "");

public sealed record FigureBlock(NoteFigure Figure) : NoteBlock;

/// <summary>Figures that are kept small.</summary>
public sealed record SmallFiguresBlock(IReadOnlyList<NoteFigure> Figures) : NoteBlock;

/// <param name="Number">Number in the note, from 1, without holes.</param>
/// <param name="Key">Stable name: id in the page, file name of the image.</param>
/// <param name="Caption">What the figure shows.</param>
/// <param name="Facts">Unit, period, count and completeness, as every figure says.</param>
/// <param name="Drawing">The picture.</param>
/// <param name="Description">The picture in words, for readers who do not see it.</param>
public sealed record NoteFigure(int Number, string Key, string Caption, FigureFacts Facts, Drawing Drawing, string Description);

/// <param name="Unit">Unit of what is drawn.</param>
/// <param name="Period">From when to when.</param>
/// <param name="Count">How many values of what kind.</param>
/// <param name="Completeness">Share of the expected values, percent, as text.</param>
public sealed record FigureFacts(string Unit, string Period, string Count, string Completeness);
