using Metering.Core.Notes.Document;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Composing;

/// <summary>Chapter 5: indoor climate, room by room.</summary>
internal static class ComfortChapter
{
    public static void Write(Composition c)
    {
        var rooms = c.Model.Rooms;
        var title = c.Of("Confort hygrothermique", "Hygrothermal comfort");
        if (rooms.Count == 0)
        {
            c.Section("5", title,
                [new MissingBlock(c.Of(
                    "Aucune sonde de température et d’humidité n’est affectée à ce bâtiment : déclarer au moins une pièce (metering registry import).",
                    "No temperature and humidity sensor is assigned to this building: declare at least one room (metering registry import)."))], newPage: true);
            return;
        }

        var variant = rooms[0].Variant;
        var blocks = new List<NoteBlock>
        {
            new ParagraphBlock(c.Of(
                "L’air de chaque pièce est situé, heure par heure, par rapport aux zones de confort de Givoni (variante ",
                "Hour by hour, the air of each room is placed among Givoni’s comfort zones (variant ")
                + variant.Name + c.Of(
                ") : une zone par vitesse d’air. Les heures sont comptées dans la plus petite zone qui les contient. Hors zone est une alerte, non un inconfort prouvé : "
                + "les enquêtes de terrain outre-mer (COCO, 2019-2022) acceptent environ 2 K de plus.",
                "): one zone an air speed. Hours count in the smallest zone that contains them. Outside is an alert, not proven discomfort: "
                + "field surveys in the French tropics (COCO, 2019-2022) accept about 2 K more.")),
            ZoneTable(c, rooms, variant),
            SpreadTable(c, rooms),
        };
        for (var first = 0; first < rooms.Count; first += HumidityChart.RoomsMax)
        {
            blocks.Add(Chart(c, rooms.Skip(first).Take(HumidityChart.RoomsMax).ToList(), variant, first));
        }

        c.Section("5", title, blocks, newPage: true);
    }

    private static TableBlock ZoneTable(Composition c, IReadOnlyList<RoomClimate> rooms, ComfortVariant variant)
    {
        var columns = new List<NoteColumn> { new(c.Of("Pièce", "Room")) };
        columns.AddRange(rooms[0].Zones.Select(z => new NoteColumn(Words.Zone(z, c.Numbers), "h")));
        columns.Add(new(c.Of("Taux hors zone", "Share outside"), "%"));
        columns.Add(new(c.Of("Plus longue suite", "Longest run"), "h"));
        columns.Add(new(c.Of("Heures valides", "Valid hours")));
        columns.Add(new(c.Of("Complétude", "Completeness"), "%"));
        var rows = rooms.Select(r =>
        {
            var doubtful = r.CompletenessPercent < MeasuringChapter.CompleteFromPercent;
            var outside = r.Zones.Where(z => z.Kind != ZoneKind.Inside).Sum(z => z.Hours);
            var cells = new List<NoteCell> { NoteCell.Of(r.Name) };
            cells.AddRange(r.Zones.Select(z => NoteCell.Of((decimal)z.Hours, 0, doubtful)));
            cells.Add(r.HoursValid == 0 ? NoteCell.Missing : NoteCell.Of(100.0 * outside / r.HoursValid, 1, doubtful));
            cells.Add(NoteCell.Of((decimal)r.LongestRunOutsideHours, 0, doubtful));
            cells.Add(NoteCell.Of(r.HoursValid));
            cells.Add(NoteCell.Of((decimal)Math.Floor(r.CompletenessPercent * 10) / 10, 1, doubtful));
            return (IReadOnlyList<NoteCell>)cells;
        }).ToList();
        return c.Table("comfort-zones", c.Of("Heures par zone de Givoni, variante ", "Hours by Givoni zone, variant ") + variant.Name, columns, rows,
            c.Of("moyennes horaires des mesures de température et d’humidité", "hourly means of the temperature and humidity samples"),
            c.Of("Toutes les heures valides comptent : aucun horaire d’occupation n’est enregistré.",
                "Every valid hour counts: no hours of occupation are on record."));
    }

    private static TableBlock SpreadTable(Composition c, IReadOnlyList<RoomClimate> rooms)
    {
        var rows = rooms.Select(r => (IReadOnlyList<NoteCell>)
        [
            NoteCell.Of(r.Name),
            NoteCell.Of(r.TemperatureC.Least, 1), NoteCell.Of(r.TemperatureC.Mean, 1), NoteCell.Of(r.TemperatureC.Most, 1),
            NoteCell.Of(r.HumidityPercent.Least, 0), NoteCell.Of(r.HumidityPercent.Mean, 0), NoteCell.Of(r.HumidityPercent.Most, 0),
            NoteCell.Of(r.HoursBelow19), NoteCell.Of(r.HoursAbove28), NoteCell.Of(r.HoursHumid), NoteCell.Of(Words.Flags(r.Flags)),
        ]).ToList();
        return c.Table("climate", c.Of("Température et humidité par pièce", "Temperature and humidity by room"),
            [
                new(c.Of("Pièce", "Room")), new("T min", "°C"), new(c.Of("T moyenne", "T mean"), "°C"), new("T max", "°C"),
                new(c.Of("HR min", "RH min"), "%"), new(c.Of("HR moyenne", "RH mean"), "%"), new(c.Of("HR max", "RH max"), "%"),
                new("T < 19 °C", "h"), new("T > 28 °C", "h"), new(c.Of("HR > 80 %", "RH > 80 %"), "h"), new(c.Of("Drapeaux", "Flags")),
            ], rows, c.Of("moyennes horaires des mesures", "hourly means of the samples"));
    }

    private static FigureBlock Chart(Composition c, List<RoomClimate> rooms, ComfortVariant variant, int first)
    {
        var panels = rooms.Select(r => new ChartRoom(r.Name, "n = " + c.Numbers.Number(r.HoursValid) + NoteNumbers.Gap + "h", r.Hours)).ToList();
        var zones = variant.Zones.Select(z => new ChartZone(c.Numbers.Quantity(z.AirSpeedMs, 1, "m/s"), z.Corners)).ToList();
        return c.Figure("humidity-" + c.Numbers.Number(first + 1),
            c.Of("Air de chaque pièce sur le diagramme de l’air humide, zones de Givoni (", "Air of each room on the humidity chart, Givoni zones (") + variant.Name + ")",
            ConsumptionChapter.Facts(c, c.Of("°C ; g d’eau par kg d’air sec", "°C; g of water per kg of dry air"), rooms.Sum(r => (long)r.HoursValid),
                c.Of("heures", "hours"), ConsumptionChapter.Mean(rooms.Select(r => r.CompletenessPercent))),
            HumidityChart.Draw(panels, zones, variant.Saturation,
                c.Of("température de l’air, °C", "air temperature, °C"), c.Of("humidité absolue w, g/kg d’air sec", "humidity ratio w, g/kg dry air"),
                c.Of("heures par case", "hours per cell"), "saturation", c.Numbers),
            string.Join(" ", rooms.Select(r => r.Name + c.Of(" : ", ": ")
                + string.Join(", ", r.Zones.Select(z => Words.Zone(z, c.Numbers) + " " + c.Numbers.Quantity((decimal)z.Hours, 0, "h"))) + ".")));
    }
}
