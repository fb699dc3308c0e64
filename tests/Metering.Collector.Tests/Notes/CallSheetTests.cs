using System.Text.Json;
using Metering.Collector.Notes;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Obligations;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Xunit;
using RegulatoryValue = Metering.Core.Notes.Dossier.RegulatoryValue;

namespace Metering.Collector.Tests.Notes;

/// <summary>The sheets that each call wants. Expected values are those of the calls and of the Lens study, computed by hand.</summary>
public sealed class CallSheetTests
{
    private static readonly DateTimeOffset Reception = new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Guadeloupe_scores_offers_as_written_and_warns_that_savings_lower_the_score()
    {
        var document = Compose(Model("guadeloupe", new NoteDossier
        {
            Category = "renovation",
            Offers =
            [
                new Offer { Id = "A", Category = "confort-plus", ExtraCostEur = 40_000, StudyCostEur = 5_000, FloorAreaM2 = 1000, IctRatio = 0.75 },
                new Offer { Id = "B", Category = "confort-plus", ExtraCostEur = 20_000, StudyCostEur = 5_000, FloorAreaM2 = 800, IctRatio = 0.85 },
                new Offer { Id = "C", Category = "renovation", ExtraCostEur = 100_000, StudyCostEur = 0, FloorAreaM2 = 1000, SavingsPct = 30 },
                new Offer { Id = "D", Category = "renovation", ExtraCostEur = 100_000, StudyCostEur = 0, FloorAreaM2 = 1000, SavingsPct = 50 },
            ],
        }));

        var rows = Table(document, "scoring").Rows;
        Assert.Equal([33.75m, 26.5625m, 30m, 50m], rows.Select(r => r[8].Rounded!.Value));
        Assert.Equal([47.222m, 60m, 60m, 36m], rows.Select(r => r[10].Rounded!.Value));
        Assert.Contains(document.Sections.SelectMany(s => s.Blocks).OfType<BoxBlock>(), b => b.Lines[0].StartsWith("Qrenov grows with the savings", StringComparison.Ordinal));
    }

    [Theory]
    // Production above and below consumption: the sign that is printed and the sign that is meant disagree both times.
    [InlineData(3000, "not met", "met")]
    [InlineData(0, "met", "not met")]
    public void Guadeloupe_shows_E_prime_its_terms_and_both_readings_of_the_sign(double production, string printed, string meant)
    {
        var document = Compose(Model("guadeloupe", new NoteDossier
        {
            Category = "bepos",
            RegulatoryValues = [Term("E'C", 1500), Term("E'W", 600), Term("E'L", 200), Term("E'AV", 100), Term("E'PE", production)],
        }, Use(PointUse.Cooling, 0, 1700, 1650), Use(PointUse.HotWater, 0, 500, 480), Use(PointUse.Lighting, 0, 210, 190), Use(PointUse.Ventilation, 0, 90, 80), Use(PointUse.Production, 0, 2900, 2400)));

        var terms = Table(document, "bepos-balance");
        Assert.Equal("Calculated (imported)", terms.Columns[1].Heading);
        Assert.Equal([1500m, 600m, 200m, 100m, (decimal)production, 2400m, 2400m - (decimal)production, (decimal)production - 2400m], terms.Rows.Select(r => r[1].Value!.Value));
        // Measured: year 2, 1650 + 480 + 190 + 80 = 2400 against 2400 produced.
        Assert.Equal([1650m, 480m, 190m, 80m, 2400m, 2400m, 0m, 0m], terms.Rows.Select(r => r[2].Value!.Value));
        var signs = Table(document, "bepos-sign").Rows;
        Assert.Equal([printed, meant], signs.Select(r => r[1].Text));
        Assert.Equal(["met", "met"], signs.Select(r => r[2].Text));
        Assert.Equal(meant, Table(document, "call").Rows.Single(r => r[0].Text == "§ 3.1.4")[4].Text);
    }

    [Fact]
    public void A_term_of_E_prime_without_a_meter_leaves_the_measured_balance_open()
    {
        var document = Compose(Model("guadeloupe", new NoteDossier { Category = "bepos" }, Use(PointUse.Cooling, 0, 1700, 1650)));

        var rows = Table(document, "bepos-balance").Rows;
        Assert.Equal(1650m, rows[0][2].Value);
        Assert.All(rows.Skip(1), r => Assert.False(r[2].IsNumber));
    }

    [Fact]
    public void Ratio_of_several_dwellings_is_that_of_the_means()
    {
        var document = Compose(Model("guadeloupe", new NoteDossier
        {
            Category = "confort-plus",
            RegulatoryValues = [Term("ICT'", 60), Term("ICT'", 100), Term("ICT'réf", 100), Term("ICT'réf", 100)],
        }));

        // Means 80 and 100: 0.8, below 0.9.
        var row = Table(document, "call").Rows.Single(r => r[0].Text == "§ 3.1.2");
        Assert.Equal((0.8m, "met"), (row[3].Rounded, row[4].Text));
        Assert.False(row[5].IsNumber);
    }

    [Fact]
    public void Cooling_is_given_by_circuit_and_by_square_metre_and_each_circuit_has_its_conformity()
    {
        var dossier = new NoteDossier
        {
            Category = "energie-plus",
            Circuits = [new CircuitAttestation("ac-1", true, "photograph of the panel", "A. Electrician", new DateOnly(2023, 1, 5)), new CircuitAttestation("ac-3", false, "inspection", "A. Electrician", new DateOnly(2023, 1, 5))],
        };
        var document = Compose(Model("guadeloupe", dossier) with
        {
            Consumption = [Circuit("ac-1", 10m, 2m), Circuit("ac-2", 10m, 1m), Circuit("ac-3", 10m, 1m), Circuit("ac-4", 1m, 1m)],
        });

        var rows = Table(document, "cooling-circuits").Rows;
        // 2 kWh on each of 365 and 366 days, over 200 m².
        Assert.Equal([730m, 3.65m, 365m, 732m, 3.66m, 366m], rows[0].Skip(2).Select(c => c.Rounded!.Value));
        Assert.Equal(5m * 365, rows[4][2].Value);
        Assert.Equal(
            ["complies", "attestation missing", "does not comply: mixed circuit", "does not comply: pulse weight"],
            Table(document, "circuit-conformity").Rows.Select(r => r[8].Text));
    }

    [Fact]
    public void Category_that_the_building_does_not_fit_is_said()
    {
        var model = Model("guadeloupe", new NoteDossier { Category = "energie-plus" });
        var document = Compose(model with { Building = model.Building with { FloorAreaM2 = 1000 } });

        var box = document.Sections.Single(s => s.Number == "8.1").Blocks.OfType<BoxBlock>().First();
        Assert.Equal(2, box.Lines.Count);
        Assert.Contains("1,000", box.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Charters_are_listed_with_their_receipts()
    {
        var document = Compose(Model("guadeloupe", new NoteDossier
        {
            Category = "renovation",
            Charters = [new CharterDelivery("lot 2", "1.0", new DateOnly(2023, 2, 1), false), new CharterDelivery("lot 1", "1.0", new DateOnly(2023, 1, 15), true)],
        }));

        var table = Table(document, "charters");
        Assert.Equal(["lot 1", "lot 2"], table.Rows.Select(r => r[0].Text));
        Assert.Equal("Receipts signed: 1 of 2.", table.Remarks[0]);
    }

    [Fact]
    public void Arra_takes_invoices_before_the_works_and_counts_no_circuit_twice()
    {
        // Twelve months of heating from invoices, the oldest one cut off by a gap; a main meter with circuits behind it.
        var document = Compose(Model("capi", new NoteDossier
        {
            Category = "standard",
            Invoices =
            [
                new("H", new DateOnly(2021, 1, 1), new DateOnly(2021, 6, 1), 9999, null, false, "heating"),
                new("H", new DateOnly(2022, 1, 1), new DateOnly(2022, 7, 1), 6000, null, false, "heating"),
                new("H", new DateOnly(2022, 7, 1), new DateOnly(2023, 1, 1), 5500, null, false, "heating"),
            ],
        }, Use(PointUse.Total, 3000, 2500, 2400), Use(PointUse.Lighting, 500, 400, 400), Use(PointUse.CommonParts, 300, 250, 240), Use(PointUse.Heating, null, 7000, 6900)));

        var rows = Table(document, "arra").Rows;
        Assert.Equal(
            [
                "heating before 2022-01-01 2023-01-01 11500 365 invoices", "heating year 1 2023-01-01 2024-01-01 7000 365 meters", "heating year 2 2024-01-01 2025-01-01 6900 366 meters",
                "electricity before 2022-01-01 2023-01-01 3000 365 meters", "electricity year 1 2023-01-01 2024-01-01 2500 365 meters", "electricity year 2 2024-01-01 2025-01-01 2400 366 meters",
                "electricity of the common parts before 2022-01-01 2023-01-01 300 365 meters", "electricity of the common parts year 1 2023-01-01 2024-01-01 250 365 meters",
                "electricity of the common parts year 2 2024-01-01 2025-01-01 240 366 meters",
            ],
            rows.Select(r => string.Join(' ', r.Select(c => c.Text ?? c.Rounded?.ToString(System.Globalization.CultureInfo.InvariantCulture)))));
        Assert.Contains(document.Sections.SelectMany(s => s.Blocks).OfType<MissingBlock>(), b => b.Text.EndsWith("hot water.", StringComparison.Ordinal));
    }

    [Fact]
    public void Fnap_sheet_has_twelve_fields_in_the_order_of_the_text_and_keeps_the_measured_value_apart()
    {
        var document = Compose(Model("fnap", new NoteDossier
        {
            Category = "thermal-renovation",
            Fnap = new FnapSheet("Bailleur", 20, 19, 1200, 900_000m, 80_000m, "QPV", 1970),
            RegulatoryValues =
            [
                Label("DPE", "before", "F", 400, 2022), Label("DPE", "after", "C", 160, 2024), Label("GES", "before", "", 80, 2022), Label("GES", "after", "", 28, 2024),
            ],
            Factors = [new("pef", "pef", "FR", 2026, 1.9m, "kWhEP/kWhEF", "arrêté du 13/08/2025", "electricity")],
        }, Use(PointUse.Total, null, 2500, 2400)));

        var rows = Table(document, "fnap").Rows;
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "7", "8", "9", "9", "10", "11", "11", "12"], rows.Select(r => r[0].Text));
        Assert.Equal(60m, rows[11][2].Value);
        Assert.Equal("2022-05-01", rows[8][2].Text);
        Assert.Equal([2400m, 4560m], Table(document, "fnap-measured").Rows.Select(r => r[1].Rounded!.Value));
        var call = Table(document, "call").Rows;
        Assert.Equal("met", call.Single(r => r[1].Text!.StartsWith("at least class C", StringComparison.Ordinal))[4].Text);
        Assert.Equal("met", call.Single(r => r[1].Text!.StartsWith("greenhouse gas", StringComparison.Ordinal))[4].Text);
        Assert.Equal((52m, "met"), call.Where(r => r[2].Value == 15).Select(r => (r[3].Value!.Value, r[4].Text!)).Single());
    }

    [Fact]
    public void Fnap_says_that_it_excludes_the_overseas_departments()
    {
        var model = Model("fnap", new NoteDossier { Fnap = new FnapSheet("Bailleur", 1, 1, 60, 1m, 1m, "QPV") });
        var document = Compose(model with { Site = model.Site with { TimeZone = "Indian/Reunion" } });

        Assert.Contains(document.Sections.SelectMany(s => s.Blocks).OfType<BoxBlock>(), b => b.Title == "Excluded operation");
        Assert.Equal("not met", Table(document, "call").Rows[0][4].Text);
    }

    [Fact]
    public void Heat_network_years_come_out_as_the_Lens_study_prints_them()
    {
        // SCET-Egis 28/07/2017, 3.3.1 and 3.3.2: sold, into the network, degree days, R1, R2; reference 2622.
        var sheet = new HeatNetworkSheet("SCET-Egis 28/07/2017", ReferenceDegreeDays: 2622, Years:
        [
            new("2014", 2077, 41471, 46079, 1_984_800, 699_600, 25684), new("2015", 2259, 41179, 45754, 1_937_400, 569_600, 23990), new("2016", 2483, 43241, 48182, 1_756_000, 637_400, 23992),
        ]);
        var rows = Table(Compose(Model("aula", new NoteDossier { HeatNetwork = sheet })), "heat-network-years").Rows;

        Assert.Equal([0.7921m, 0.8616m, 0.9470m], rows.Select(r => r[2].Rounded!.Value));
        Assert.Equal([52353m, 47796m, 45662m], rows.Select(r => r[4].Rounded!.Value));
        Assert.Equal([0.9000m, 0.9000m, 0.8975m], rows.Select(r => r[6].Rounded!.Value));
        Assert.Equal([64.73m, 60.88m, 55.35m], rows.Select(r => r[9].Rounded!.Value));
        // Raw sales rise by 4.3 %, corrected ones fall by 12.8 %.
        Assert.Equal(4.3m, Math.Round(100 * (rows[2][3].Value!.Value / rows[0][3].Value!.Value - 1), 1));
        Assert.Equal(-12.8m, Math.Round(100 * (rows[2][4].Value!.Value / rows[0][4].Value!.Value - 1), 1));
    }

    [Fact]
    public void Heat_of_the_delivery_point_is_corrected_by_degree_days_and_billed_by_R1_and_R2()
    {
        var sheet = new HeatNetworkSheet("contract", R1EurPerMwh: 41.74, R2EurPerKw: 26.67, SubscribedKw: 10, VatPercent: 5.5, ReferenceDegreeDays: 3650);
        var model = Model("aula", new NoteDossier { HeatNetwork = sheet }, Use(PointUse.Heating, 12_000, 10_000, 8_000), Use(PointUse.HotWater, 2_000, 2_000, 2_000));
        // 10 °C on every day of year 1: 8 K below 18 °C, 2920 K·d; rigour 0.8; 10 MWh / 0.8 + 2 MWh of hot water.
        var outdoor = Enumerable.Range(0, 365).ToDictionary(i => new DateOnly(2023, 1, 1).AddDays(i), _ => 10.0);
        var rows = Table(Compose(model with { FollowUp = model.FollowUp! with { OutdoorDays = outdoor } }), "heat-delivery").Rows;

        Assert.Equal([10m, 2m, 2920m, 365m, 0.8m, 14.5m], rows[1].Skip(1).Take(6).Select(c => c.Rounded!.Value));
        // 12 MWh × 41.74 + 10 kW × 26.67 = 767.58 € without, 809.80 € with 5.5 % of tax.
        Assert.Equal([767.58m, 809.80m, 63.97m], rows[1].Skip(7).Select(c => c.Rounded!.Value));
        Assert.False(rows[2][5].IsNumber);
    }

    [Fact]
    public void Rules_in_the_data_folder_take_the_place_of_those_that_travel_with_the_program()
    {
        var folder = Directory.CreateTempSubdirectory("metering-calls-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "calls"));
            File.WriteAllText(Path.Combine(folder, "calls", "mine.json"), CallRules.FileOf("guadeloupe").Replace("\"threshold\": 30,", "\"threshold\": 40,", StringComparison.Ordinal));

            var calls = CallRuleFiles.Read(folder);

            Assert.Equal(40, calls.Find("guadeloupe")!.Requirements.Single(r => r.Id == "guadeloupe.savings").Threshold);
            Assert.Equal(30, CallCatalogue.Embedded.Find("guadeloupe")!.Requirements.Single(r => r.Id == "guadeloupe.savings").Threshold);
            Assert.Equal(5, calls.Calls.Count);
            Assert.Contains("\"threshold\": 40,", CallRuleFiles.TextOf(folder, calls.Find("guadeloupe")!), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("\"threshold\": 0.9,", "\"treshold\": 0.9,", "requirement 'guadeloupe.ict' has an unknown member 'treshold'; allowed are id, clause")]
    [InlineData("\"threshold\": 0.9,", "", "requirement 'guadeloupe.ict': a quantity goes with a comparator and one of threshold and thresholdQuantity")]
    [InlineData("\"threshold\": 0.9,", "\"threshold\": \"0.9\",", "requirement 'guadeloupe.ict': threshold is \"0.9\"; a number is needed.")]
    [InlineData("\"comparator\": \"<=\", \"threshold\": 0.9", "\"comparator\": \"=<\", \"threshold\": 0.9", "requirement 'guadeloupe.ict': comparator '=<' is not known; allowed are <=, >=, < and ==.")]
    [InlineData("\"categories\": [\"confort-plus\"], \"quantity\"", "\"categories\": [\"comfort\"], \"quantity\"", "requirement 'guadeloupe.ict': category 'comfort' is not known; the call has bepos, confort-plus, energie-plus, renovation.")]
    [InlineData("\"key\": \"charters\"", "\"key\": \"charter\"", "sheet 'charter' is not known; allowed are bepos-balance, ")]
    [InlineData("\"key\": \"guadeloupe\"", "\"key\": \"../x\"", "key '../x' is no name")]
    [InlineData("\"issuer\"", "\"Issuer\"", "the call has an unknown member 'Issuer'")]
    [InlineData("\"issuer\"", "issuer", ".json:4: ")]
    public void Malformed_rules_are_refused_with_file_and_place(string of, string with, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("metering-calls-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "calls"));
            var text = CallRules.FileOf("guadeloupe");
            var at = text.IndexOf(of, StringComparison.Ordinal);
            Assert.True(at >= 0);
            File.WriteAllText(Path.Combine(folder, "calls", "g.json"), text[..at] + with + text[(at + of.Length)..]);

            var error = Assert.Throws<NoteException>(() => CallRuleFiles.Read(folder));

            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
            Assert.Contains("g.json", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Every_embedded_rules_file_can_be_read_and_written_back_as_text()
    {
        foreach (var call in CallRules.All)
        {
            using var json = JsonDocument.Parse(CallRules.FileOf(call.Key));
            Assert.Equal(call.Requirements.Count, CallRules.Read(json.RootElement).Requirements.Count);
        }
    }

    private static NoteDocument Compose(NoteModel model) => NoteComposer.Compose(model, Language.English);

    private static NoteTable Table(NoteDocument document, string key) => document.Tables().Single(t => t.Key == key);

    private static RegulatoryValue Term(string kind, double value) => new(kind, "after", value, "kWhEF/an", "", "RTG v1.2", "engineer", new DateOnly(2022, 11, 3));

    private static RegulatoryValue Label(string kind, string phase, string label, double value, int year) =>
        new(kind, phase, value, "", label, "3CL-2021", "assessor", new DateOnly(year, 5, 1));

    private static UseYears Use(PointUse use, decimal? before, decimal? year1, decimal? year2) =>
        new(use, new(before, before is null ? 0 : 365, 365), new(year1, 365, 365), new(year2, 366, 366));

    private static PointConsumption Circuit(string id, decimal weight, decimal kwhADay) => new()
    {
        Point = new MeteringPoint { Id = id, BuildingId = "b", Name = id, Use = PointUse.Cooling },
        Registers = [new RegisterSpan(new ChannelKey("0000000000000001", "ch1"), null, weight, Reception, 0, Reception.AddYears(2), 100, 100)],
        EnergyKwh = null,
        Hours = [],
        Days = [.. Enumerable.Range(0, 731).Select(i => new EnergyStep(Reception.AddDays(i), Reception.AddDays(i + 1), kwhADay, 100, QualityFlags.Ok))],
        Months = [],
        Flags = QualityFlags.Ok,
        SamplesStored = 0,
        SamplesExpected = 0,
    };

    private static NoteModel Model(string call, NoteDossier dossier, params UseYears[] uses) => new()
    {
        Building = new Building { Id = "b", SiteId = "s", Name = "b", FloorAreaM2 = 200, Call = call, Reception = new DateOnly(2023, 1, 1) },
        Site = new Site { Id = "s", Name = "s", TimeZone = "Europe/Paris" },
        Period = new NotePeriod(Reception, Reception.AddYears(2)),
        Consumption = [],
        Rooms = [],
        Completeness = [],
        Dossier = dossier,
        Call = CallCatalogue.Embedded.Find(call),
        FollowUp = new FollowUp
        {
            Before = new(Reception.AddYears(-1), Reception), Year1 = new(Reception, Reception.AddYears(1)), Year2 = new(Reception.AddYears(1), Reception.AddYears(2)),
            Uses = uses, Months = [], Boundary = [], SavingsMissing = SavingsGap.NoWeather,
        },
        Provenance = new Provenance { AsOf = Reception, DataHash = "0", SettingsHash = "0", Version = "t" },
    };
}
