using System.Globalization;
using Metering.Core.Notes.Document;
using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Composing;

/// <summary>Annex B: where each number comes from, down to the pulses.</summary>
internal static class ProvenanceAnnex
{
    public static void Write(Composition c)
    {
        var m = c.Model;
        var blocks = new List<NoteBlock> { Registers(c), Flags(c), Stands(c) };
        if (m.Credit is { } credit)
        {
            blocks.Insert(0, new BoxBlock(c.Of("Origine des données", "Origin of the data"),
                [credit.Title + ". " + credit.Remark, credit.Citation, c.Of("Licence : ", "Licence: ") + credit.Licence], BoxTone.Warning));
        }

        blocks.Add(LedgerTable.Of(c));
        c.Section("B", c.Of("D’où vient chaque nombre", "Where each number comes from"), blocks, newPage: true);
    }

    /// <summary>Pulses counted = energy printed, point by point; a difference is printed as one.</summary>
    public static BoxBlock CustodyBox(Composition c)
    {
        var lines = new List<string>();
        var proven = true;
        foreach (var point in c.Model.Consumption)
        {
            var pulses = point.Registers.Sum(r => r.Pulses);
            var counted = point.Registers.Sum(r => r.EnergyKwh);
            var equal = point.EnergyKwh == counted;
            proven &= equal;
            lines.Add(point.Point.Name + c.Of(" : ", ": ") + c.Numbers.Number(pulses) + c.Of(" impulsions comptées = ", " pulses counted = ")
                + c.Numbers.Quantity(counted, 2, "kWh")
                + (equal
                    ? c.Of(" ; énergie de la note : la même.", "; energy in this note: the same.")
                    : c.Of(" ; énergie de la note : ", "; energy in this note: ")
                        + (point.EnergyKwh is { } e ? c.Numbers.Quantity(e, 2, "kWh") : NoteNumbers.Missing) + c.Of(" : ÉCART.", ": DIFFERENCE.")));
        }

        if (lines.Count == 0)
        {
            lines.Add(c.Of("Aucun compteur.", "No meter."));
        }

        lines.Add(c.Of("Messages illisibles en quarantaine : ", "Unreadable messages in quarantine: ") + c.Numbers.Number(c.Model.Provenance.Quarantined) + ".");
        return new BoxBlock(c.Of("De l’impulsion au kilowattheure", "From the pulse to the kilowatt-hour"), lines, proven ? BoxTone.Proof : BoxTone.Warning);
    }

    private static TableBlock Registers(Composition c)
    {
        var rows = new List<IReadOnlyList<NoteCell>>();
        foreach (var point in c.Model.Consumption)
        {
            foreach (var r in point.Registers)
            {
                rows.Add([
                    NoteCell.Of(point.Point.Name), NoteCell.Of(r.Key.Channel),
                    NoteCell.Of(Local(r.FirstAt)), NoteCell.Of(r.First), NoteCell.Of(Local(r.LastAt)), NoteCell.Of(r.Last),
                    NoteCell.Of(r.Pulses), NoteCell.Of(r.PulseWeightWh, 0), NoteCell.Of(r.EnergyKwh, 2)]);
            }
        }

        return c.Table("registers", c.Of("Index de début et de fin", "First and last register"),
            [
                new(c.Of("Point", "Point")), new(c.Of("Voie", "Channel")), new(c.Of("Premier index, le", "First reading at")), new(c.Of("Index", "Register")),
                new(c.Of("Dernier index, le", "Last reading at")), new(c.Of("Index", "Register")), new(c.Of("Impulsions", "Pulses")),
                new(c.Of("Poids", "Weight"), "Wh"), new(c.Of("Énergie", "Energy"), "kWh"),
            ], rows, c.Of("index transmis par les cartes, heure locale", "registers sent by the boards, local time"));

        static string Local(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private static TableBlock Flags(Composition c)
    {
        var rows = new List<IReadOnlyList<NoteCell>>();
        foreach (var (flag, code) in Words.FlagCodes)
        {
            var hours = c.Model.Consumption.Sum(p => p.Hours.LongCount(h => (h.Flags & flag) != 0));
            if (hours > 0)
            {
                rows.Add([NoteCell.Of(code), NoteCell.Of(hours)]);
            }
        }

        if (rows.Count == 0)
        {
            rows.Add([NoteCell.Of("OK"), NoteCell.Of(c.Model.Consumption.Sum(p => (long)p.Hours.Count))]);
        }

        return c.Table("flags", c.Of("Drapeaux de qualité", "Quality flags"),
            [new(c.Of("Drapeau", "Flag")), new(c.Of("Heures de comptage", "Metered hours"), "h")], rows,
            c.Of("intervalles entre index", "intervals between registers"));
    }

    private static TableBlock Stands(Composition c)
    {
        var p = c.Model.Provenance;
        return c.Table("stands-on", c.Of("Version de cette note", "Version of this note"),
            [new(c.Of("Élément", "Item")), new(c.Of("Valeur", "Value"))],
            [
                [NoteCell.Of(c.Of("Établie pour l’instant", "Made as of")), NoteCell.Of(c.Numbers.Instant(p.AsOf))],
                [NoteCell.Of(c.Of("Mesures lues", "Readings read")), NoteCell.Of(p.Readings)],
                [NoteCell.Of(c.Of("Empreinte des données (SHA-256)", "Hash of the data (SHA-256)")), NoteCell.Of(p.DataHash)],
                [NoteCell.Of(c.Of("Empreinte des réglages (SHA-256)", "Hash of the settings (SHA-256)")), NoteCell.Of(p.SettingsHash)],
                [NoteCell.Of(c.Of("Version du programme", "Version of the program")), NoteCell.Of(p.Version)],
                [NoteCell.Of(c.Of("Messages en quarantaine", "Messages in quarantine")), NoteCell.Of(p.Quarantined)],
            ], c.Of("dépôt de mesures", "store of readings"),
            c.Of("Les mêmes données, réglages et version donnent la même note, octet pour octet.",
                "The same data, settings and version give the same note, byte for byte."));
    }
}
