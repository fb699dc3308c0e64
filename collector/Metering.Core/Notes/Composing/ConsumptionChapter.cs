using Metering.Core.Notes.Document;
using Metering.Core.Notes.Figures;
using Metering.Core.Notes.Model;
using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Composing;

/// <summary>Chapter 3: measured energy.</summary>
internal static class ConsumptionChapter
{
    public static void Write(Composition c)
    {
        var points = c.Model.Consumption;
        if (points.Count == 0)
        {
            c.Section("3", c.Of("Consommations", "Consumption"),
                [new MissingBlock(c.Of(
                    "Aucun compteur d’énergie n’est affecté à ce bâtiment : déclarer les points et leurs voies (metering registry import).",
                    "No energy meter is assigned to this building: declare points and their channels (metering registry import)."))], newPage: true);
            return;
        }

        c.Section("3", c.Of("Consommations", "Consumption"), [Totals(c), Months(c), MonthFigure(c), .. c.Narrative("consumption")], newPage: true);
        FollowUpSections.Write(c);
        for (var i = 0; i < points.Count; i++)
        {
            c.Section("3." + c.Numbers.Number(FirstPointSection + i), points[i].Point.Name, PointBlocks(c, points[i]));
        }

        LoadDuration(c, FirstPointSection + points.Count);
    }

    private const int FirstPointSection = 4;

    /// <summary>The monotone: mean power of each hour, ordered (hours that every point of the boundary knows).</summary>
    private static void LoadDuration(Composition c, int number)
    {
        var boundary = FollowUpBuilder.Boundary(c.Model.Consumption);
        var hours = FollowUpBuilder.Sum(boundary.Select(p => p.Hours)).Where(IsWhole).ToList();
        if (hours.Count == 0)
        {
            return;
        }

        var series = Split(c, hours).Select(part => new CurveSeries(part.Name, Ordered(part.Hours))).Where(s => s.Points.Count > 1).ToList();
        var ordered = Ordered(hours);
        c.Section("3." + c.Numbers.Number(number), c.Of("Puissance classée", "Load duration"),
        [
            c.Figure("load-duration", c.Of("Monotone des puissances horaires moyennes", "Load duration curve of mean hourly power"),
                Facts(c, "kW", hours.Count, c.Of("heures", "hours"), 100.0 * hours.Count / Math.Max(1, Math.Round(c.Model.Period.Days * 24))),
                CurveChart.Draw(series, c.Of("part des heures, %", "share of hours, %"), "kW", [], null, true, c.Numbers),
                c.Of("Puissance dépassée pendant 1 % des heures : ", "Power exceeded during 1 % of hours: ") + c.Numbers.Quantity(ordered.First(p => p.X >= 1).Y, 2, "kW")
                    + c.Of(" ; pendant 50 % : ", "; during 50 %: ") + c.Numbers.Quantity(ordered.First(p => p.X >= 50).Y, 2, "kW") + "."),
        ]);
    }

    private static bool IsWhole(EnergyStep hour) => hour.EnergyKwh.HasValue && hour.CompletenessPercent > 99.9;

    private static IEnumerable<(string Name, List<EnergyStep> Hours)> Split(Composition c, List<EnergyStep> hours)
    {
        if (c.Model.FollowUp is not { } f)
        {
            return [(c.Of("période", "period"), hours)];
        }

        return
        [
            (c.Of("avant", "before"), [.. f.BeforeHours.Where(IsWhole)]),
            (c.Of("année 1", "year 1"), [.. hours.Where(h => h.Start >= f.Year1.From && h.Start < f.Year1.To)]),
            (c.Of("année 2", "year 2"), [.. hours.Where(h => h.Start >= f.Year2.From && h.Start < f.Year2.To)]),
        ];
    }

    /// <summary>Mean power, kW, falling, against the share of hours, %; at most a few hundred points are drawn.</summary>
    private static List<Dot> Ordered(List<EnergyStep> hours)
    {
        const int pointsMax = 400;
        var powers = hours.Select(h => (double)h.EnergyKwh!.Value / (h.End - h.Start).TotalHours).OrderDescending().ToList();
        var every = Math.Max(1, powers.Count / pointsMax);
        return [.. powers.Select((p, i) => (p, i)).Where(x => x.i % every == 0 || x.i == powers.Count - 1).Select(x => new Dot(100.0 * (x.i + 1) / powers.Count, x.p))];
    }

    private static TableBlock Totals(Composition c)
    {
        var rows = c.Model.Consumption.Select(p => (IReadOnlyList<NoteCell>)
        [
            NoteCell.Of(p.Point.Name), NoteCell.Of(p.EnergyKwh, 2), NoteCell.Of(p.Registers.Sum(r => r.Pulses)),
            NoteCell.Of(Mean(p), 2), NoteCell.Of(p.SamplesStored), NoteCell.Of(p.SamplesExpected), NoteCell.Of(Words.Flags(p.Flags)),
        ]).ToList();
        return c.Table("energy", c.Of("Énergie mesurée par point, ", "Energy measured by point, ") + c.PeriodText(c.Model.Period),
            [
                new(c.Of("Point", "Point")), new(c.Of("Énergie finale", "Final energy"), "kWh"), new(c.Of("Impulsions", "Pulses")),
                new(c.Of("Moyenne", "Mean"), c.Of("kWh/jour", "kWh/day")), new(c.Of("Mesures", "Samples")), new(c.Of("Attendues", "Expected")), new(c.Of("Drapeaux", "Flags")),
            ], rows, c.Of("différence des index des compteurs × poids d’impulsion", "difference of the meters’ registers × pulse weight"));

        static decimal? Mean(PointConsumption p)
        {
            if (p.EnergyKwh is not { } energy || p.Registers.Count == 0)
            {
                return null;
            }

            var days = (p.Registers.Max(r => r.LastAt) - p.Registers.Min(r => r.FirstAt)).TotalDays;
            return days > 0 ? energy / (decimal)days : null;
        }
    }

    private static TableBlock Months(Composition c)
    {
        var points = c.Model.Consumption;
        var months = MonthStarts(c.Model);
        var columns = new List<NoteColumn> { new(c.Of("Mois", "Month")) };
        foreach (var point in points)
        {
            columns.Add(new(point.Point.Name, "kWh"));
            columns.Add(new(c.Of("couverture", "coverage"), "%"));
        }

        var rows = new List<IReadOnlyList<NoteCell>>();
        foreach (var month in months)
        {
            var cells = new List<NoteCell> { NoteCell.Of(c.Numbers.MonthOfYear(month)) };
            foreach (var point in points)
            {
                var step = StepOf(point, month);
                cells.Add(NoteCell.Of(step?.EnergyKwh, 2, step?.Incomplete ?? true));
                cells.Add(step is { } s ? NoteCell.Of((decimal)Math.Floor(s.CompletenessPercent * 10) / 10, s.CompletenessPercent >= 100 ? 0 : 1, s.Incomplete) : NoteCell.Missing);
            }

            rows.Add(cells);
        }

        return c.Table("energy-months", c.Of("Énergie par mois", "Energy by month"), columns, rows,
            c.Of("intervalles entre index, sommés en heure locale", "intervals between registers, summed in local time"),
            c.Of("En gris : mois incomplet ; la valeur est celle de la partie mesurée et n’est jamais extrapolée.",
                "In grey: incomplete month; the value is that of the measured part and is never scaled up."));
    }

    private static FigureBlock MonthFigure(Composition c)
    {
        var months = MonthStarts(c.Model);
        var series = c.Model.Consumption.Take(5).Select(p => new BarSeries(
            p.Point.Name,
            [.. months.Select(m => (double?)StepOf(p, m)?.EnergyKwh)],
            [.. months.Select(m => StepOf(p, m)?.Incomplete ?? true)])).ToList();
        var categories = months.Select((m, i) => c.Numbers.MonthShort(m.Month) + (i == 0 || m.Month == 1 ? "\n" + NoteNumbers.Year(m) : "")).ToList();
        var counted = c.Model.Consumption.Sum(p => p.Months.Count(m => m.EnergyKwh.HasValue));
        return c.Figure("energy-months-bars", c.Of("Énergie finale par mois et par point", "Final energy by month and point"),
            Facts(c, "kWh", counted, c.Of("mois × points", "months × points"), Mean(c.Model.Consumption.SelectMany(p => p.Months).Select(m => m.CompletenessPercent))),
            MonthlyBars.Draw(categories, series, "kWh", c.Of("mois incomplet", "incomplete month"), c.Numbers),
            string.Join(" ", c.Model.Consumption.Select(p => p.Point.Name + c.Of(" : ", ": ") + string.Join(", ", months.Select(m =>
                c.Numbers.MonthOfYear(m) + " " + (StepOf(p, m)?.EnergyKwh is { } kwh ? c.Numbers.Quantity(kwh, 0, "kWh") : NoteNumbers.Missing))) + ".")));
    }

    private static List<NoteBlock> PointBlocks(Composition c, PointConsumption point)
    {
        var blocks = new List<NoteBlock>();
        if (point.Days.Count == 0 || point.Hours.Count == 0)
        {
            blocks.Add(new MissingBlock(c.Of("Aucun index reçu dans la période.", "No register reading in the period.")));
            return blocks;
        }

        var first = DateOnly.FromDateTime(point.Days[0].Start.DateTime);
        var last = DateOnly.FromDateTime(point.Days[^1].Start.DateTime);
        var days = new double?[last.DayNumber - first.DayNumber + 1][];
        for (var d = 0; d < days.Length; d++)
        {
            days[d] = new double?[HourDayHeatMap.HoursADay];
        }

        foreach (var hour in point.Hours)
        {
            var row = DateOnly.FromDateTime(hour.Start.DateTime).DayNumber - first.DayNumber;
            if (row >= 0 && row < days.Length && hour.EnergyKwh is { } kwh)
            {
                // The doubled hour in autumn adds up: both passes belong to that local hour.
                days[row][hour.Start.Hour] = (days[row][hour.Start.Hour] ?? 0) + (double)kwh;
            }
        }

        var measured = point.Days.Where(d => d.EnergyKwh.HasValue && !d.Incomplete).Select(d => (d.Start, Kwh: d.EnergyKwh!.Value)).ToList();
        var hours = point.Hours.Where(h => h.EnergyKwh.HasValue).ToList();
        if (measured.Count > 0 && hours.Count > 0)
        {
            var top = measured.MaxBy(d => d.Kwh);
            var low = measured.MinBy(d => d.Kwh);
            var peak = hours.MaxBy(h => h.EnergyKwh);
            blocks.Add(new ParagraphBlock(c.Of("Par jour complet : ", "By complete day: ")
                + c.Numbers.Quantity(measured.Average(d => d.Kwh), 2, "kWh") + c.Of(" en moyenne (n = ", " on average (n = ") + c.Numbers.Number(measured.Count)
                + c.Of("), de ", "), from ") + c.Numbers.Quantity(low.Kwh, 2, "kWh") + c.Of(" le ", " on ") + c.Numbers.Day(DateOnly.FromDateTime(low.Start.DateTime))
                + c.Of(" à ", " to ") + c.Numbers.Quantity(top.Kwh, 2, "kWh") + c.Of(" le ", " on ") + c.Numbers.Day(DateOnly.FromDateTime(top.Start.DateTime))
                + c.Of(". Heure la plus chargée : ", ". Busiest hour: ") + c.Numbers.Quantity(peak.EnergyKwh!.Value, 2, "kWh")
                + c.Of(" le ", " on ") + c.Numbers.Instant(peak.Start) + "."));
        }

        blocks.Add(c.Figure("hours-" + point.Point.Id, point.Point.Name + c.Of(" : énergie par heure et par jour", ": energy by hour and day"),
            Facts(c, c.Of("kWh par heure", "kWh per hour"), hours.Count, c.Of("heures", "hours"), point.CompletenessPercent),
            HourDayHeatMap.Draw(first, days, "kWh", c.Of("heure locale", "local hour"), c.Of("sans donnée", "no data"), c.Numbers),
            c.Of("Chaque colonne est un jour, chaque ligne une heure ; plus c’est foncé, plus l’énergie est grande.",
                "Each column is a day, each row an hour; the darker, the more energy.")));
        return blocks;
    }

    internal static FigureFacts Facts(Composition c, string unit, long count, string what, double completeness) =>
        new(unit, c.PeriodText(c.Model.Period), "n\u00a0=\u00a0" + c.Numbers.Number(count) + NoteNumbers.Gap + what, c.Percent(completeness));

    internal static double Mean(IEnumerable<double> values)
    {
        var list = values.ToList();
        return list.Count == 0 ? 0 : list.Average();
    }

    private static List<DateOnly> MonthStarts(NoteModel model) =>
        [.. model.Consumption.SelectMany(p => p.Months).Select(m => new DateOnly(m.Start.Year, m.Start.Month, 1)).Distinct().Order()];

    private static EnergyStep? StepOf(PointConsumption point, DateOnly month)
    {
        foreach (var step in point.Months)
        {
            if (step.Start.Year == month.Year && step.Start.Month == month.Month)
            {
                return step;
            }
        }

        return null;
    }
}
