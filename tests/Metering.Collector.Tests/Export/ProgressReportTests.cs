using Metering.Collector.Notes;
using Metering.Core.Languages;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Fleet;
using Metering.Core.Obligations;
using Metering.Core.Registry;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Xunit;

namespace Metering.Collector.Tests.Export;

/// <summary>The annual report that the CD2E call asks for (§ 7), on a fleet whose sums are done by hand.</summary>
public sealed class ProgressReportTests
{
    private static readonly FleetBuilding[] Fleet =
    [
        Building("a", "G", 10, 700, 70_000, type: "barre", built: 1962, carrier: "gaz"), Building("b", "F", 20, 1400, 98_000, type: "barre", built: 1968, carrier: "gaz"),
        Building("c", "E", 4, 300, null, type: "maison", built: 1975), Building("d", "D", 1, 120, 9_000, isPublic: false, type: "école"), Building("e", null, 0, 800, 40_000, days: 300, type: "école"),
    ];

    [Fact]
    public void Labels_rank_the_buildings_as_the_call_writes_it()
    {
        var rows = Table("priorities").Rows;

        // § 3: short term F and G, medium E, long C and D.
        Assert.Equal(["court terme", "moyen terme", "long terme", "sans priorité ou sans étiquette"], rows.Select(r => r[0].Text));
        Assert.Equal([2m, 1m, 1m, 1m], rows.Select(r => r[2].Value!.Value));
        Assert.Equal([30m, 4m, 1m, 0m], rows.Select(r => r[3].Value!.Value));
        Assert.Equal([2100m, 300m, 120m, 800m], rows.Select(r => r[4].Value!.Value));
    }

    [Fact]
    public void Park_sheet_has_a_row_a_type_with_number_years_and_commonest_label()
    {
        var rows = Table("park").Rows;

        Assert.Equal(["barre", "maison", "école"], rows.Select(r => r[0].Text));
        Assert.Equal([2m, 1m, 2m], rows.Select(r => r[1].Value!.Value));
        Assert.Equal(["1962–1968", "1975", "—"], rows.Select(r => r[4].Text));
        Assert.Equal(["F", "E", "D"], rows.Select(r => r[5].Text));
    }

    [Fact]
    public void Measured_energy_stands_beside_the_label_and_incomplete_or_private_values_do_not_count()
    {
        var rows = Table("measured").Rows;

        Assert.Equal([100m, 70m], rows.Take(2).Select(r => r[5].Rounded!.Value));
        Assert.False(rows[2][4].IsNumber);
        Assert.False(rows[3][4].IsNumber);
        Assert.True(rows[4][4].Doubtful);
        Assert.Equal([5m, 3m, 3m, 0m], Report().Tiles().Select(t => t.Figure.Value!.Value));
    }

    [Fact]
    public void Year_reported_by_default_is_one_that_was_measured_whole()
    {
        Assert.Equal(2027, Fleet[0].LastWholeYear);
        // 300 days of 2027 are no year.
        Assert.Equal(2026, Fleet[4].LastWholeYear);
        Assert.Null(Fleet[2].LastWholeYear);
    }

    [Fact]
    public void Report_is_a_document_for_Word_and_holds_the_actions_of_its_year_only()
    {
        var report = Report();
        using var stream = new MemoryStream();
        DocxNoteWriter.Write(report, stream);
        using var word = WordprocessingDocument.Open(stream, false);

        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(word).Select(e => e.Path?.XPath + ": " + e.Description));
        Assert.Equal(["2027-03-01"], Table("actions").Rows.Select(r => r[0].Text));
        Assert.Contains(report.Sections.Single(s => s.Number == "6").Blocks, b => b is MissingBlock);
        Assert.Contains(report.Mentions, m => m.Contains("CD2E", StringComparison.Ordinal));
    }

    private static NoteDocument Report() => ProgressReport.Compose(
        new ProgressInput(Fleet, 2027, CallRules.Get("cd2e"), new Dictionary<string, IReadOnlyList<string>>(), "0.0.0-test"), Language.French);

    private static NoteTable Table(string key) => Report().Tables().Single(t => t.Key == key);

    private static FleetBuilding Building(
        string id, string? label, int dwellings, double area, decimal? kwh, bool isPublic = true, int days = 365, string? type = null, int? built = null, string? carrier = null) => new()
    {
        Building = new Building { Id = id, SiteId = "s", Name = id, Dwellings = dwellings, FloorAreaM2 = area },
        Site = new Site { Id = "s", Name = "s", TimeZone = "Europe/Paris" },
        Characteristics = new BuildingCharacteristics(type, built, Carrier: carrier),
        LabelBefore = label,
        Public = isPublic,
        Years = kwh is null ? new Dictionary<int, CalendarYear>() : new Dictionary<int, CalendarYear> { [2026] = new(1, 365), [2027] = new(kwh, days) },
        Actions = id == "a" ? [new(new DateOnly(2027, 3, 1), new("Réunion", "Meeting"), 12), new(new DateOnly(2026, 3, 1), new("Réunion", "Meeting"), 9)] : [],
    };
}
