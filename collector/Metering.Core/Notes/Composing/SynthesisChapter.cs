using Metering.Core.Notes.Document;

namespace Metering.Core.Notes.Composing;

/// <summary>The page an elected official reads: four figures, each with its target and verdict.</summary>
internal static class SynthesisChapter
{
    public static void Write(Composition c)
    {
        var m = c.Model;
        var total = m.Consumption.Any(p => p.EnergyKwh.HasValue) ? m.Consumption.Sum(p => p.EnergyKwh ?? 0) : (decimal?)null;
        var valid = m.Rooms.Sum(r => r.HoursValid);
        var outside = m.Rooms.Sum(r => r.Zones.Where(z => z.Kind != Model.ZoneKind.Inside).Sum(z => z.Hours));
        var noTarget = c.Of("aucun objectif enregistré", "no target on record");
        var none = c.Of("sans verdict", "no verdict");
        var tiles = new List<NoteTile>
        {
            new(c.Of("Électricité mesurée", "Electricity measured"), NoteCell.Of(total, 2), "kWh",
                c.Of("énergie finale, ", "final energy, ") + c.Numbers.Number(m.Consumption.Count) + c.Of(" circuits, ", " circuits, ")
                + c.Numbers.Number(m.Period.Days, 0) + c.Of(" jours", " days"), noTarget, none, VerdictTone.None),
            new(c.Of("Air hors zones de confort", "Air outside the comfort zones"),
                valid == 0 ? NoteCell.Missing : NoteCell.Of(100.0 * outside / valid, 1), "%",
                c.Numbers.Number(valid) + c.Of(" heures valides, ", " valid hours, ") + c.Numbers.Number(m.Rooms.Count) + c.Of(" pièces", " rooms"),
                noTarget, none, VerdictTone.None),
        };
        c.Section("0", c.Of("Synthèse", "Summary"),
        [
            new TilesBlock(tiles),
            ProvenanceAnnex.CustodyBox(c),
        ]);
    }
}
