using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Metering.Collector.Notes;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Model;
using Xunit;

namespace Metering.Collector.Tests.Notes;

/// <summary>The sheet of one page, of the office with everything on record and of the house with nothing but meters.</summary>
public sealed class OnePageTests
{
    private static readonly Lazy<Task<NoteModel>> Office = new(() =>
    {
        var (store, registry) = PlantedOffice.Load();
        return NoteService.BuildAsync(
            new NoteRequest { BuildingId = "office", Version = "0.0.0-test", From = PlantedOffice.Reception, To = PlantedOffice.End, Dossier = PlantedOffice.Dossier },
            store, registry, CancellationToken.None);
    });

    [Fact]
    public async Task Sheet_holds_the_synthesis_the_results_and_the_two_figures_of_the_whole_note()
    {
        var note = NoteComposer.Compose(await Office.Value, Language.French);

        var sheet = OnePage.Of(note);

        Assert.Equal(note.Tiles(), sheet.Tiles());
        Assert.Equal(note.Tables().Single(t => t.Key == "results").Rows, Assert.Single(sheet.Tables()).Rows);
        Assert.Equal(["before-after-bars", "humidity-1"], sheet.Figures().Select(f => f.Key));
        Assert.Equal(note.Mentions, sheet.Mentions);
        Assert.Contains("niveau de performance atteint en regard de l’exigence", sheet.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mentions_of_the_funders_stand_below_every_page_of_the_whole_note()
    {
        var note = NoteComposer.Compose(await Office.Value, Language.French);
        using var html = new StringWriter(CultureInfo.InvariantCulture);
        HtmlNoteWriter.Write(note, html);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, await PdfNoteWriter.Find(null).PrintAsync(html.ToString(), DateTimeOffset.UnixEpoch, CancellationToken.None));
            var pages = (await ExternalTool.RunAsync("pdftotext", "-layout", file, "-")).Split('\f', StringSplitOptions.RemoveEmptyEntries);

            Assert.True(pages.Length > 5);
            Assert.All(pages, p => Assert.Contains("Opération suivie avec le concours des financeurs", p, StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sheet_fits_on_one_page_of_A4_as_PDF_and_as_Word_document(bool office)
    {
        var sheet = OnePage.Of(NoteComposer.Compose(office ? await Office.Value : SyntheticNote.House(), Language.French));
        var folder = Directory.CreateTempSubdirectory("metering-one-page-").FullName;
        try
        {
            using var html = new StringWriter(CultureInfo.InvariantCulture);
            HtmlNoteWriter.Write(sheet, html);
            var pdf = Path.Combine(folder, "sheet.pdf");
            await File.WriteAllBytesAsync(pdf, await PdfNoteWriter.Find(null).PrintAsync(html.ToString(), DateTimeOffset.UnixEpoch, CancellationToken.None));
            Assert.Matches(@"Pages:\s+1\n", await ExternalTool.RunAsync("pdfinfo", pdf));

            var word = Path.Combine(folder, "word.docx");
            await using (var stream = File.Create(word))
            {
                DocxNoteWriter.Write(sheet, stream);
            }

            using (var package = WordprocessingDocument.Open(word, false))
            {
                Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(package).Select(e => e.Path?.XPath + ": " + e.Description));
            }

            await ExternalTool.RunAsync("soffice", "-env:UserInstallation=" + new Uri(Path.Combine(folder, "profile")).AbsoluteUri, "--headless", "--convert-to", "pdf", "--outdir", folder, word);
            var converted = Path.Combine(folder, "word.pdf");
            Assert.Matches(@"Pages:\s+1\n", await ExternalTool.RunAsync("pdfinfo", converted));
            var text = Regex.Replace(await ExternalTool.RunAsync("pdftotext", converted, "-"), @"\s", "");
            Assert.All(sheet.Tiles(), t => Assert.Contains(Regex.Replace(t.Name, @"\s", ""), text, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
