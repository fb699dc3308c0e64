using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using Metering.Collector.Notes;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Text;
using Xunit;

namespace Metering.Collector.Tests.Notes;

/// <summary>The same document in every format, read back by programs that are not ours.</summary>
public sealed class NoteFormatTests
{
    private static NoteDocument Document(Language language = Language.French) => NoteComposer.Compose(SyntheticNote.House(), language);

    [Fact]
    public void Word_document_is_valid_for_the_schema_of_Office()
    {
        using var stream = Written(DocxNoteWriter.Write);
        using var word = WordprocessingDocument.Open(stream, false);

        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(word).Select(e => e.Path?.XPath + ": " + e.Description));
    }

    [Fact]
    public void Workbook_is_valid_for_the_schema_of_Office()
    {
        using var stream = Written(XlsxNoteWriter.Write);
        using var workbook = SpreadsheetDocument.Open(stream, false);

        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(workbook).Select(e => e.Path?.XPath + ": " + e.Description));
    }

    [Fact]
    public void Word_workbook_and_csv_have_the_same_bytes_every_time()
    {
        foreach (var write in new Action<NoteDocument, Stream>[] { DocxNoteWriter.Write, XlsxNoteWriter.Write, CsvNoteWriter.Write })
        {
            using var first = Written(write);
            using var second = Written(write);
            Assert.Equal(first.ToArray(), second.ToArray());
        }
    }

    [Fact]
    public async Task LibreOffice_reads_every_heading_caption_and_number_of_the_word_document()
    {
        var folder = Directory.CreateTempSubdirectory("metering-docx-").FullName;
        try
        {
            var file = Path.Combine(folder, "note.docx");
            await using (var stream = File.Create(file))
            {
                DocxNoteWriter.Write(Document(), stream);
            }

            await ExternalTool.RunAsync("soffice", "-env:UserInstallation=" + new Uri(Path.Combine(folder, "profile")).AbsoluteUri,
                "--headless", "--convert-to", "pdf", "--outdir", folder, file);
            var text = Words(await ExternalTool.RunAsync("pdftotext", Path.Combine(folder, "note.pdf"), "-"));

            AssertHasEverything(Document(), text);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Pdf_holds_every_heading_caption_and_number_and_has_the_same_bytes_twice()
    {
        var pdf = PdfNoteWriter.Find(null);
        var created = new DateTimeOffset(2016, 6, 1, 0, 0, 0, TimeSpan.Zero);
        var html = new StringWriter(CultureInfo.InvariantCulture);
        HtmlNoteWriter.Write(Document(), html);
        var first = await pdf.PrintAsync(html.ToString(), created, CancellationToken.None);
        var second = await pdf.PrintAsync(html.ToString(), created, CancellationToken.None);
        Assert.Equal(first, second);

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, first);
            AssertHasEverything(Document(), Words(await ExternalTool.RunAsync("pdftotext", file, "-")));
            Assert.Contains("A4", await ExternalTool.RunAsync("pdfinfo", file), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Missing_browser_is_one_line_that_says_what_to_install()
    {
        var error = Assert.Throws<NoteException>(() => PdfNoteWriter.Find("/nowhere/chromium"));

        Assert.Equal("PDF needs a Chromium browser; '/nowhere/chromium' is not a file.", error.Message);
    }

    [Fact]
    public void Every_number_of_the_page_is_found_again_in_the_workbook_and_in_the_csv()
    {
        var document = Document();
        var html = new StringWriter(CultureInfo.InvariantCulture);
        HtmlNoteWriter.Write(document, html);
        using var stream = Written(XlsxNoteWriter.Write);
        using var workbook = SpreadsheetDocument.Open(stream, false);
        using var csvs = Written(CsvNoteWriter.Write);
        using var zip = new ZipArchive(csvs);
        var numbers = 0;
        foreach (var table in document.Tables())
        {
            var printed = Regex.Matches(
                    Regex.Match(html.ToString(), $"<table id=\"t-{table.Key}\">.*?</table>", RegexOptions.Singleline).Value,
                    "<td class=\"n[^\"]*\">([^<]+)</td>")
                .Select(m => m.Groups[1].Value).Where(t => t != NoteNumbers.Missing).ToList();
            var sheet = Numbers(workbook, XlsxNoteWriter.SheetName(table));
            using var reader = new StreamReader(zip.GetEntry(CsvNoteWriter.FileName(table))!.Open());
            var csv = Regex.Matches(reader.ReadToEnd(), @"(?<=^|,)-?\d+(\.\d+)?(?=,|\r)", RegexOptions.Multiline)
                .Select(m => decimal.Parse(m.Value, CultureInfo.InvariantCulture)).ToList();
            foreach (var text in printed)
            {
                var decimals = text.Contains(',', StringComparison.Ordinal) ? text.Length - text.IndexOf(',', StringComparison.Ordinal) - 1 : 0;
                var value = decimal.Parse(
                    text.Replace("\u202f", "", StringComparison.Ordinal).Replace(',', '.').Replace('−', '-'), CultureInfo.InvariantCulture);
                Assert.Contains(sheet, v => Math.Round(v, decimals, MidpointRounding.AwayFromZero) == value);
                Assert.Contains(csv, v => Math.Round(v, decimals, MidpointRounding.AwayFromZero) == value);
                numbers++;
            }
        }

        Assert.True(numbers > 100, $"Only {numbers} numbers were compared.");
        var contents = Numbers(workbook, "Sommaire");
        Assert.All(document.Tiles().Where(t => t.Figure.IsNumber), t => Assert.Contains(t.Figure.Value!.Value, contents));
    }

    [Fact]
    public void Names_that_look_like_formulas_are_text_in_every_table_format()
    {
        var model = SyntheticNote.House();
        var hostile = model with
        {
            Consumption = [model.Consumption[0] with { Point = model.Consumption[0].Point with { Name = "=1+1" } }, model.Consumption[1]],
        };
        var document = NoteComposer.Compose(hostile, Language.English);
        using var stream = new MemoryStream();
        XlsxNoteWriter.Write(document, stream);
        using var workbook = SpreadsheetDocument.Open(stream, false);
        Assert.All(workbook.WorkbookPart!.WorksheetParts, part => Assert.Empty(part.Worksheet.Descendants<CellFormula>()));

        var text = new StringWriter(CultureInfo.InvariantCulture);
        CsvNoteWriter.WriteTable(document.Tables().First(t => t.Key == "energy"), text);
        Assert.Contains("\r\n'=1+1,", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_of_the_word_document_have_a_description_and_two_pictures()
    {
        using var stream = Written(DocxNoteWriter.Write);
        using var word = WordprocessingDocument.Open(stream, false);
        var figures = Document().Figures().ToList();
        var pictures = word.MainDocumentPart!.Document.Descendants<DocumentFormat.OpenXml.Drawing.Wordprocessing.DocProperties>().ToList();

        Assert.Equal(figures.Select(f => f.Description), pictures.Select(p => p.Description!.Value));
        Assert.Equal(figures.Count, word.MainDocumentPart.ImageParts.Count(p => p.ContentType == "image/svg+xml"));
        Assert.Equal(figures.Count, word.MainDocumentPart.ImageParts.Count(p => p.ContentType == "image/x-emf"));
    }

    private static void AssertHasEverything(NoteDocument document, string text)
    {
        var numbers = new NoteNumbers(document.Language);
        Assert.All(document.Sections, s => Assert.Contains(Words(s.Title), text, StringComparison.Ordinal));
        Assert.All(document.Figures(), f => Assert.Contains(Words(f.Facts.Count), text, StringComparison.Ordinal));
        foreach (var cell in document.Tables().SelectMany(t => t.Rows).SelectMany(r => r).Where(c => c.IsNumber))
        {
            Assert.Contains(Words(HtmlNoteWriter.CellText(cell, numbers)), text, StringComparison.Ordinal);
        }
    }

    /// <summary>One kind of space: programs break lines and exchange spaces.</summary>
    private static string Words(string text) => Regex.Replace(text, @"[\s\u00a0\u202f]+", " ");

    private static List<decimal> Numbers(SpreadsheetDocument workbook, string sheetName)
    {
        var sheet = workbook.WorkbookPart!.Workbook.Descendants<Sheet>().Single(s => s.Name == sheetName);
        var part = (WorksheetPart)workbook.WorkbookPart.GetPartById(sheet.Id!);
        return [.. part.Worksheet.Descendants<Cell>().Where(c => c.DataType?.Value == CellValues.Number)
            .Select(c => decimal.Parse(c.CellValue!.Text, CultureInfo.InvariantCulture))];
    }

    private static MemoryStream Written(Action<NoteDocument, Stream> write)
    {
        var stream = new MemoryStream();
        write(Document(), stream);
        stream.Position = 0;
        return stream;
    }
}
