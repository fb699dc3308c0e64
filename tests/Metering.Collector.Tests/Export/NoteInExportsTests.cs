using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Metering.Collector.Export;
using Metering.Collector.Notes;
using Metering.Collector.Storage.Weather;
using Metering.Collector.Tests.Notes;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;
using Metering.Core.Registry;
using Xunit;

namespace Metering.Collector.Tests.Export;

/// <summary>Every number of the two-year note of the office, found again in the workbook and in the data package.</summary>
public sealed class NoteInExportsTests
{
    private static readonly Lazy<Task<(NoteDocument Note, Dictionary<string, byte[]> Files)>> Office = new(async () =>
    {
        var (store, registry) = PlantedOffice.Load();
        var model = await NoteService.BuildAsync(
            new NoteRequest { BuildingId = "office", Version = "0.0.0-test", From = PlantedOffice.Reception, To = PlantedOffice.End, Dossier = PlantedOffice.Dossier },
            store, registry, CancellationToken.None);
        return (NoteComposer.Compose(model, Language.French), await DataPackageTests.Package(store, registry, PlantedOffice.Dossier));
    });

    [Fact]
    public async Task Every_number_of_every_table_and_of_the_synthesis_is_in_the_package_with_all_its_digits()
    {
        var (note, files) = await Office.Value;
        var rows = DataPackageTests.Lines(files["note_values.csv"], false).Skip(1).Select(DataPackageTests.Cells).ToDictionary(c => string.Join('|', c.Skip(1).Take(3)));
        var found = 0;
        foreach (var table in note.Tables())
        {
            foreach (var (row, r) in table.Rows.Select((x, i) => (x, i + 1)))
            {
                foreach (var (cell, c) in row.Select((x, i) => (x, i + 1)).Where(x => x.x.IsNumber))
                {
                    var value = decimal.Parse(rows[$"{table.Key}|{r}|{c}"][7], CultureInfo.InvariantCulture);
                    Assert.Equal(cell.Value, value);
                    found++;
                }
            }
        }

        foreach (var (tile, i) in note.Tiles().Select((t, i) => (t, i + 1)))
        {
            Assert.Equal(tile.Figure.Value, decimal.Parse(rows[$"synthesis|{i}|1"][7], CultureInfo.InvariantCulture));
            found++;
        }

        Assert.Equal(rows.Count, found);
        Assert.True(found > 400, found.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Every_sentence_of_the_page_is_in_the_workbook_and_in_the_package()
    {
        var (note, files) = await Office.Value;
        using var html = new StringWriter(CultureInfo.InvariantCulture);
        HtmlNoteWriter.Write(note, html);
        using var stream = new MemoryStream();
        XlsxNoteWriter.Write(note, stream);
        using var workbook = SpreadsheetDocument.Open(stream, false);
        var sheet = Flat(string.Join('\n', workbook.WorkbookPart!.WorksheetParts.SelectMany(p => p.Worksheet!.Descendants<InlineString>()).Select(s => s.InnerText)));
        var package = Flat(string.Join('\n', DataPackageTests.Lines(files["note_texts.csv"], false).Skip(1).Select(l => DataPackageTests.Cells(l)[3])));

        var body = Regex.Replace(html.ToString(), "<(style|svg|table)[ >].*?</\\1>", " ", RegexOptions.Singleline);
        var sentences = Regex.Matches(body, "<(p|li|h4|dd|span class=\"facts\")[^>]*>(.*?)</(p|li|h4|dd|span)>", RegexOptions.Singleline)
            .Where(m => !m.Groups[2].Value.Contains("data-value", StringComparison.Ordinal))
            .Select(m => Flat(WebUtility.HtmlDecode(Regex.Replace(m.Groups[2].Value, "<[^>]+>", ""))))
            .Select(s => s.StartsWith("Source:", StringComparison.Ordinal) ? s["Source:".Length..].TrimEnd('.') : s)
            .Where(s => s.Any(char.IsAsciiDigit)).ToList();

        Assert.True(sentences.Count > 40, sentences.Count.ToString(CultureInfo.InvariantCulture));
        Assert.All(sentences, s => Assert.Contains(s, sheet, StringComparison.Ordinal));
        Assert.All(sentences, s => Assert.Contains(s, package, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Names_in_a_dwelling_are_pseudonyms_even_with_consent_and_sentences_stay_away()
    {
        var (store, registry) = PublishedHouse.Load(PublishedHouse.DataFile);
        var lived = registry with
        {
            Zones = [new Zone { Id = "flat-dupont", BuildingId = "house", Name = "Logement Dupont", DwellingId = "d1" }],
            Points = [.. registry.Points.Select(p => p with { ZoneId = "flat-dupont", Name = p.Name + " Dupont" })],
        };
        var dossier = new NoteDossier
        {
            PublicationConsent = true,
            Invoices = [new("PDL-DUPONT", new DateOnly(2016, 2, 1), new DateOnly(2016, 3, 1), 300, 60, false)],
            Charters = [new("Mme Dupont", "1", new DateOnly(2016, 1, 11), true)],
        };

        var files = await DataPackageTests.Package(store, lived, dossier);

        Assert.Single(DataPackageTests.Lines(files["note_texts.csv"], false));
        Assert.True(DataPackageTests.Lines(files["note_values.csv"], false).Count > 100);
        Assert.All(files, f => Assert.DoesNotContain(
            "dupont", string.Join('\n', DataPackageTests.Lines(f.Value, f.Key.EndsWith(".gz", StringComparison.Ordinal))), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Short_step_readings_older_than_the_retention_stay_away()
    {
        var (store, registry) = PublishedHouse.Load(PublishedHouse.DataFile);

        var files = await DataPackageTests.Package(store, registry, new NoteDossier { PublicationConsent = true, DataProtection = new DataProtection(RetentionMonths: 1) });

        // The data end on 27 May 2016.
        var times = DataPackageTests.Lines(files["energy_10min.csv.gz"], true).Skip(1).Select(l => DataPackageTests.Cells(l)[1]).ToList();
        Assert.StartsWith("2016-04-27T", times.Min(), StringComparison.Ordinal);
        Assert.All(DataPackageTests.Lines(files["climate_10min.csv.gz"], true).Skip(1).Select(DataPackageTests.Cells).Where(c => c[0] != "outdoor"),
            c => Assert.True(string.CompareOrdinal(c[1], "2016-04-27") > 0, c[0] + " " + c[1]));
    }

    [Fact]
    public async Task Weather_of_a_station_that_two_buildings_share_is_there_once()
    {
        var (store, registry) = PublishedHouse.Load(PublishedHouse.DataFile);
        var sites = registry with { Sites = [registry.Sites[0] with { WeatherStation = "97101015" }], Buildings = [registry.Buildings[0], registry.Buildings[0] with { Id = "copy" }] };
        var asked = new List<(string, DateTimeOffset, DateTimeOffset)>();
        var hours = await DataPackageTests.Package(store, sites, new NoteDossier { PublicationConsent = true }, (station, from, to) =>
        {
            asked.Add((station, from, to));
            return [new WeatherHour(from, 27.5m, 81m, 1013m, 4.2m, 512m, 0m)];
        });

        var rows = DataPackageTests.Lines(hours["weather_hourly.csv.gz"], true).Skip(1).ToList();
        Assert.Equal(asked.Count, rows.Count);
        Assert.EndsWith(",27.5,81,512,4.2", rows[0], StringComparison.Ordinal);
        // Pieces follow each other without gap or overlap.
        Assert.All(asked.Zip(asked.Skip(1)), p => Assert.Equal(p.First.Item3, p.Second.Item2));
    }

    private static string Flat(string text) => Regex.Replace(text, @"\s+", "");
}
