using Metering.Core.Notes.Document;
using Metering.Core.Notes.Text;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Metering.Core.Weather;

namespace Metering.Core.Notes.Composing;

/// <summary>The sensors of air: room, accuracy, last comparison with a reference; and where outdoor temperatures come from.</summary>
internal static class SensorBlocks
{
    public static IEnumerable<NoteBlock> Of(Composition c)
    {
        var setUp = c.Model.SetUp;
        var sensors = setUp.Points.Where(p => p.Use is PointUse.IndoorClimate or PointUse.OutdoorClimate).ToList();
        if (sensors.Count > 0)
        {
            yield return c.Table("sensors", c.Of("Sondes de température et d’humidité", "Temperature and humidity sensors"),
                [
                    new(c.Of("Point", "Point")), new(c.Of("Usage", "Use")), new(c.Of("Zone", "Zone")), new(c.Of("Grandeurs", "Quantities")), new(c.Of("Exactitude", "Accuracy"), "±"),
                    new(c.Of("Étalonnée le", "Calibrated on")), new(c.Of("Décalage", "Offset")), new(c.Of("Identifiant", "Identifier")),
                ],
                [.. sensors.Select(p =>
                {
                    var calibration = setUp.Calibrations.LastOrDefault(k => k.PointId == p.Id);
                    return (IReadOnlyList<NoteCell>)
                    [
                        NoteCell.Of(p.Name), NoteCell.Of(Words.Use(p.Use, c.Language)), NoteCell.Of(setUp.ZoneOf(p)?.Name ?? NoteNumbers.Missing),
                        NoteCell.Of(string.Join(", ", setUp.Assignments.Where(a => a.PointId == p.Id).Select(a => Quantities.Symbol(a.Quantity)).Distinct())),
                        NoteCell.Of(p.SensorAccuracy, 1), NoteCell.Of(calibration is null ? NoteNumbers.Missing : Composition.IsoDay(calibration.On)), NoteCell.Of(calibration?.Offset, 2),
                        NoteCell.Of(p.Id),
                    ];
                })],
                c.Of("registre des points de mesure", "registry of metering points"),
                c.Of("Exactitude et décalage dans l’unité de la première grandeur.", "Accuracy and offset in the unit of the first quantity."));
        }

        yield return new ParagraphBlock(Weather(c));
        yield return new ParagraphBlock(c.Of(
            "Données personnelles : les mesures à pas court d’un logement n’apparaissent ici que regroupées ; voir l’annexe E.",
            "Personal data: short-step readings of a dwelling appear here as sums and distributions only; see annex E."));
    }

    private static string Weather(Composition c)
    {
        var site = c.Model.Site;
        if (site.WeatherStation is not { Length: > 0 } id)
        {
            return c.Of("Station météorologique : aucune enregistrée pour le site.", "Weather station: none on record for the site.");
        }

        if (WeatherStation.Find(id) is not { } station)
        {
            return c.Of("Station météorologique : ", "Weather station: ") + id + c.Of(" (distance et altitude non enregistrées).", " (distance and altitude not on record).");
        }

        var where = c.Of("altitude ", "altitude ") + c.Numbers.Quantity(station.AltitudeM, 0, "m");
        if (site.Latitude is { } latitude && site.Longitude is { } longitude)
        {
            where = c.Of("à ", "at ") + c.Numbers.Quantity(station.DistanceKm(latitude, longitude), 1, "km") + ", " + where;
        }

        return c.Of("Station météorologique : ", "Weather station: ") + station.Name + " (" + station.Id + "), " + where + ". " + station.Source + ", " + station.Licence + ".";
    }
}
