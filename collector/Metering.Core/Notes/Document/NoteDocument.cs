using Metering.Core.Languages;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Document;

/// <summary>
/// A note in one language, ready to be written in any format: the words are chosen, the numbers still numbers. Two writers
/// of one document cannot disagree on a figure.
/// </summary>
public sealed record NoteDocument
{
    public required Language Language { get; init; }
    public required string Title { get; init; }
    public required string Subtitle { get; init; }

    /// <summary>Printed on every page: that data are simulated, or whose data these are; empty for an ordinary building.</summary>
    public required string Mark { get; init; }

    /// <summary>Funders and mentions that a call asks for on every document.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    /// <summary>The mentions as one line for the foot of every page, cut where it would not fit; empty without mentions.</summary>
    public string MentionLine => string.Join(" · ", Mentions) is var all && all.Length > MentionLineMax ? all[..MentionLineMax].TrimEnd() + "…" : all;

    /// <summary>Characters that fit below a page.</summary>
    private const int MentionLineMax = 150;

    /// <summary>Photograph of the building and logos of the funders, printed on the cover.</summary>
    public IReadOnlyList<NoteImage> Images { get; init; } = [];

    /// <summary>Short lines of the cover.</summary>
    public required IReadOnlyList<CoverLine> Cover { get; init; }

    public required IReadOnlyList<NoteSection> Sections { get; init; }

    /// <summary>Has to fit on one page of A4 (<see cref="Document.OnePage"/>).</summary>
    public bool OnePage { get; init; }

    /// <summary>One line at the foot: version, hash of data and settings.</summary>
    public required string Footer { get; init; }

    public IEnumerable<NoteTable> Tables() => Sections.SelectMany(s => s.Blocks).OfType<TableBlock>().Select(b => b.Table);

    public IEnumerable<NoteFigure> Figures() => Sections.SelectMany(s => s.Blocks).SelectMany(b => b switch
    {
        FigureBlock one => [one.Figure],
        SmallFiguresBlock group => group.Figures,
        _ => Enumerable.Empty<NoteFigure>(),
    });

    public IEnumerable<NoteTile> Tiles() => Sections.SelectMany(s => s.Blocks).OfType<TilesBlock>().SelectMany(b => b.Tiles);
}

public sealed record CoverLine(string Name, string Text);

/// <param name="Number">"3", "3.1", "A"; empty for none.</param>
/// <param name="Level">1 for a chapter, 2 for a section.</param>
/// <param name="Title">Heading.</param>
/// <param name="Blocks">Content in reading order.</param>
/// <param name="NewPage">Begins a page when printed.</param>
public sealed record NoteSection(string Number, int Level, string Title, IReadOnlyList<NoteBlock> Blocks, bool NewPage = false)
{
    /// <summary>Id in the page.</summary>
    public string Id => "s" + Number.Replace('.', '-');
}
