using System.Globalization;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Notes;

/// <summary>A note as one HTML file that needs nothing else: style and figures inside, no script, no request. Prints on A4.</summary>
public static class HtmlNoteWriter
{
    public static void Write(NoteModel model, Language language, TextWriter writer) =>
        Write(NoteComposer.Compose(model, language), writer);

    public static void Write(NoteDocument document, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(writer);
        var numbers = new NoteNumbers(document.Language);
        // Line ends are part of the bytes that law 11 fixes.
        writer.NewLine = "\n";
        writer.WriteLine("<!DOCTYPE html>");
        writer.WriteLine($"<html lang=\"{document.Language.Code()}\">");
        writer.WriteLine("<head>");
        writer.WriteLine("<meta charset=\"utf-8\">");
        writer.WriteLine("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        writer.WriteLine("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">");
        writer.WriteLine($"<title>{E(document.Title)} · {E(document.Subtitle)}</title>");
        writer.WriteLine("<style>");
        writer.Write(HtmlNoteStyle.Css(document));
        writer.WriteLine("</style>");
        writer.WriteLine("</head>");
        writer.WriteLine(document.OnePage ? "<body class=\"sheet\">" : "<body>");
        if (document.Mark.Length > 0)
        {
            writer.WriteLine($"<p class=\"mark\" role=\"note\">{E(document.Mark)}</p>");
        }

        writer.WriteLine("<main>");
        WriteCover(document, writer);
        foreach (var section in document.Sections)
        {
            WriteSection(section, numbers, writer);
        }

        writer.WriteLine("</main>");
        writer.WriteLine($"<footer>{E(document.Footer)}</footer>");
        writer.WriteLine("</body>");
        writer.WriteLine("</html>");
    }

    private static void WriteCover(NoteDocument document, TextWriter writer)
    {
        writer.WriteLine("<header class=\"cover\">");
        writer.WriteLine($"<p class=\"kind\">{E(document.Title)}</p>");
        writer.WriteLine($"<h1>{E(document.Subtitle)}</h1>");
        writer.WriteLine("<dl>");
        foreach (var line in document.Cover)
        {
            writer.WriteLine($"<div><dt>{E(line.Name)}</dt><dd>{E(line.Text)}</dd></div>");
        }

        writer.WriteLine("</dl>");
        foreach (var photo in document.Images.Where(i => i.Role == NoteImage.Photo))
        {
            WriteImage(photo, document.Subtitle, writer);
        }

        foreach (var mention in document.Mentions)
        {
            writer.WriteLine($"<p class=\"mention\">{E(mention)}</p>");
        }

        var logos = document.Images.Where(i => i.Role == NoteImage.Logo).ToList();
        if (logos.Count > 0)
        {
            writer.WriteLine("<div class=\"logos\">");
            foreach (var logo in logos)
            {
                WriteImage(logo, Path.GetFileNameWithoutExtension(logo.File), writer);
            }

            writer.WriteLine("</div>");
        }

        writer.WriteLine("</header>");
    }

    private static void WriteImage(NoteImage image, string description, TextWriter writer) =>
        writer.WriteLine($"<img class=\"{image.Role}\" alt=\"{E(description)}\" src=\"data:{image.MediaType};base64,{Convert.ToBase64String(image.Bytes.Span)}\">");

    private static void WriteSection(NoteSection section, NoteNumbers numbers, TextWriter writer)
    {
        var tag = section.Level == 1 ? "h2" : "h3";
        writer.WriteLine($"<section id=\"{E(section.Id)}\"{(section.NewPage ? " class=\"page\"" : "")}>");
        writer.WriteLine($"<{tag}>{(section.Number.Length > 0 ? $"<span class=\"no\">{E(section.Number)}</span> " : "")}{E(section.Title)}</{tag}>");
        foreach (var block in section.Blocks)
        {
            WriteBlock(block, numbers, writer);
        }

        writer.WriteLine("</section>");
    }

    private static void WriteBlock(NoteBlock block, NoteNumbers numbers, TextWriter writer)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                writer.WriteLine($"<p>{E(paragraph.Text)}</p>");
                break;
            case ListBlock list:
                writer.WriteLine("<ul>");
                foreach (var item in list.Items)
                {
                    writer.WriteLine($"<li>{E(item)}</li>");
                }

                writer.WriteLine("</ul>");
                break;
            case MissingBlock missing:
                writer.WriteLine($"<p class=\"missing\">{E(missing.Text)}</p>");
                break;
            case BoxBlock box:
                writer.WriteLine($"<aside class=\"box {box.Tone.ToString().ToLowerInvariant()}\"><h4>{E(box.Title)}</h4>");
                foreach (var line in box.Lines)
                {
                    writer.WriteLine($"<p>{E(line)}</p>");
                }

                writer.WriteLine("</aside>");
                break;
            case TilesBlock tiles:
                WriteTiles(tiles, numbers, writer);
                break;
            case TableBlock table:
                WriteTable(table.Table, numbers, writer);
                break;
            case SmallFiguresBlock group:
                writer.WriteLine("<div class=\"small\">");
                foreach (var figure in group.Figures)
                {
                    WriteFigure(figure, numbers, writer);
                }

                writer.WriteLine("</div>");
                break;
            case FigureBlock figure:
                WriteFigure(figure.Figure, numbers, writer);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block.GetType().Name, "Unknown block.");
        }
    }

    private static void WriteTiles(TilesBlock tiles, NoteNumbers numbers, TextWriter writer)
    {
        writer.WriteLine("<div class=\"tiles\">");
        foreach (var tile in tiles.Tiles)
        {
            writer.WriteLine($"<div class=\"tile {tile.Tone.ToString().ToLowerInvariant()}\">");
            writer.WriteLine($"<p class=\"name\">{E(tile.Name)}</p>");
            writer.WriteLine($"<p class=\"figure\"><b data-value>{E(CellText(tile.Figure, numbers))}</b>{(tile.Figure.IsNumber ? E(NoteNumbers.Gap + tile.Unit) : "")}</p>");
            writer.WriteLine($"<p class=\"remark\">{E(tile.Remark)}</p>");
            writer.WriteLine($"<p class=\"target\">{E(tile.Target)}</p>");
            writer.WriteLine($"<p class=\"verdict\">{E(tile.Verdict)}</p>");
            writer.WriteLine("</div>");
        }

        writer.WriteLine("</div>");
    }

    /// <summary>Tables up to here stay on one page.</summary>
    private const int ShortRowsMax = 16;

    private static void WriteTable(NoteTable table, NoteNumbers numbers, TextWriter writer)
    {
        var name = numbers.Language.Of("Tableau", "Table");
        writer.WriteLine($"<div class=\"table{(table.Columns.Count > 10 ? " wide" : "")}{(table.Rows.Count <= ShortRowsMax ? " short" : "")}\"><table id=\"t-{E(table.Key)}\">");
        writer.WriteLine($"<caption><b>{name} {table.Number.ToString(CultureInfo.InvariantCulture)}.</b> {E(table.Caption)}</caption>");
        writer.Write("<thead><tr>");
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var column = table.Columns[i];
            var right = IsNumeric(table, i) ? " class=\"n\"" : "";
            writer.Write($"<th scope=\"col\"{right}>{E(column.Heading)}{(column.Unit.Length > 0 ? $" <small>{E(column.Unit)}</small>" : "")}</th>");
        }

        writer.WriteLine("</tr></thead>");
        writer.WriteLine("<tbody>");
        foreach (var row in table.Rows)
        {
            writer.Write("<tr>");
            for (var i = 0; i < row.Count; i++)
            {
                WriteCell(row[i], i == 0, IsNumeric(table, i), numbers, writer);
            }

            writer.WriteLine("</tr>");
        }

        writer.WriteLine("</tbody></table>");
        foreach (var remark in table.Remarks)
        {
            writer.WriteLine($"<p class=\"note\">{E(remark)}</p>");
        }

        writer.WriteLine($"<p class=\"note\">{numbers.Language.Of("Source : ", "Source: ")}{E(table.Source)}.</p></div>");
    }

    /// <summary>A column of numbers: at least one, and nothing but numbers and dashes.</summary>
    internal static bool IsNumeric(NoteTable table, int column) =>
        table.Rows.Any(r => r[column].IsNumber) && table.Rows.All(r => r[column].IsNumber || r[column].Text is null);

    private static void WriteCell(NoteCell cell, bool first, bool numeric, NoteNumbers numbers, TextWriter writer)
    {
        var text = E(CellText(cell, numbers));
        if (first && !cell.IsNumber)
        {
            writer.Write($"<th scope=\"row\">{text}</th>");
            return;
        }

        var classes = (numeric ? "n" : "") + (cell.Doubtful ? " grey" : "")
            + (cell.Shade is { } shade ? " c" + Math.Clamp((int)Math.Floor(shade * 5), 0, 5).ToString(CultureInfo.InvariantCulture) : "");
        writer.Write(classes.Length > 0 ? $"<td class=\"{classes.TrimStart()}\">{text}</td>" : $"<td>{text}</td>");
    }

    private static void WriteFigure(NoteFigure figure, NoteNumbers numbers, TextWriter writer)
    {
        var id = "f-" + figure.Key;
        writer.WriteLine($"<figure id=\"{E(id)}\">");
        writer.WriteLine(SvgFigureWriter.Write(figure.Drawing, id, figure.Caption, figure.Description));
        writer.WriteLine($"<figcaption><b>Figure {figure.Number.ToString(CultureInfo.InvariantCulture)}.</b> {E(figure.Caption)}. "
            + $"<span class=\"facts\">{E(FactsText(figure.Facts, numbers.Language))}</span></figcaption>");
        writer.WriteLine("</figure>");
    }

    /// <summary>Unit, period, count, completeness as one line, the same in every format.</summary>
    internal static string FactsText(FigureFacts facts, Language language) =>
        language.Of("Unité : ", "Unit: ") + facts.Unit + "\u00a0; " + facts.Period + "\u00a0; " + facts.Count + "\u00a0; "
        + language.Of("complétude ", "completeness ") + facts.Completeness + ".";

    internal static string CellText(NoteCell cell, NoteNumbers numbers) =>
        cell.Text ?? (cell.Value is { } value ? numbers.Number(value, cell.Decimals) : NoteNumbers.Missing);

    private static string E(string text) => SvgFigureWriter.Escape(text);
}
