using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Text;

namespace Metering.Collector.Notes;

/// <summary>
/// Every table of a note as one workbook, a sheet each, behind a sheet of contents with the figures of the synthesis.
/// Numbers are numbers with all their digits; the format shows what the note prints. Texts are never formulas.
/// </summary>
public static class XlsxNoteWriter
{
    private const int DecimalsMax = 4;
    private const uint Bold = 1;
    private const uint FirstNumber = 2;

    /// <summary>Excel's bound on the length of a sheet name.</summary>
    private const int SheetNameMax = 31;

    public static void Write(NoteDocument document, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        using var package = new MemoryStream();
        using (var workbook = SpreadsheetDocument.Create(package, SpreadsheetDocumentType.Workbook))
        {
            var main = workbook.AddWorkbookPart();
            workbook.ChangeIdOfPart(main, "main");
            main.Workbook = new Workbook();
            main.AddNewPart<WorkbookStylesPart>("styles").Stylesheet = Styles();
            var sheets = main.Workbook.AppendChild(new Sheets());
            AddSheet(main, sheets, 1, document.Language.Of("Sommaire", "Contents"), Contents(document), [28, 60, 16, 40]);
            uint id = 2;
            foreach (var table in document.Tables())
            {
                AddSheet(main, sheets, id++, SheetName(table), Rows(table, document), Widths(table));
            }

            AddSheet(main, sheets, id, document.Language.Of("Textes", "Texts"), Texts(document), [10, 120]);
        }

        package.Position = 0;
        DeterministicZip.Rewrite(package, stream, "[Content_Types].xml");
    }

    internal static string SheetName(NoteTable table)
    {
        var name = table.Number.ToString("00", CultureInfo.InvariantCulture) + " " + table.Key;
        return name.Length <= SheetNameMax ? name : name[..SheetNameMax];
    }

    private static void AddSheet(WorkbookPart main, Sheets sheets, uint id, string name, IEnumerable<Row> rows, IReadOnlyList<double> widths)
    {
        var relation = "sheet" + id.ToString(CultureInfo.InvariantCulture);
        var part = main.AddNewPart<WorksheetPart>(relation);
        var columns = new Columns(widths.Select((w, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = w, CustomWidth = true }));
        part.Worksheet = new Worksheet(columns, new SheetData(rows));
        sheets.Append(new Sheet { Id = relation, SheetId = id, Name = name });
    }

    private static IEnumerable<Row> Contents(NoteDocument document)
    {
        var l = document.Language;
        yield return new Row(Text(document.Title + " · " + document.Subtitle, Bold));
        if (document.Mark.Length > 0)
        {
            yield return new Row(Text(document.Mark, Bold));
        }

        foreach (var line in document.Cover)
        {
            yield return new Row(Text(line.Name), Text(line.Text));
        }

        yield return new Row();
        foreach (var tile in document.Tiles())
        {
            yield return new Row(Text(tile.Name, Bold), Text(tile.Remark), Cell(tile.Figure), Text(tile.Unit), Text(tile.Target), Text(tile.Verdict));
        }

        yield return new Row();
        yield return new Row(Text(l.Of("Feuille", "Sheet"), Bold), Text(l.Of("Tableau", "Table"), Bold));
        foreach (var table in document.Tables())
        {
            yield return new Row(Text(SheetName(table)), Text(table.Caption));
        }

        yield return new Row();
        yield return new Row(Text("Figure", Bold), Text(l.Of("Légende", "Caption"), Bold), Text(l.Of("Unité", "Unit"), Bold), Text(l.Of("Période, n, complétude", "Period, n, completeness"), Bold));
        foreach (var figure in document.Figures())
        {
            yield return new Row(
                Text(figure.Number.ToString(CultureInfo.InvariantCulture)), Text(figure.Caption), Text(figure.Facts.Unit),
                Text(figure.Facts.Period + " ; " + figure.Facts.Count + " ; " + figure.Facts.Completeness), Text(figure.Description));
        }

        yield return new Row();
        yield return new Row(Text(document.Footer));
    }

    private static IEnumerable<Row> Rows(NoteTable table, NoteDocument document)
    {
        yield return new Row(Text(table.Caption, Bold));
        yield return new Row(Text(document.Language.Of("Source : ", "Source: ") + table.Source));
        foreach (var remark in table.Remarks)
        {
            yield return new Row(Text(remark));
        }

        yield return new Row(table.Columns.Select(c => Text(c.Unit.Length > 0 ? $"{c.Heading} ({c.Unit})" : c.Heading, Bold)));
        foreach (var row in table.Rows)
        {
            yield return new Row(row.Select(Cell));
        }

        if (document.Mark.Length > 0)
        {
            yield return new Row(Text(document.Mark));
        }
    }

    /// <summary>What the note says outside of its tables, numbers in sentences included.</summary>
    private static IEnumerable<Row> Texts(NoteDocument document)
    {
        yield return new Row(Text(document.Language.Of("Chapitre", "Section"), Bold), Text(document.Language.Of("Texte", "Text"), Bold));
        foreach (var text in NoteTexts.Of(document))
        {
            yield return new Row(Text(text.Section), Text(text.Text));
        }
    }

    private static IReadOnlyList<double> Widths(NoteTable table) =>
        [.. table.Columns.Select((c, i) => (double)Math.Clamp(
            Math.Max(c.Heading.Length + c.Unit.Length, table.Rows.Select(r => r[i].Text?.Length ?? 10).DefaultIfEmpty(8).Max()) + 2, 9, 48))];

    private static Cell Cell(NoteCell cell)
    {
        if (cell.Value is not { } value)
        {
            return cell.Text is { } text ? Text(text) : new Cell();
        }

        var style = FirstNumber + (uint)Math.Min(cell.Decimals, DecimalsMax) + (cell.Doubtful ? DecimalsMax + 1u : 0);
        return new Cell { CellValue = new CellValue(value.ToString(CultureInfo.InvariantCulture)), DataType = CellValues.Number, StyleIndex = style };
    }

    private static Cell Text(string text) => Text(text, 0);

    private static Cell Text(string text, uint style) => new()
    {
        DataType = CellValues.InlineString,
        StyleIndex = style,
        InlineString = new InlineString(new Text(XmlText.Clean(text)) { Space = SpaceProcessingModeValues.Preserve }),
    };

    private static Stylesheet Styles()
    {
        const uint custom = 164;
        var formats = new NumberingFormats(Enumerable.Range(0, DecimalsMax + 1).Select(d => new NumberingFormat
        {
            NumberFormatId = custom + (uint)d,
            FormatCode = d == 0 ? "#,##0" : "#,##0." + new string('0', d),
        }));
        var fonts = new Fonts(
            new Font(new FontSize { Val = 11 }, new FontName { Val = "Calibri" }),
            new Font(new Bold(), new FontSize { Val = 11 }, new FontName { Val = "Calibri" }),
            new Font(new Italic(), new FontSize { Val = 11 }, new Color { Rgb = "FF8B97A1" }, new FontName { Val = "Calibri" }));
        var cells = new List<CellFormat> { new(), new() { FontId = Bold, ApplyFont = true } };
        foreach (var font in new uint[] { 0, 2 })
        {
            for (uint d = 0; d <= DecimalsMax; d++)
            {
                cells.Add(new CellFormat { NumberFormatId = custom + d, FontId = font, ApplyNumberFormat = true, ApplyFont = font != 0 });
            }
        }

        return new Stylesheet(
            formats, fonts,
            new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
            new Borders(new Border()), new CellStyleFormats(new CellFormat()), new CellFormats(cells));
    }
}
