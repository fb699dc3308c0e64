using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Weather;
using Metering.Core.Energy;
using Metering.Core.Languages;
using Metering.Core.Notes;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Obligations;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Export;

/// <summary>What an export is asked for.</summary>
internal sealed record ExportRequest
{
    /// <summary>Buildings, in the order of the registry.</summary>
    public required IReadOnlyList<string> Buildings { get; init; }

    public required string Version { get; init; }

    /// <summary>Key of the pseudonyms: one that is kept gives the same names in every export.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>Reads the dossier of a building.</summary>
    public required Func<string, NoteDossier> Dossier { get; init; }

    /// <summary>Rules of the calls.</summary>
    public CallCatalogue Calls { get; init; } = CallCatalogue.Embedded;

    /// <summary>Language of the notes whose values are exported.</summary>
    public Language Language { get; init; } = Language.French;

    /// <summary>Messages in quarantine, which a note prints.</summary>
    public long Quarantined { get; init; }

    /// <summary>Published weather of a station in [from, to).</summary>
    public Func<string, DateTimeOffset, DateTimeOffset, CancellationToken, Task<IReadOnlyList<WeatherHour>>> Weather { get; init; } =
        static (_, _, _, _) => Task.FromResult<IReadOnlyList<WeatherHour>>([]);

    /// <summary>Leaves out the ten-minute tables.</summary>
    public bool TablesOnly { get; init; }
}

/// <summary>
/// The fleet as one Frictionless Data Package (specification v1, profile tabular-data-package), building by building and
/// channel by channel: memory does not grow with the number of buildings.
/// </summary>
internal static class DataPackageWriter
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(
        ExportRequest request, IReadingStore store, RegistrySnapshot registry, Stream destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var folder = Directory.CreateTempSubdirectory("metering-export-").FullName;
        try
        {
            var features = new List<JsonNode>();
            var stations = new SortedDictionary<string, NotePeriod>(StringComparer.Ordinal);
            DateTimeOffset? last = null;
            var sinks = PackageTables.All.Where(t => !(request.TablesOnly && t.Compressed)).ToDictionary(t => t, t => new TableSink(t, folder));
            try
            {
                foreach (var id in request.Buildings)
                {
                    var export = new BuildingExport(request, store, registry, id, sinks);
                    await export.RunAsync(cancellationToken).ConfigureAwait(false);
                    last = export.Last is { } l && (last is null || l > last) ? l : last;
                    if (export.Feature is { } feature)
                    {
                        features.Add(feature);
                    }

                    if (export is { Station: { } station, Extent: { } extent })
                    {
                        stations[station] = stations.TryGetValue(station, out var known)
                            ? new NotePeriod(extent.From < known.From ? extent.From : known.From, extent.To > known.To ? extent.To : known.To)
                            : extent;
                    }
                }

                foreach (var (station, period) in stations)
                {
                    await WeatherAsync(request, sinks, station, period, cancellationToken).ConfigureAwait(false);
                }
            }
            finally
            {
                foreach (var sink in sinks.Values)
                {
                    sink.Dispose();
                }
            }

            using var zip = new ZipArchive(destination, ZipArchiveMode.Create, leaveOpen: true);
            WriteText(zip, "datapackage.json", Descriptor(request, sinks.Values, last).ToJsonString(Json) + "\n");
            foreach (var sink in sinks.Values)
            {
                await using var file = File.OpenRead(sink.FilePath);
                await using var entry = DeterministicZip.Create(zip, sink.Table.Path);
                await file.CopyToAsync(entry, cancellationToken).ConfigureAwait(false);
            }

            WriteText(zip, "operations.geojson", GeoJsonWriter.Collection(features).ToJsonString(Json) + "\n");
            WriteText(zip, "operations-2154.geojson", GeoJsonWriter.Lambert93Collection(features).ToJsonString(Json) + "\n");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Piece by piece, so that memory does not grow with the years.</summary>
    private static async Task WeatherAsync(
        ExportRequest request, Dictionary<PackageTable, TableSink> sinks, string station, NotePeriod period, CancellationToken cancellationToken)
    {
        if (!sinks.TryGetValue(PackageTables.Weather, out var sink))
        {
            return;
        }

        for (var from = period.From; from < period.To; from += WeatherPiece)
        {
            var to = from + WeatherPiece < period.To ? from + WeatherPiece : period.To;
            foreach (var hour in await request.Weather(station, from, to, cancellationToken).ConfigureAwait(false))
            {
                sink.Add(station, hour.Time, hour.TemperatureC, hour.HumidityPercent, hour.RadiationWm2, hour.WindMs);
            }
        }
    }

    private static readonly TimeSpan WeatherPiece = TimeSpan.FromDays(90);

    private static void WriteText(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(DeterministicZip.Create(zip, name), new System.Text.UTF8Encoding(false));
        writer.Write(text);
    }

    private static JsonObject Descriptor(ExportRequest request, IEnumerable<TableSink> sinks, DateTimeOffset? last)
    {
        var resources = new JsonArray();
        foreach (var sink in sinks)
        {
            var fields = new JsonArray();
            foreach (var field in sink.Table.Fields)
            {
                var f = new JsonObject { ["name"] = field.Name, ["type"] = field.Type, ["description"] = field.Description };
                if (field.Unit.Length > 0)
                {
                    f["unit"] = field.Unit;
                }

                fields.Add(f);
            }

            var resource = new JsonObject
            {
                ["name"] = sink.Table.Name,
                ["path"] = sink.Table.Path,
                ["profile"] = "tabular-data-resource",
                ["description"] = sink.Table.Description,
                ["format"] = "csv",
                ["mediatype"] = "text/csv",
                ["encoding"] = "utf-8",
                ["rows"] = sink.Rows,
                ["schema"] = new JsonObject
                {
                    ["fields"] = fields,
                    ["missingValues"] = new JsonArray(""),
                    ["primaryKey"] = new JsonArray([.. sink.Table.Key.Select(k => (JsonNode)k)]),
                },
            };
            if (sink.Table.Compressed)
            {
                resource["compression"] = "gz";
            }

            resources.Add(resource);
        }

        var descriptor = new JsonObject
        {
            ["name"] = "metering-export",
            ["profile"] = "tabular-data-package",
            ["title"] = "Metering: energy and indoor climate of followed buildings",
            ["schema_version"] = PackageTables.SchemaVersion,
            ["version"] = request.Version,
            ["licenses"] = new JsonArray(new JsonObject { ["name"] = "other-closed", ["title"] = "As agreed with the owners of the buildings" }),
            ["sources"] = new JsonArray([.. request.Buildings.Select(id => Source(request.Dossier(id), id)).OfType<JsonNode>()]),
            ["resources"] = resources,
        };
        if (last is { } instant)
        {
            // The instant of the last reading, so that the same data give the same bytes.
            descriptor["created"] = instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        }

        if (descriptor["sources"]!.AsArray().Count == 0)
        {
            descriptor.Remove("sources");
        }

        return descriptor;
    }

    private static JsonObject? Source(NoteDossier dossier, string id) => dossier.Credit is { } credit
        ? new JsonObject { ["title"] = id + ": " + credit.Title + ". " + credit.Citation + " " + credit.Licence }
        : null;
}
