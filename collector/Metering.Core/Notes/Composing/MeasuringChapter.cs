using Metering.Core.Notes.Document;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Composing;

/// <summary>Chapter 2: what measures, and how complete it is.</summary>
internal static class MeasuringChapter
{
    /// <summary>Months in one completeness table; a longer period is cut into several.</summary>
    private const int MonthsATableMax = 12;

    /// <summary>Below it a month is printed in grey and kept out of conclusions, percent.</summary>
    public const double CompleteFromPercent = 90;

    public static void Write(Composition c)
    {
        List<NoteBlock> blocks = [Points(c), .. SensorBlocks.Of(c)];
        blocks.AddRange(CompletenessTables(c));
        blocks.AddRange(c.Narrative("measuring"));
        c.Section("2", c.Of("Dispositif de mesure", "Measuring set-up"), blocks);
    }

    private static TableBlock Points(Composition c)
    {
        var rows = new List<IReadOnlyList<NoteCell>>();
        foreach (var point in c.Model.Consumption)
        {
            foreach (var register in point.Registers)
            {
                rows.Add([
                    NoteCell.Of(point.Point.Name), NoteCell.Of(Words.Use(point.Point.Use, c.Language)), NoteCell.Of(register.Key.ToString()),
                    NoteCell.Of(register.PulseWeightWh, 0), NoteCell.Of(point.Point.MeterClass ?? NoteNumbers.Missing), NoteCell.Of(register.MeterSerial ?? NoteNumbers.Missing),
                    NoteCell.Of(point.Point.Id), NoteCell.Of(c.Model.SetUp.ZoneOf(point.Point)?.Name ?? NoteNumbers.Missing)]);
            }
        }

        return c.Table("points", c.Of("Compteurs d’énergie", "Energy meters"),
            [
                new(c.Of("Point", "Point")), new(c.Of("Usage", "Use")), new(c.Of("Carte et voie", "Board and channel")),
                new(c.Of("Poids d’impulsion", "Pulse weight"), "Wh"), new(c.Of("Classe", "Class")), new(c.Of("Numéro de série", "Serial number")),
                new(c.Of("Identifiant", "Identifier")), new(c.Of("Zone", "Zone")),
            ], rows, c.Of("registre des points de mesure", "registry of metering points"));
    }

    private static IEnumerable<TableBlock> CompletenessTables(Composition c)
    {
        var months = c.Model.Completeness.SelectMany(r => r.Months).Select(m => m.Month).Distinct().Order().ToList();
        for (var first = 0; first < months.Count; first += MonthsATableMax)
        {
            var shown = months.Skip(first).Take(MonthsATableMax).ToList();
            var columns = new List<NoteColumn> { new(c.Of("Point", "Point")), new(c.Of("Voie", "Channel")) };
            columns.AddRange(shown.Select(m => new NoteColumn(c.Numbers.MonthShort(m.Month) + " " + NoteNumbers.Year(m), "%")));
            columns.Add(new(c.Of("Mesures", "Samples")));
            columns.Add(new(c.Of("Attendues", "Expected")));
            var rows = c.Model.Completeness.Select(r => (IReadOnlyList<NoteCell>)Row(r, shown)).ToList();
            yield return c.Table(first == 0 ? "completeness" : "completeness-" + NoteNumbers.Year(shown[0]) + "-" + shown[0].Month.ToString("00", System.Globalization.CultureInfo.InvariantCulture),
                c.Of("Complétude par mois et par point", "Completeness by month and point"), columns, rows,
                c.Of("mesures enregistrées rapportées aux pas de dix minutes de la période", "stored samples over the ten-minute steps of the period"),
                c.Of("Un mois sous 90 % est imprimé en gris et n’entre dans aucune conclusion.",
                    "A month below 90 % is printed in grey and enters no conclusion."));
        }
    }

    private static List<NoteCell> Row(CompletenessRow row, List<DateOnly> months)
    {
        var cells = new List<NoteCell> { NoteCell.Of(row.Name), NoteCell.Of(row.Channel.Channel) };
        long stored = 0, expected = 0;
        foreach (var month in months)
        {
            var entry = row.Months.FirstOrDefault(m => m.Month == month);
            if (entry.Expected == 0)
            {
                cells.Add(NoteCell.Missing);
                continue;
            }

            stored += entry.Stored;
            expected += entry.Expected;
            // Rounded down: 99.96 % is not printed as complete.
            cells.Add(NoteCell.Of((decimal)Math.Floor(entry.Percent * 10) / 10, entry.Percent >= 100 ? 0 : 1, entry.Percent < CompleteFromPercent)
                with { Shade = entry.Percent / 100 });
        }

        cells.Add(NoteCell.Of(stored));
        cells.Add(NoteCell.Of(expected));
        return cells;
    }
}
