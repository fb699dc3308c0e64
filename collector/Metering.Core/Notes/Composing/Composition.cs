using Metering.Core.Languages;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Composing;

/// <summary>
/// What the chapters of one note share while it is written: language, numbers, and the running numbers of tables and figures.
/// </summary>
internal sealed class Composition(NoteModel model, Language language)
{
    private readonly List<NoteSection> _sections = [];
    private int _tables;
    private int _figures;

    public NoteModel Model { get; } = model;

    public Language Language { get; } = language;

    public NoteNumbers Numbers { get; } = new(language);

    public IReadOnlyList<NoteSection> Sections => _sections;

    public string Of(string french, string english) => Language.Of(french, english);

    public void Section(string number, string title, IReadOnlyList<NoteBlock> blocks, bool newPage = false) =>
        _sections.Add(new NoteSection(number, number.Contains('.', StringComparison.Ordinal) ? 2 : 1, title, blocks, newPage));

    public TableBlock Table(
        string key, string caption, IReadOnlyList<NoteColumn> columns, IReadOnlyList<IReadOnlyList<NoteCell>> rows, string source, params string[] remarks) =>
        new(new NoteTable(++_tables, key, caption, columns, rows, source, remarks));

    public FigureBlock Figure(string key, string caption, FigureFacts facts, Drawing drawing, string description) =>
        new(new NoteFigure(++_figures, key, caption, facts, drawing, description));

    public string PeriodText(NotePeriod period)
    {
        var first = DateOnly.FromDateTime(period.From.DateTime);
        var last = DateOnly.FromDateTime(period.To.AddTicks(-1).DateTime);
        return Of("du ", "from ") + Numbers.Day(first) + Of(" au ", " to ") + Numbers.Day(last);
    }

    public string Percent(double percent) => percent >= 100 ? Numbers.Percent(100, 0) : Numbers.Percent(Math.Floor(percent * 10) / 10, 1);
}
