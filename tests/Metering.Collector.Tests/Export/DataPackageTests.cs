using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Metering.Collector.Export;
using Metering.Collector.Notes;
using Metering.Collector.Storage.Weather;
using Metering.Collector.Tests.Notes;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Dossier;
using Metering.Core.Obligations;
using Metering.Core.Registry;
using Xunit;

namespace Metering.Collector.Tests.Export;

/// <summary>The data package against the rules of the Frictionless profiles, restated here from the specification (version 1).</summary>
public sealed class DataPackageTests
{
    private static readonly string[] FieldTypes = ["string", "number", "integer", "boolean", "date", "datetime"];

    private static readonly NoteDossier Open = PlantedOffice.Dossier with { PublicationConsent = true };

    private static readonly Lazy<Task<Dictionary<string, byte[]>>> Office = new(async () =>
    {
        var (store, registry) = PlantedOffice.Load();
        return await Package(store, Placed(registry), Open);
    });

    [Fact]
    public async Task Descriptor_keeps_the_rules_of_the_tabular_data_package_profile()
    {
        var files = await Office.Value;
        using var package = JsonDocument.Parse(files["datapackage.json"]);
        var root = package.RootElement;

        Assert.Equal("tabular-data-package", root.GetProperty("profile").GetString());
        Assert.Matches("^([-a-z0-9._/])+$", root.GetProperty("name").GetString());
        Assert.All(root.GetProperty("licenses").EnumerateArray(), l => Assert.True(l.TryGetProperty("name", out _) || l.TryGetProperty("path", out _)));
        var resources = root.GetProperty("resources").EnumerateArray().ToList();
        Assert.Equal(resources.Count, resources.Select(r => r.GetProperty("name").GetString()).Distinct().Count());
        foreach (var resource in resources)
        {
            Assert.Matches("^([-a-z0-9._/])+$", resource.GetProperty("name").GetString());
            Assert.Equal("tabular-data-resource", resource.GetProperty("profile").GetString());
            var path = resource.GetProperty("path").GetString()!;
            Assert.True(files.ContainsKey(path), path);
            Assert.DoesNotContain("..", path, StringComparison.Ordinal);
            var schema = resource.GetProperty("schema");
            var names = schema.GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("name").GetString()!).ToList();
            Assert.Equal(names.Count, names.Distinct().Count());
            Assert.All(schema.GetProperty("fields").EnumerateArray(), f => Assert.Contains(f.GetProperty("type").GetString(), FieldTypes));
            Assert.All(schema.GetProperty("primaryKey").EnumerateArray(), k => Assert.Contains(k.GetString(), names));
            Assert.Equal("", Assert.Single(schema.GetProperty("missingValues").EnumerateArray()).GetString());
        }
    }

    [Fact]
    public async Task Descriptor_is_valid_for_the_published_profile_and_a_broken_one_is_not()
    {
        using var profile = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "frictionless", "tabular-data-package.json")));
        var text = Encoding.UTF8.GetString((await Office.Value)["datapackage.json"]);
        using var package = JsonDocument.Parse(text);

        Assert.Empty(PublishedProfile.Check(profile.RootElement, package.RootElement));
        foreach (var (of, with, expected) in new[]
        {
            ("\"tabular-data-package\"", "\"data-package\"", "$.profile is not one of"), ("\"metering-export\"", "\"Metering Export\"", "$.name does not match"),
            ("\"encoding\": \"utf-8\"", "\"encoding\": 8", "$.resources[0]"), ("\"resources\"", "\"resource\"", "$ lacks resources"),
        })
        {
            using var broken = JsonDocument.Parse(text.Replace(of, with, StringComparison.Ordinal));
            Assert.Contains(PublishedProfile.Check(profile.RootElement, broken.RootElement), e => e.StartsWith(expected, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Every_value_of_every_table_is_of_the_type_that_its_schema_says_and_keys_are_unique()
    {
        var files = await Office.Value;
        foreach (var table in PackageTables.All)
        {
            var lines = Lines(files[table.Path], table.Compressed);
            Assert.Equal(string.Join(',', table.Fields.Select(f => f.Name)), lines[0]);
            var keys = new HashSet<string>(StringComparer.Ordinal);
            foreach (var line in lines.Skip(1))
            {
                var cells = Cells(line);
                Assert.Equal(table.Fields.Count, cells.Count);
                for (var i = 0; i < cells.Count; i++)
                {
                    Assert.True(cells[i].Length == 0 || IsOf(table.Fields[i].Type, cells[i]), $"{table.Name}.{table.Fields[i].Name}: '{cells[i]}' is no {table.Fields[i].Type}");
                }

                var key = string.Join('|', table.Key.Select(k => cells[table.Fields.ToList().FindIndex(f => f.Name == k)]));
                Assert.True(keys.Add(key), $"{table.Name}: key {key} twice");
                Assert.All(table.Key, k => Assert.NotEmpty(cells[table.Fields.ToList().FindIndex(f => f.Name == k)]));
            }
        }
    }

    [Fact]
    public async Task Ten_minute_deltas_add_up_to_the_energy_of_the_note()
    {
        var files = await Office.Value;
        var table = PackageTables.Energy;
        var sums = Lines(files[table.Path], table.Compressed).Skip(1).Select(Cells).GroupBy(c => c[0])
            .ToDictionary(g => g.Key, g => g.Sum(c => c[3].Length == 0 ? 0 : decimal.Parse(c[3], CultureInfo.InvariantCulture)) / 1000);
        var (store, registry) = PlantedOffice.Load();
        var model = await NoteService.BuildAsync(new NoteRequest { BuildingId = "office", Version = "t" }, store, registry, CancellationToken.None);

        Assert.All(model.Consumption, p => Assert.Equal(p.EnergyKwh, sums[p.Point.Id]));
    }

    [Fact]
    public async Task Months_and_savings_of_the_note_are_found_again_in_the_package()
    {
        var files = await Office.Value;
        var (store, registry) = PlantedOffice.Load();
        var model = await NoteService.BuildAsync(
            new NoteRequest { BuildingId = "office", Version = "t", From = PlantedOffice.Reception, To = PlantedOffice.End, Dossier = Open }, store, registry, CancellationToken.None);
        var document = NoteComposer.Compose(model, Language.English);

        var months = Lines(files["energy_monthly.csv"], false).Skip(1).Select(Cells).Where(c => c[1] == "clim" && c[3].Length > 0).ToDictionary(c => c[2], c => decimal.Parse(c[3], CultureInfo.InvariantCulture));
        foreach (var month in model.FollowUp!.Months)
        {
            Assert.Equal(month.EnergyKwh, months[month.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]);
        }

        var rows = document.Tables().Single(t => t.Key == "savings").Rows;
        var models = Lines(files["models.csv"], false).Skip(1).Select(Cells).ToDictionary(c => c[1]);
        foreach (var (row, period) in rows.Zip(["year1", "year2", "two-years"]))
        {
            Assert.Equal(row[4].Rounded, Math.Round(decimal.Parse(models[period][10], CultureInfo.InvariantCulture), row[4].Decimals, MidpointRounding.AwayFromZero));
            Assert.Equal(row[6].Rounded, Math.Round(decimal.Parse(models[period][11], CultureInfo.InvariantCulture), row[6].Decimals, MidpointRounding.AwayFromZero));
        }
    }

    [Fact]
    public async Task Same_store_gives_the_same_package_byte_for_byte()
    {
        var (store, registry) = PublishedHouse.Load(PublishedHouse.DataFile);

        Assert.Equal(await Bytes(store, registry, NoteDossier.Empty), await Bytes(store, registry, NoteDossier.Empty));
    }

    [Fact]
    public async Task House_without_consent_publishes_no_series_and_says_so()
    {
        var (store, registry) = PublishedHouse.Load(PublishedHouse.DataFile);

        var files = await Package(store, registry, NoteDossier.Empty);

        Assert.Single(Lines(files["energy_10min.csv.gz"], true));
        Assert.Single(Lines(files["climate_10min.csv.gz"], true));
        Assert.Single(Lines(files["energy_monthly.csv"], false));
        Assert.Single(Lines(files["comfort_annual.csv"], false));
        Assert.EndsWith("\"series and sums: fewer than 3 dwellings, no consent on record\"", Lines(files["operations.csv"], false)[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Four_dwellings_without_consent_publish_sums_of_the_group_only_under_no_name()
    {
        var (store, registry) = PublishedHouse.Load(PublishedHouse.DataFile);
        var dwellings = registry with
        {
            Buildings = [registry.Buildings[0] with { Dwellings = 4 }],
            Zones = [.. Enumerable.Range(1, 4).Select(i => new Zone { Id = $"flat-dupont-{i}", BuildingId = "house", Name = "Dupont", DwellingId = $"d{i}" })],
            Points = [.. registry.Points.Select((p, i) => p.Use == PointUse.IndoorClimate && i % 9 < 6 && i > 1 ? p with { ZoneId = $"flat-dupont-{i % 4 + 1}" } : p)],
        };

        var files = await Package(store, dwellings, NoteDossier.Empty);

        Assert.Single(Lines(files["energy_10min.csv.gz"], true));
        Assert.Equal(["house,group,2016"], Lines(files["comfort_annual.csv"], false).Skip(1).Select(l => string.Join(',', Cells(l).Take(3))));
        Assert.Equal(10, Lines(files["energy_monthly.csv"], false).Skip(1).Count());
        Assert.All(files.Where(f => !f.Key.EndsWith(".gz", StringComparison.Ordinal)), f =>
            Assert.DoesNotContain("dupont", System.Text.Encoding.UTF8.GetString(f.Value), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Pseudonym_depends_on_the_key_and_hides_the_id()
    {
        var building = new Building { Id = "b", SiteId = "s", Name = "b" };
        var one = new PersonalData(building, NoteDossier.Empty, [], new byte[32]);
        var other = new PersonalData(building, NoteDossier.Empty, [], [.. Enumerable.Repeat((byte)1, 32)]);

        Assert.Equal(one.Pseudonym("flat-1"), one.Pseudonym("flat-1"));
        Assert.NotEqual(one.Pseudonym("flat-1"), one.Pseudonym("flat-2"));
        Assert.NotEqual(one.Pseudonym("flat-1"), other.Pseudonym("flat-1"));
        Assert.Matches("^p[0-9a-f]{12}$", one.Pseudonym("flat-1"));
    }

    [Fact]
    public async Task Map_keeps_the_rules_of_RFC_7946()
    {
        using var json = JsonDocument.Parse((await Office.Value)["operations.geojson"]);
        var root = json.RootElement;

        // RFC 7946: sections 3.3 (feature collection), 3.2 (feature), 3.1.2 (point), 4 (WGS 84, no crs member).
        Assert.Equal("FeatureCollection", root.GetProperty("type").GetString());
        Assert.False(root.TryGetProperty("crs", out _));
        var feature = Assert.Single(root.GetProperty("features").EnumerateArray());
        Assert.Equal("Feature", feature.GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Object, feature.GetProperty("properties").ValueKind);
        Assert.Equal("Point", feature.GetProperty("geometry").GetProperty("type").GetString());
        var position = feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(v => v.GetDouble()).ToList();
        Assert.Equal([-61.5163, 16.264], position);
        Assert.InRange(feature.GetProperty("properties").GetProperty("pct_saving").GetDouble(), 30, 40);
    }

    [Theory]
    [InlineData("F", "court terme")]
    [InlineData("G", "court terme")]
    [InlineData("E", "moyen terme")]
    [InlineData("C", "long terme")]
    [InlineData("D", "long terme")]
    [InlineData("B", null)]
    public void Priority_follows_the_label_as_CD2E_writes_it(string label, string? expected) => Assert.Equal(expected, CallCatalogue.Embedded.PriorityOf(label)?.Text.French);

    [Theory]
    // Centre and corners of the area of use as epsg.io/2154 projects them with PROJ.
    [InlineData(46.355, 0.26, 489353.59, 6587552.20)]
    [InlineData(41.15, -9.86, -378305.81, 6093283.21)]
    [InlineData(51.56, 10.38, 1212610.74, 7186901.68)]
    public void Lambert93_agrees_with_PROJ_to_the_centimetre(double latitude, double longitude, double x, double y)
    {
        var (easting, northing) = Lambert93.Project(latitude, longitude);

        Assert.Equal(x, easting, 0.006);
        Assert.Equal(y, northing, 0.006);
    }

    [Fact]
    public void Lambert93_gives_its_own_origin_and_is_symmetric_about_its_meridian()
    {
        var (x, y) = Lambert93.Project(46.5, 3);
        Assert.Equal((700000, 6600000), (Math.Round(x, 6), Math.Round(y, 6)));
        var (west, _) = Lambert93.Project(48, 1);
        var (east, _) = Lambert93.Project(48, 5);
        Assert.Equal(1400000, west + east, 6);
        // On a standard parallel lengths are true: a hundredth of a degree of longitude at 49 N.
        var (a, _) = Lambert93.Project(49, 3.00);
        var (b, _) = Lambert93.Project(49, 3.01);
        var e2 = (2 - 1 / 298.257222101) / 298.257222101;
        var sine = Math.Sin(49 * Math.PI / 180);
        Assert.Equal(0.01 * Math.PI / 180 * 6378137 * Math.Cos(49 * Math.PI / 180) / Math.Sqrt(1 - e2 * sine * sine), b - a, 3);
        Assert.False(Lambert93.Covers(16.264, -61.5163));
    }

    [Fact]
    public async Task Fnap_row_has_the_gain_the_class_and_the_rules_of_the_text()
    {
        var (store, registry) = PublishedHouse.Load(PublishedHouse.DataFile);
        var dossier = new NoteDossier
        {
            Fnap = new FnapSheet("Bailleur", 10, 10, 620, 480000m, 40000m, "QPV"),
            RegulatoryValues =
            [
                new("DPE", "before", 320, "kWhEP/m²/an", "F", "3CL-2021", "x", new DateOnly(2022, 5, 1)), new("DPE", "after", 150, "kWhEP/m²/an", "D", "3CL-2021", "x", new DateOnly(2024, 5, 1)),
                new("GES", "before", 30, "kgCO2/m²/an", "", "3CL-2021", "x", new DateOnly(2022, 5, 1)), new("GES", "after", 30, "kgCO2/m²/an", "", "3CL-2021", "x", new DateOnly(2024, 5, 1)),
            ],
        };
        var model = await NoteService.BuildAsync(new NoteRequest { BuildingId = "house", Version = "t", Dossier = dossier }, store, registry, CancellationToken.None);
        var folder = Directory.CreateTempSubdirectory("metering-fnap-").FullName;
        try
        {
            using (var sink = new TableSink(LandlordTables.Fnap, folder))
            {
                LandlordTables.AddFnap(sink, model);
            }

            var row = Cells(File.ReadAllLines(Path.Combine(folder, "fnap.csv"))[1]);

            Assert.Equal(["2022-05-01", "2024-05-01"], [row[9], row[19]]);
            // 100 (320 - 150)/320 = 53.125; class D is not C; 30 is not above 30.
            Assert.Equal("53.125", row[12]);
            Assert.Equal(["false", "true", ""], row.Skip(16).Take(3));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static RegistrySnapshot Placed(RegistrySnapshot registry) =>
        registry with { Sites = [registry.Sites[0] with { Latitude = 16.264, Longitude = -61.5163 }] };

    private static async Task<byte[]> Bytes(
        ListReadingStore store, RegistrySnapshot registry, NoteDossier dossier, Func<string, DateTimeOffset, DateTimeOffset, IReadOnlyList<WeatherHour>>? weather = null)
    {
        using var stream = new MemoryStream();
        await DataPackageWriter.WriteAsync(
            new ExportRequest { Buildings = [.. registry.Buildings.Select(b => b.Id)], Version = "0.0.0-test", Salt = new byte[32], Dossier = _ => dossier, Weather = (station, from, to, _) => Task.FromResult(weather?.Invoke(station, from, to) ?? []) },
            store, registry, stream, CancellationToken.None);
        return stream.ToArray();
    }

    internal static async Task<Dictionary<string, byte[]>> Package(
        ListReadingStore store, RegistrySnapshot registry, NoteDossier dossier, Func<string, DateTimeOffset, DateTimeOffset, IReadOnlyList<WeatherHour>>? weather = null)
    {
        using var zip = new ZipArchive(new MemoryStream(await Bytes(store, registry, dossier, weather)));
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            await using var stream = entry.Open();
            await stream.CopyToAsync(content);
            files[entry.FullName] = content.ToArray();
        }

        return files;
    }

    internal static List<string> Lines(byte[] file, bool compressed)
    {
        using Stream stream = compressed ? new GZipStream(new MemoryStream(file), CompressionMode.Decompress) : new MemoryStream(file);
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
    }

    internal static List<string> Cells(string line) => line.Contains('"', StringComparison.Ordinal)
        ? [.. Regex.Matches(line, "(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))").Select(m => m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value)]
        : [.. line.Split(',')];

    private static bool IsOf(string type, string text) => type switch
    {
        "number" => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        "integer" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "boolean" => text is "true" or "false",
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "datetime" => DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        _ => true,
    };
}
