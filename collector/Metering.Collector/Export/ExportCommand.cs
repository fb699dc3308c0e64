using System.CommandLine;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Metering.Collector.Cli;
using Metering.Collector.Identity.Privacy;
using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Storage.Weather;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Model;
using Metering.Core.Obligations;
using Metering.Core.Registry;

namespace Metering.Collector.Export;

/// <summary><c>metering export</c>: tables for landlords and analysts.</summary>
internal static class ExportCommand
{
    private static readonly string[] Kinds = ["package", "csv", "xlsx", "geojson", "geojson-2154", "arra", "fnap", "invoices", "calls", "progress"];

    private const int YearMin = 1990;
    private const int YearMax = 2200;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var data = CommonOptions.Data();
        var force = CommonOptions.Force();
        var what = new Option<string>("--what")
        {
            Description = "package (data package, zip), csv (the same without ten-minute tables), xlsx (tables of one building's note), geojson, geojson-2154, arra, fnap, invoices (in clear, for a funder who asks), calls (rules in use, zip), progress (annual progress report of the fleet, with --year and --format).",
            HelpName = "KIND",
            Required = true,
        };
        var building = new Option<string[]>("--building") { Description = "Buildings; all when not given.", HelpName = "ID", AllowMultipleArgumentsPerToken = true };
        var language = new Option<string>("--lang") { Description = "Language of the notes' values and of documents: fr or en.", HelpName = "fr|en", DefaultValueFactory = _ => "fr" };
        var year = new Option<int?>("--year") { Description = "Year of the progress report; the last that some building was measured whole when not given.", HelpName = "YEAR" };
        var format = new Option<string>("--format") { Description = "Format of the progress report: html, pdf, docx, xlsx or csv.", HelpName = "FORMAT", DefaultValueFactory = _ => "html" };
        var output = new Option<string>("--out") { Description = "File to write.", HelpName = "FILE", Required = true };
        var verb = new Command("export", "Export tables: example: metering export --data metering-demo --what package --out fleet.zip")
        {
            data, what, building, language, year, format, output, force,
        };
        verb.Does(async (parsed, cancellationToken) =>
        {
            var kind = parsed.GetValue(what)!;
            var file = parsed.GetValue(output)!;
            if (!Kinds.Contains(kind))
            {
                throw new UsageException($"--what: '{kind}' is not known; allowed are {string.Join(", ", Kinds)}.");
            }

            NoteCommand.CheckFile(file, parsed.GetValue(force));
            NoteCommand.CheckFormat(parsed.GetValue(format)!);
            if (parsed.GetValue(year) is { } asked and (< YearMin or > YearMax))
            {
                throw new UsageException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"--year: {asked} is no year; allowed are {YearMin} to {YearMax}."));
            }

            var folder = parsed.GetValue(data)!;
            await using var database = await DataFolder.OpenAsync(folder, cancellationToken).ConfigureAwait(false);
            var registry = await new RegistryStore(database).SnapshotAsync(null, cancellationToken).ConfigureAwait(false);
            var ids = Buildings(registry, parsed.GetValue(building));
            try
            {
                if (kind == "progress")
                {
                    await ProgressAsync(
                        folder, file, ids, NoteCommand.ReadLanguage(parsed.GetValue(language)!), parsed.GetValue(year), parsed.GetValue(format)!, registry, database, cancellationToken).ConfigureAwait(false);
                    await parsed.InvocationConfiguration.Output.WriteLineAsync(file).ConfigureAwait(false);
                    return ExitCode.Done;
                }

                await WriteAsync(kind, folder, file, ids, NoteCommand.ReadLanguage(parsed.GetValue(language)!), registry, database, cancellationToken).ConfigureAwait(false);
            }
            catch (NoteException e)
            {
                // The report is written at once, when it is whole; the others leave a part behind.
                if (kind != "progress")
                {
                    File.Delete(file);
                }

                throw new UsageException(e.Message, e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"--out: '{file}' cannot be written: {e.Message}", e);
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync(file).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return verb;
    }

    private static List<string> Buildings(RegistrySnapshot registry, string[]? wanted)
    {
        var known = registry.Buildings.Select(b => b.Id).ToList();
        if (wanted is not { Length: > 0 })
        {
            return known.Count > 0 ? known : throw new UsageException("--data: the registry holds no building.");
        }

        foreach (var id in wanted)
        {
            if (!known.Contains(id))
            {
                throw new UsageException($"--building: '{id}' is not registered; known are {(known.Count == 0 ? "none" : string.Join(", ", known))}.");
            }
        }

        return [.. wanted.Distinct(StringComparer.Ordinal)];
    }

    private static async Task WriteAsync(
        string kind, string folder, string file, List<string> ids, Language language, RegistrySnapshot registry, SqliteDatabase database, CancellationToken cancellationToken)
    {
        var store = CorrectedReadingStore.Of(database);
        var calls = CallRuleFiles.Read(folder);
        await using var stream = File.Create(file);
        switch (kind)
        {
            case "package" or "csv":
                await DataPackageWriter.WriteAsync(
                    new ExportRequest
                    {
                        Buildings = ids, Calls = calls, Language = language, Quarantined = await new Quarantine(database).CountAsync(cancellationToken).ConfigureAwait(false),
                        Weather = new WeatherStore(database).ReadAsync, Version = ProductVersion.Text, Salt = PseudonymKey.Of(folder), TablesOnly = kind == "csv", Dossier = id => NoteDossierFiles.Read(folder, id, language),
                    },
                    store, registry, stream, cancellationToken).ConfigureAwait(false);
                break;
            case "xlsx":
                if (ids.Count != 1)
                {
                    throw new NoteException("--what xlsx: the tables of one building's note; name it with --building.");
                }

                XlsxNoteWriter.Write(NoteComposer.Compose(await ModelAsync(ids[0]).ConfigureAwait(false), language), stream);
                break;
            case "arra":
                await TableAsync(LandlordTables.Arra, LandlordTables.AddArra).ConfigureAwait(false);
                break;
            case "fnap":
                await TableAsync(LandlordTables.Fnap, LandlordTables.AddFnap).ConfigureAwait(false);
                break;
            case "invoices":
                await TableAsync(LandlordTables.Invoices, LandlordTables.AddInvoices).ConfigureAwait(false);
                break;
            case "calls":
                WriteCalls(stream, folder, calls);
                break;
            default:
                await GeoJsonAsync(kind == "geojson-2154").ConfigureAwait(false);
                break;
        }

        Task<NoteModel> ModelAsync(string id) => NoteService.BuildAsync(
            new NoteRequest { BuildingId = id, Version = ProductVersion.Text, Calls = calls, Dossier = NoteDossierFiles.Read(folder, id, language) }, store, registry, cancellationToken);

        async Task TableAsync(PackageTable table, Action<TableSink, NoteModel> add)
        {
            var temporary = Directory.CreateTempSubdirectory("metering-export-").FullName;
            try
            {
                string path;
                using (var sink = new TableSink(table, temporary))
                {
                    path = sink.FilePath;
                    foreach (var id in ids)
                    {
                        add(sink, await ModelAsync(id).ConfigureAwait(false));
                    }
                }

                await using var written = File.OpenRead(path);
                await written.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Directory.Delete(temporary, recursive: true);
            }
        }

        async Task GeoJsonAsync(bool lambert)
        {
            var features = new List<JsonNode>();
            foreach (var id in ids)
            {
                var model = await ModelAsync(id).ConfigureAwait(false);
                var expected = model.Consumption.Sum(p => p.SamplesExpected);
                var feature = GeoJsonWriter.Feature(
                    BuildingPart.Of(registry, id), model.Dossier, calls,
                    model.FollowUp is { } f ? Core.Notes.Indicators.Consumption(f, model.Building) : null,
                    model.FollowUp?.Savings is { } s ? 100 * s.Total.Fraction : null,
                    expected > 0 ? 100.0 * model.Consumption.Sum(p => p.SamplesStored) / expected : null);
                if (feature is not null)
                {
                    features.Add(feature);
                }
            }

            var collection = lambert ? GeoJsonWriter.Lambert93Collection(features) : GeoJsonWriter.Collection(features);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(collection.ToJsonString(Json) + "\n"), cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task ProgressAsync(
        string folder, string file, List<string> ids, Language language, int? year, string format, RegistrySnapshot registry, SqliteDatabase database, CancellationToken cancellationToken)
    {
        var pdf = format == "pdf" ? PdfNoteWriter.Find(null) : null;
        var document = await ProgressExport.ComposeAsync(
            folder, ids, year, language, CallRuleFiles.Read(folder), CorrectedReadingStore.Of(database), registry, cancellationToken).ConfigureAwait(false);
        // A date of the report's own year: a document never looks at the clock.
        var created = new DateTimeOffset(int.Parse(document.Subtitle, System.Globalization.CultureInfo.InvariantCulture), 12, 31, 0, 0, 0, TimeSpan.Zero);
        await NoteCommand.WriteAsync(document, created, format, file, pdf, cancellationToken).ConfigureAwait(false);
    }

    private static void WriteCalls(Stream stream, string folder, CallCatalogue calls)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var call in calls.Calls.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            using var writer = new StreamWriter(DeterministicZip.Create(zip, call.Key + ".json"), new UTF8Encoding(false));
            writer.Write(CallRuleFiles.TextOf(folder, call));
        }
    }
}
