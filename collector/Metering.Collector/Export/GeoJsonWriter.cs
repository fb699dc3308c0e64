using System.Text.Json.Nodes;
using Metering.Collector.Notes;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Fleet;
using Metering.Core.Obligations;

namespace Metering.Collector.Export;

/// <summary>Buildings on a map, RFC 7946: WGS 84, longitude first; a second copy in Lambert-93 (EPSG:2154) for French GIS tools.</summary>
internal static class GeoJsonWriter
{
    /// <param name="part">The building.</param>
    /// <param name="dossier">Its labels.</param>
    /// <param name="calls">Rules that rank labels (CD2E call, section 3: F and G short term, E middle, C and D long).</param>
    /// <param name="kwhM2">Measured final energy, kWh/m² a year, or null.</param>
    /// <param name="savingPercent">Climate-corrected savings, %, or null.</param>
    /// <param name="completenessPercent">Samples stored over expected, %, or null.</param>
    /// <returns>Null where the place is not on record.</returns>
    public static JsonObject? Feature(BuildingPart part, NoteDossier dossier, CallCatalogue calls, double? kwhM2, double? savingPercent, double? completenessPercent)
    {
        if (part.Site.Latitude is not { } latitude || part.Site.Longitude is not { } longitude)
        {
            return null;
        }

        var (before, after) = (FleetBuilding.Label(dossier, "before"), FleetBuilding.Label(dossier, "after"));
        return new JsonObject
        {
            ["type"] = "Feature",
            ["id"] = part.Building.Id,
            ["geometry"] = Point(longitude, latitude),
            ["properties"] = new JsonObject
            {
                ["operation_id"] = part.Building.Id,
                ["label_before"] = before,
                ["label_after"] = after,
                ["priority"] = calls.PriorityOf(before)?.Text.French,
                ["ban_id"] = dossier.BanId,
                ["rnb_id"] = dossier.RnbId,
                ["bdnb_id"] = dossier.BdnbId,
                ["kwh_m2"] = Round(kwhM2),
                ["pct_saving"] = Round(savingPercent),
                ["completeness"] = Round(completenessPercent),
                ["simulated"] = part.Building.Simulated,
            },
        };
    }

    public static JsonObject Collection(IEnumerable<JsonNode> features) =>
        new() { ["type"] = "FeatureCollection", ["features"] = new JsonArray([.. features.Select(f => f.DeepClone())]) };

    /// <summary>
    /// The same in Lambert-93, with the crs member of the older GeoJSON of 2008, which GIS tools read and RFC 7946 has
    /// dropped; buildings outside of metropolitan France are left out.
    /// </summary>
    public static JsonObject Lambert93Collection(IEnumerable<JsonNode> features)
    {
        var kept = new JsonArray();
        foreach (var feature in features)
        {
            var coordinates = feature["geometry"]!["coordinates"]!.AsArray();
            var (longitude, latitude) = (coordinates[0]!.GetValue<double>(), coordinates[1]!.GetValue<double>());
            if (!Lambert93.Covers(latitude, longitude))
            {
                continue;
            }

            var (x, y) = Lambert93.Project(latitude, longitude);
            var copy = feature.DeepClone();
            copy["geometry"] = Point(Math.Round(x, 2), Math.Round(y, 2));
            kept.Add(copy);
        }

        return new JsonObject
        {
            ["type"] = "FeatureCollection",
            ["crs"] = new JsonObject { ["type"] = "name", ["properties"] = new JsonObject { ["name"] = "urn:ogc:def:crs:EPSG::2154" } },
            ["features"] = kept,
        };
    }

    private static JsonObject Point(double first, double second) => new() { ["type"] = "Point", ["coordinates"] = new JsonArray(first, second) };

    private static double? Round(double? value) => value is { } v && double.IsFinite(v) ? Math.Round(v, 2) : null;
}
