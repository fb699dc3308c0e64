using Metering.Core.Comfort.Indicators;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Model;

namespace Metering.Core.Notes.Composing;

/// <summary>The indicators that suit the building, room by room, with the uncertainty that the sensor's accuracy gives them.</summary>
internal static class ComfortIndicatorTable
{
    /// <summary>Rooms in one table.</summary>
    private const int RoomsMax = 4;

    public static IEnumerable<NoteBlock> Write(Composition c, IReadOnlyList<RoomClimate> rooms)
    {
        var judged = rooms.Where(r => r.Study is not null).ToList();
        for (var first = 0; first < judged.Count; first += RoomsMax)
        {
            if (Table(c, [.. judged.Skip(first).Take(RoomsMax)], first) is { } table)
            {
                yield return table;
            }
        }
    }

    private static TableBlock? Table(Composition c, List<RoomClimate> rooms, int first)
    {
        var printed = rooms[0].Study!.Results.Where(r => r.Role != IndicatorRole.Avoid)
            .Where(r => rooms.Exists(room => Find(room, r) is { IsApplicable: true })).OrderBy(r => r.Role).ToList();
        if (printed.Count == 0)
        {
            return null;
        }

        var columns = new List<NoteColumn> { new(c.Of("Indicateur", "Indicator")), new(c.Of("Unité", "Unit")) };
        foreach (var room in rooms)
        {
            columns.Add(new(room.Name));
            columns.Add(new("±"));
        }

        var rows = printed.Select(r =>
        {
            var unit = r.Unit.Length == 0 ? Unit(rooms, r) : r.Unit;
            var cells = new List<NoteCell> { NoteCell.Of(Name(c, r)), NoteCell.Of(unit) };
            foreach (var found in rooms.Select(room => Find(room, r)))
            {
                var decimals = unit == "h" ? 0 : 1;
                cells.Add(NoteCell.Of(found?.Value ?? double.NaN, decimals));
                cells.Add(NoteCell.Of(found?.Uncertainty ?? double.NaN, decimals));
            }

            return (IReadOnlyList<NoteCell>)cells;
        }).ToList();
        var key = first == 0 ? "comfort-indicators" : "comfort-indicators-" + c.Numbers.Number((first / RoomsMax) + 1);
        return c.Table(key, c.Of("Indicateurs de confort retenus pour ce bâtiment", "Comfort indicators chosen for this building"), columns, rows,
            c.Of("moyennes horaires ; règles et sources en annexe A et docs/formulas.md", "hourly means; rules and sources in annex A and docs/formulas.md"),
            [.. Remarks(c, rooms)]);
    }

    private static IEnumerable<string> Remarks(Composition c, List<RoomClimate> rooms)
    {
        yield return c.Of("Les indicateurs principaux d’abord. Hypothèses : occupant au bureau, température radiante égale à celle de l’air ; ± selon l’exactitude des sondes (0,3 K et 3 % d’humidité).",
            "Primary indicators first. Assumed: office occupant, radiant temperature equal to that of the air; ± by the accuracy of the sensors (0.3 K and 3 % of humidity).");
        foreach (var refused in rooms[0].Study!.Results.Where(r => r.Reason is not null && !rooms.Exists(room => Find(room, r) is { IsApplicable: true })))
        {
            yield return Name(c, refused) + c.Of(" : ", ": ") + refused.Reason!.Sentence(c.Language, double.NaN);
        }
    }

    private static string Name(Composition c, IndicatorResult result) => ComfortIndicators.Name(result.Indicator).In(c.Language)
        + result.CoolingOn switch
        {
            true => c.Of(", climatisation en marche", ", cooling on"),
            false => c.Of(", climatisation arrêtée", ", cooling off"),
            null => "",
        };

    private static string Unit(List<RoomClimate> rooms, IndicatorResult result) =>
        rooms.Select(r => Find(r, result)?.Unit).FirstOrDefault(u => u is { Length: > 0 }) ?? "";

    private static IndicatorResult? Find(RoomClimate room, IndicatorResult result) => room.Study?.Find(result.Indicator, result.CoolingOn);
}
