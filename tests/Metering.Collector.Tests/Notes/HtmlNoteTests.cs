using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Metering.Collector.Notes;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Model;
using Metering.Core.Readings;
using Metering.Core.Quality;
using Xunit;

namespace Metering.Collector.Tests.Notes;

/// <summary>
/// The note of the published house. Expected totals are those of the data set itself: 1 928 010 Wh and 75 030 Wh, 19 735 rows
/// (tests/ReferenceData/appliances/SOURCE.md).
/// </summary>
public sealed class HtmlNoteTests
{
    private static readonly DateTimeOffset AsOf = new(2016, 6, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Published_house_note_prints_the_published_totals_as_pulses_and_as_energy()
    {
        var html = Html(await HouseModel(), Language.French);

        Assert.Contains("Appareils : 192\u202f801 impulsions comptées = 1\u202f928,01\u00a0kWh ; énergie de la note : la même.", html, StringComparison.Ordinal);
        Assert.Contains("Éclairage : 7\u202f503 impulsions comptées = 75,03\u00a0kWh ; énergie de la note : la même.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Months_days_and_hours_each_add_up_to_the_published_total()
    {
        var appliances = (await HouseModel()).Consumption.Single(p => p.Point.Id == "appliances");

        Assert.Equal(1928.01m, appliances.EnergyKwh);
        Assert.Equal(1928.01m, appliances.Months.Sum(m => m.EnergyKwh ?? 0));
        Assert.Equal(1928.01m, appliances.Days.Sum(m => m.EnergyKwh ?? 0));
        Assert.Equal(1928.01m, appliances.Hours.Sum(m => m.EnergyKwh ?? 0));
    }

    [Fact]
    public async Task Rooms_count_every_whole_hour_of_the_data_set()
    {
        var model = await HouseModel();

        // 19 735 rows of ten minutes from 17:00 to 18:00: 3 289 whole hours; the last row alone is no hour.
        // Less only where the quality rules refuse readings (a sensor that repeats itself, frost outdoors), and then they say so.
        Assert.All(model.Rooms.Where(r => r.Refused == 0), room => Assert.Equal(3289, room.HoursValid));
        Assert.All(model.Rooms.Where(r => r.Refused > 0), room => Assert.True(
            room.HoursValid < 3289 && (room.Flags & SpotQuality.Rejecting) != QualityFlags.Ok, $"{room.Name}: {room.Refused} refused, {room.HoursValid} h"));
        Assert.Contains(model.Rooms, r => r.Refused == 0);
        Assert.All(model.Rooms, room => Assert.Equal(room.HoursValid, room.Zones.Sum(z => z.Hours)));
    }

    [Fact]
    public async Task Lost_sample_in_the_middle_costs_no_energy_and_is_flagged()
    {
        var (store, registry) = PublishedHouse.Load(PublishedHouse.DataFile);
        var lost = new DateTimeOffset(2016, 3, 1, 12, 0, 0, TimeSpan.Zero);
        store.RemoveAll(new ChannelKey(PublishedHouse.PanelBoard, "ch1"), r => r.Time == lost);

        var model = await NoteService.BuildAsync(Request(), store, registry, CancellationToken.None);

        var appliances = model.Consumption.Single(p => p.Point.Id == "appliances");
        Assert.Equal(1928.01m, appliances.EnergyKwh);
        Assert.True(appliances.Flags.HasFlag(QualityFlags.GapIndex));
        Assert.Equal(appliances.SamplesExpected - 1, appliances.SamplesStored);
    }

    [Fact]
    public async Task Same_data_settings_and_version_give_the_same_bytes()
    {
        var first = Html(await HouseModel(), Language.French);
        var second = Html(await HouseModel(), Language.French);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task One_more_reading_changes_the_printed_hash_of_the_data()
    {
        var before = (await HouseModel()).Provenance;
        var (store, registry) = PublishedHouse.Load(PublishedHouse.DataFile);
        store.RemoveAll(new ChannelKey(PublishedHouse.PanelBoard, "ch1"), r => r.Time == new DateTimeOffset(2016, 3, 1, 12, 0, 0, TimeSpan.Zero));

        var after = (await NoteService.BuildAsync(Request(), store, registry, CancellationToken.None)).Provenance;

        Assert.NotEqual(before.DataHash, after.DataHash);
        Assert.Equal(before.SettingsHash, after.SettingsHash);
    }

    [Theory]
    [InlineData(Language.French)]
    [InlineData(Language.English)]
    public void Page_needs_nothing_from_outside(Language language)
    {
        var html = Html(SyntheticNote.House(), language);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
        var addresses = Regex.Matches(html, "(?:src|href|url)\\s*[=(]\\s*[\"']?([^\"')>]+)").Select(m => m.Groups[1].Value);
        Assert.All(addresses, a => Assert.StartsWith("#", a, StringComparison.Ordinal));
    }

    [Fact]
    public void Names_from_the_registry_are_text_and_never_markup()
    {
        var model = SyntheticNote.House();
        var hostile = model with
        {
            Building = model.Building with { Name = "<script>alert(1)</script>\" onload=\"x", Address = "</style><b>" },
            Credit = model.Credit! with { Title = "\"} body{display:none} </style><script>" },
        };

        var html = Html(hostile, Language.French);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, Regex.Count(html, "</style>"));
        Assert.DoesNotContain("content: \"\"}", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_figure_says_what_it_shows_in_words_with_unit_period_count_and_completeness()
    {
        var document = NoteComposer.Compose(SyntheticNote.House(), Language.English);
        var html = Html(SyntheticNote.House(), Language.English);

        Assert.NotEmpty(document.Figures());
        foreach (var figure in document.Figures())
        {
            Assert.All(
                new[] { figure.Facts.Unit, figure.Facts.Period, figure.Facts.Count, figure.Facts.Completeness, figure.Description },
                text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.StartsWith("n\u00a0=\u00a0", figure.Facts.Count, StringComparison.Ordinal);
            var svg = XElement.Parse(Regex.Match(html, $"<figure id=\"f-{figure.Key}\">\n(<svg.*?</svg>)", RegexOptions.Singleline).Groups[1].Value);
            Assert.Equal("img", svg.Attribute("role")?.Value);
            XNamespace ns = "http://www.w3.org/2000/svg";
            Assert.Equal(figure.Caption, svg.Element(ns + "title")?.Value);
            Assert.Equal(figure.Description, svg.Element(ns + "desc")?.Value);
            var labels = svg.Attribute("aria-labelledby")!.Value.Split(' ');
            Assert.Equal([svg.Element(ns + "title")!.Attribute("id")!.Value, svg.Element(ns + "desc")!.Attribute("id")!.Value], labels);
        }
    }

    [Fact]
    public void No_table_goes_without_source_and_every_row_fills_every_column()
    {
        foreach (var language in new[] { Language.French, Language.English })
        {
            var tables = NoteComposer.Compose(SyntheticNote.House(), language).Tables().ToList();

            Assert.All(tables, t => Assert.False(string.IsNullOrWhiteSpace(t.Source)));
            Assert.All(tables, t => Assert.All(t.Rows, r => Assert.Equal(t.Columns.Count, r.Count)));
            Assert.Equal(Enumerable.Range(1, tables.Count), tables.Select(t => t.Number));
            Assert.Equal(tables.Count, tables.Select(t => t.Key).Distinct().Count());
        }
    }

    [Fact]
    public void Energy_that_is_not_the_counted_pulses_is_called_a_difference()
    {
        var model = SyntheticNote.House();
        var wrong = model with { Consumption = [model.Consumption[0] with { EnergyKwh = model.Consumption[0].EnergyKwh + 0.01m }, model.Consumption[1]] };

        Assert.Contains("DIFFERENCE", Html(wrong, Language.English), StringComparison.Ordinal);
        Assert.DoesNotContain("DIFFERENCE", Html(model, Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void Incomplete_month_is_marked_in_grey()
    {
        var html = Html(SyntheticNote.House(), Language.French);

        Assert.Matches("<tr><th scope=\"row\">janvier\u00a02016</th><td class=\"n grey\">", html);
    }

    [Fact]
    public void Building_without_meters_or_rooms_gets_a_note_that_says_what_is_missing()
    {
        var model = SyntheticNote.House() with { Consumption = [], Rooms = [], Completeness = [] };

        var html = Html(model, Language.English);

        Assert.Contains("<p class=\"missing\">No energy meter is assigned to this building", html, StringComparison.Ordinal);
        Assert.Contains("<p class=\"missing\">No temperature and humidity sensor is assigned to this building", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_building_is_one_clear_line()
    {
        var (store, registry) = PublishedHouse.Load(PublishedHouse.DataFile);

        var error = await Assert.ThrowsAsync<NoteException>(
            () => NoteService.BuildAsync(Request() with { BuildingId = "hut" }, store, registry, CancellationToken.None));

        Assert.Equal("Building 'hut' is not in the registry; there are house.", error.Message);
    }

    [Fact]
    public async Task Machine_culture_does_not_change_a_byte()
    {
        var expected = Html(await HouseModel(), Language.French);
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE") { NumberFormat = { NumberDecimalSeparator = "_", NumberGroupSeparator = "'" } };
            Assert.Equal(expected, Html(await HouseModel(), Language.French));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static NoteRequest Request() => new() { BuildingId = "house", AsOf = AsOf, Version = "0.0.0-test" };

    private static async Task<NoteModel> HouseModel()
    {
        var (store, registry) = PublishedHouse.Load(PublishedHouse.DataFile);
        return await NoteService.BuildAsync(Request(), store, registry, CancellationToken.None);
    }

    private static string Html(NoteModel model, Language language)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        HtmlNoteWriter.Write(model, language, writer);
        return writer.ToString();
    }
}
