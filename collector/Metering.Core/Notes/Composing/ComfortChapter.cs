using Metering.Core.Notes.Document;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;
using Metering.Core.Registry;

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
            HottestWeekBlock(c),
        };
        blocks.AddRange(ComfortIndicatorTable.Write(c, rooms));
        for (var first = 0; first < rooms.Count; first += HumidityChart.RoomsMax)
        {
            blocks.Add(Chart(c, rooms.Skip(first).Take(HumidityChart.RoomsMax).ToList(), variant, first));
        }

        if (c.Model.Building.Use is BuildingUse.MetropolitanDwelling)
        {
            blocks.Insert(1, new BoxBlock(c.Of("Choix de l’indicateur", "Choice of the indicator"),
                [c.Of("Les zones de Givoni sont faites pour les climats chauds et humides. En métropole elles ne sont qu’un repère : lire d’abord les heures sous 19 °C et au-dessus de 28 °C.",
                    "Givoni’s zones are made for hot and humid climates. In metropolitan France they are a landmark only: read the hours below 19 °C and above 28 °C first.")]));
        }

        blocks.AddRange(c.Narrative("comfort"));
        c.Section("5", title, blocks);
    }

    private static NoteBlock HottestWeekBlock(Composition c)
    {
        if (c.Model.HottestWeek is not { } week)
        {
            return new MissingBlock(c.Of("Semaine la plus chaude : il faut sept jours consécutifs de mesures.", "Hottest week: it takes seven consecutive days of samples."));
        }

        var series = week.Lines.Take(6).Select(l => new CurveSeries(l.Name, [.. l.Hours.Select((t, h) => new Dot(h / 24.0, t))])).ToList();
        var ticks = Enumerable.Range(0, 7).Select(d => ((double)d, c.Numbers.DayShort(week.First.AddDays(d)))).ToList();
        var known = week.Lines.Take(6).Sum(l => l.Hours.LongCount(double.IsFinite));
        return c.Figure("hottest-week", c.Of("Semaine la plus chaude : température de l’air", "Hottest week: air temperature"),
            new FigureFacts("°C", c.PeriodText(new NotePeriod(new DateTimeOffset(week.First.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), new DateTimeOffset(week.First.AddDays(7).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero))),
                "n\u00a0=\u00a0" + c.Numbers.Number(known) + " " + c.Of("heures", "hours"), c.Percent(100.0 * known / (168 * Math.Min(6, week.Lines.Count)))),
            CurveChart.Draw(series, "", "°C", [new CurveLimit("28" + NoteNumbers.Gap + "°C", 28)], ticks, false, c.Numbers),
            string.Join(" ; ", week.Lines.Take(6).Where(l => l.Hours.Any(double.IsFinite)).Select(l => l.Name + c.Of(" : maximum ", ": maximum ") + c.Numbers.Quantity(l.Hours.Where(double.IsFinite).Max(), 1, "°C"))) + ".");
    }

    private static TableBlock ZoneTable(Composition c, IReadOnlyList<RoomClimate> rooms, ComfortVariant variant)
    {
        var columns = new List<NoteColumn> { new(c.Of("Pièce", "Room")) };
        columns.AddRange(rooms[0].Zones.Select(z => new NoteColumn(Words.Zone(z, c.Numbers), "h")));
        columns.Add(new(c.Of("Taux hors zone", "Share outside"), "%"));
        columns.Add(new("±", c.Of("points", "points")));
        columns.Add(new(c.Of("Au-delà de COCO", "Beyond COCO"), "%"));
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
            cells.Add(r.HoursValid == 0 ? NoteCell.Missing : NoteCell.Of(100 * Indicators.OutsideHalfWidthHours([r]) / r.HoursValid, 1, doubtful));
            cells.Add(r.HoursValid == 0 ? NoteCell.Missing : NoteCell.Of(100.0 * r.HoursBeyondCoco / r.HoursValid, 1, doubtful));
            cells.Add(NoteCell.Of((decimal)r.LongestRunOutsideHours, 0, doubtful));
            cells.Add(NoteCell.Of(r.HoursValid));
            cells.Add(NoteCell.Of((decimal)Math.Floor(r.CompletenessPercent * 10) / 10, 1, doubtful));
            return (IReadOnlyList<NoteCell>)cells;
        }).ToList();
        return c.Table("comfort-zones", c.Of("Heures par zone de Givoni, variante ", "Hours by Givoni zone, variant ") + variant.Name, columns, rows,
            c.Of("moyennes horaires des mesures de température et d’humidité", "hourly means of the temperature and humidity samples"),
            c.Of("Toutes les heures valides comptent : aucun horaire d’occupation n’est enregistré.",
                "Every valid hour counts: no hours of occupation are on record."),
            c.Of("± : selon l’exactitude des sondes (0,3 K et 3 % d’humidité). COCO : au-delà de 31 °C ou de 75 % avec brasseur, et de 28 °C ou de 80 % en air calme.",
                "±: by the accuracy of the sensors (0.3 K and 3 % of humidity). COCO: beyond 31 °C or 75 % with a fan, and beyond 28 °C or 80 % in still air."));
    }

    private static TableBlock SpreadTable(Composition c, IReadOnlyList<RoomClimate> rooms)
    {
        var rows = rooms.Select(r => (IReadOnlyList<NoteCell>)
        [
            NoteCell.Of(r.Name),
            NoteCell.Of(r.TemperatureC.Least, 1), NoteCell.Of(r.TemperatureC.Mean, 1), NoteCell.Of(r.TemperatureC.Most, 1),
            NoteCell.Of(r.HumidityPercent.Least, 0), NoteCell.Of(r.HumidityPercent.Mean, 0), NoteCell.Of(r.HumidityPercent.Most, 0),
            NoteCell.Of(r.HoursBelow19), NoteCell.Of(r.HoursBelow24), NoteCell.Of(r.HoursBelow26), NoteCell.Of(r.HoursAbove28), NoteCell.Of(r.NightHoursAbove28),
            NoteCell.Of(r.HoursHumid), NoteCell.Of(r.MeanExcessOver28K, 2),
            NoteCell.Of(Words.Flags(r.Flags)), NoteCell.Of(r.Refused),
        ]).ToList();
        return c.Table("climate", c.Of("Température et humidité par pièce", "Temperature and humidity by room"),
            [
                new(c.Of("Pièce", "Room")), new("T min", "°C"), new(c.Of("T moyenne", "T mean"), "°C"), new("T max", "°C"),
                new(c.Of("HR min", "RH min"), "%"), new(c.Of("HR moyenne", "RH mean"), "%"), new(c.Of("HR max", "RH max"), "%"),
                new("T < 19 °C", "h"), new("T < 24 °C", "h"), new("T < 26 °C", "h"), new("T > 28 °C", "h"),
                new(c.Of("T > 28 °C, nuit", "T > 28 °C, night"), "h"), new(c.Of("HR > 80 %", "RH > 80 %"), "h"), new("ICT_mes", "K"),
                new(c.Of("Drapeaux", "Flags")), new(c.Of("Mesures refusées", "Samples refused")),
            ], rows, c.Of("moyennes horaires des mesures", "hourly means of the samples"),
            c.Of("Nuit : de 22 h à 6 h. ICT_mes : excès moyen au-dessus de 28 °C ; ce n’est pas l’ICT réglementaire.", "Night: 22:00 to 6:00. ICT_mes: mean excess over 28 °C; it is not the regulatory ICT."));
    }

    private static FigureBlock Chart(Composition c, List<RoomClimate> rooms, ComfortVariant variant, int first)
    {
        var panels = rooms.Select(r => new ChartRoom(r.Name, "n\u00a0=\u00a0" + c.Numbers.Number(r.HoursValid) + NoteNumbers.Gap + "h", r.Hours)).ToList();
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
