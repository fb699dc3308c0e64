using System.Globalization;
using Metering.Collector.Notes;
using Metering.Core.Languages;
using Metering.Core.Notes;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Savings;
using Xunit;

namespace Metering.Collector.Tests.Notes;

/// <summary>The two-year note of an office whose saving is planted (35 % of air conditioning, seed 7).</summary>
public sealed class TwoYearNoteTests
{
    private static readonly Lazy<Task<NoteModel>> Office = new(() =>
    {
        var (store, registry) = PlantedOffice.Load();
        return NoteService.BuildAsync(
            new NoteRequest { BuildingId = "office", Version = "0.0.0-test", From = PlantedOffice.Reception, To = PlantedOffice.End, Dossier = PlantedOffice.Dossier },
            store, registry, CancellationToken.None);
    });

    [Fact]
    public async Task Planted_saving_lies_in_the_printed_interval()
    {
        var document = NoteComposer.Compose(await Office.Value, Language.English);
        var row = document.Tables().Single(t => t.Key == "savings").Rows[^1];

        var (percent, half) = (row[6].Rounded!.Value, row[7].Rounded!.Value);
        Assert.InRange((decimal)(100 * PlantedOffice.PlantedSaving), percent - half, percent + half);
        Assert.InRange(half, 0.1m, 5m);
    }

    [Fact]
    public async Task Every_chapter_table_and_figure_of_the_outline_is_there()
    {
        var document = NoteComposer.Compose(await Office.Value, Language.French);

        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "A", "B", "C", "D", "E"], document.Sections.Where(s => s.Level == 1).Select(s => s.Number));
        Assert.Superset(
            new HashSet<string>
            {
                "operation", "targets", "points", "completeness", "energy-cost", "models", "comfort-zones", "charges", "actions", "results", "registers", "invoices", "corrections", "survey",
            },
            document.Tables().Select(t => t.Key).ToHashSet());
        Assert.Superset(
            new HashSet<string>
            {
                "before-after-bars", "hours-clim-1", "signature", "load-duration", "cusum", "savings-interval", "humidity-1", "hottest-week", "charges-cascade", "survey-answers",
            },
            document.Figures().Select(f => f.Key).ToHashSet());
        Assert.DoesNotContain(document.Sections.SelectMany(s => s.Blocks), b => b is MissingBlock);
        Assert.Contains("SIMUL", document.Mark, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_dossier_leaves_every_chapter_and_says_how_to_fill_it()
    {
        var model = (await Office.Value) with { Dossier = NoteDossier.Empty, FollowUp = null, Invoices = [] };

        var document = NoteComposer.Compose(model, Language.English);

        Assert.Equal(15, document.Sections.Count(s => s.Level == 1));
        foreach (var number in new[] { "1", "3.1", "3.2", "3.3", "4", "6", "7", "8", "9", "C" })
        {
            Assert.Contains(document.Sections.Single(s => s.Number == number).Blocks, b => b is MissingBlock { Text.Length: > 20 });
        }
    }

    [Fact]
    public async Task Synthesis_has_four_figures_with_target_and_verdict()
    {
        var tiles = NoteComposer.Compose(await Office.Value, Language.French).Tiles().ToList();

        Assert.Equal(4, tiles.Count);
        Assert.All(tiles, t => Assert.StartsWith("objectif : ", t.Target, StringComparison.Ordinal));
        Assert.All(tiles, t => Assert.Contains(t.Verdict, new[] { "atteint", "compatible", "non atteint", "non concluant" }));
        Assert.Equal("atteint", tiles[1].Verdict);
    }

    [Fact]
    public async Task Calculated_and_measured_values_never_share_a_column()
    {
        var results = NoteComposer.Compose(await Office.Value, Language.French).Tables().Single(t => t.Key == "results");

        Assert.Equal(["Valeur réglementaire calculée", "Valeur mesurée"], results.Columns.Skip(2).Take(2).Select(c => c.Heading));
        Assert.All(results.Rows, r => Assert.False(r[2].IsNumber && r[3].IsNumber));
        var bbio = results.Rows.Single(r => r[0].Text == "BBIO'/BBIO'réf");
        Assert.Equal(0.74m, bbio[2].Value);
        Assert.Equal("atteint", bbio[6].Text);
    }

    [Fact]
    public async Task Requirements_of_the_call_are_judged_clause_by_clause_from_its_rules_file()
    {
        var table = NoteComposer.Compose(await Office.Value, Language.French).Tables().Single(t => t.Key == "call");

        // Guadeloupe AAP 3.2: at least 30 % for renovation; 35 % are planted.
        var savings = table.Rows.Single(r => r[2].Value == 30);
        Assert.Equal("atteint", savings[6].Text);
        Assert.False(savings[3].IsNumber);
    }

    [Fact]
    public async Task Years_add_up_to_the_pulses_of_the_period()
    {
        var model = await Office.Value;

        var years = model.FollowUp!.Uses.Sum(u => u.Year1.EnergyKwh + u.Year2.EnergyKwh);
        Assert.Equal(model.Consumption.Sum(p => p.EnergyKwh), years);
        Assert.All(model.FollowUp.Uses, u => Assert.Equal((365, 365, 366), (u.Before.DaysComplete, u.Year1.DaysComplete, u.Year2.DaysComplete)));
    }

    [Fact]
    public async Task Re_issue_after_a_correction_lists_what_changed_and_nothing_else()
    {
        var model = await Office.Value;
        var first = NoteComposer.Compose(model, Language.French);
        var point = model.Consumption[0];
        var corrected = model with { Consumption = [point with { EnergyKwh = point.EnergyKwh + 10 }, model.Consumption[1]] };

        Assert.Empty(NoteChanges.Between(NoteValues.Of(first), NoteValues.Of(first)));
        var changes = NoteChanges.Between(NoteValues.Of(first), NoteValues.Of(NoteComposer.Compose(corrected, Language.French)));
        Assert.Contains(changes, c => c.Place == "energy/Climatisation 1/Énergie finale" && decimal.Parse(c.After, CultureInfo.InvariantCulture) - decimal.Parse(c.Before, CultureInfo.InvariantCulture) == 10);
        Assert.DoesNotContain(changes, c => c.Place.Contains("Climatisation 2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(25, 0, false, TargetVerdict.Met)]
    [InlineData(30, 0, false, TargetVerdict.Met)]
    [InlineData(29.9, 0.2, false, TargetVerdict.Compatible)]
    [InlineData(30.1, 0.2, false, TargetVerdict.Compatible)]
    [InlineData(31, 0.2, false, TargetVerdict.NotMet)]
    [InlineData(31, 0.2, true, TargetVerdict.Met)]
    [InlineData(29, 0.2, true, TargetVerdict.NotMet)]
    [InlineData(double.NaN, 0, true, TargetVerdict.Inconclusive)]
    public void Verdict_follows_the_interval(double value, double half, bool atLeast, TargetVerdict expected)
    {
        var target = new NoteTarget("x", new("x", "x"), 30, "%", atLeast, "test");

        Assert.Equal(expected, Indicators.Verdict(value, half, target, complete: true));
        Assert.Equal(TargetVerdict.Inconclusive, Indicators.Verdict(value, half, target, complete: false));
    }

    [Fact]
    public void Narrative_comes_from_a_text_file_and_stays_through_re_issues()
    {
        var folder = Directory.CreateTempSubdirectory("metering-dossier-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "dossiers"));
            File.WriteAllText(Path.Combine(folder, "dossiers", "house.txt"), "# lessons\nOn a appris\nceci.\n\n- agir\n- suivre\n");
            File.WriteAllText(
                Path.Combine(folder, "dossiers", "house.json"),
                """{ "worksStart": "2023-01-05", "targets": [ { "key": "savings-pct", "name": { "french": "Économie", "english": "Savings" }, "value": 30, "unit": "%", "atLeast": true, "source": "AAP" } ] }""");

            var dossier = NoteDossierFiles.Read(folder, "house");

            Assert.Equal(["On a appris ceci.", "- agir", "- suivre"], dossier.NarrativeOf("lessons"));
            Assert.Equal(("Économie", 30.0), (dossier.Targets[0].Name.French, dossier.Targets[0].Value));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("house.txt", "# chapitre\nx\n", "house.txt:1: chapter 'chapitre' is not known")]
    [InlineData("house.txt", "x\n", "house.txt:1: text before the first chapter")]
    [InlineData("house.json", "{\n \"targts\": []\n}", "house.json:2: ")]
    [InlineData("house.json", "{", "house.json:1: ")]
    public void Malformed_dossier_is_refused_with_file_and_line(string name, string text, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("metering-dossier-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "dossiers"));
            File.WriteAllText(Path.Combine(folder, "dossiers", name), text);

            var error = Assert.Throws<NoteException>(() => NoteDossierFiles.Read(folder, "house"));

            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
            Assert.Throws<NoteException>(() => NoteDossierFiles.Read(folder, "../house"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
