using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Figures;

/// <summary>Hour of the day upwards, day to the right, darker is more. Cells without data are hatched.</summary>
public static class HourDayHeatMap
{
    public const int HoursADay = 24;

    /// <param name="first">First day shown.</param>
    /// <param name="days">One array of 24 values a day, local hours 0..23; null: no data.</param>
    /// <param name="unit">Unit of the values.</param>
    /// <param name="hourName">Name of the upright axis.</param>
    /// <param name="noDataName">Legend of cells without data.</param>
    /// <param name="numbers">How numbers and months are written.</param>
    public static Drawing Draw(
        DateOnly first, IReadOnlyList<double?[]> days, string unit, string hourName, string noDataName, NoteNumbers numbers)
    {
        ArgumentNullException.ThrowIfNull(days);
        ArgumentNullException.ThrowIfNull(numbers);
        const double width = 720, height = 262, left = 46, right = 712, top = 12, bottom = 204;
        var marks = new List<Mark>();
        var bounds = Bounds(days);
        var cellWidth = (right - left) / Math.Max(1, days.Count);
        const double cellHeight = (bottom - top) / HoursADay;
        var classes = new List<Box>[Palette.Scale.Count];
        for (var i = 0; i < classes.Length; i++)
        {
            classes[i] = [];
        }

        var anyMissing = false;
        for (var d = 0; d < days.Count; d++)
        {
            for (var h = 0; h < HoursADay; h++)
            {
                if (days[d][h] is not { } value)
                {
                    anyMissing = true;
                    continue;
                }

                // Neighbours overlap by a hair, or printers show white seams.
                classes[ClassOf(value, bounds)].Add(new Box(left + d * cellWidth, bottom - (h + 1) * cellHeight, cellWidth + 0.15, cellHeight + 0.15));
            }
        }

        marks.Add(new Boxes([new Box(left, top, right - left, bottom - top)], new Fill(Palette.NoData, Hatch.Rising), null));
        for (var i = 0; i < classes.Length; i++)
        {
            marks.Add(new Boxes(classes[i], new Fill(Palette.Scale[i]), null));
        }

        for (var h = 0; h <= HoursADay; h += 6)
        {
            var y = bottom - h * cellHeight;
            marks.Add(new Label(left - 6, y + 3.5, numbers.Number(h) + NoteNumbers.Gap + "h", 10, Anchor.End, Colour: Palette.Soft));
            marks.Add(new Line([new(left - 3, y), new(left, y)], new Stroke(Palette.Soft)));
        }

        marks.Add(new Label(11, (top + bottom) / 2, hourName, 10, Anchor.Middle, Turned: true, Colour: Palette.Soft));
        DrawMonths(marks, first, days.Count, left, cellWidth, top, bottom, numbers);
        DrawLegend(marks, bounds, unit, anyMissing ? noDataName : null, left, numbers);
        return new Drawing(width, height, marks);
    }

    private static void DrawMonths(List<Mark> marks, DateOnly first, int count, double left, double cellWidth, double top, double bottom, NoteNumbers numbers)
    {
        var monthsShown = count / 30 + 1;
        var every = Math.Max(1, (int)Math.Ceiling(monthsShown / 18.0));
        for (var d = 0; d < count; d++)
        {
            var day = first.AddDays(d);
            if (day.Day != 1 && d != 0)
            {
                continue;
            }

            var x = left + d * cellWidth;
            if (d != 0)
            {
                marks.Add(new Line([new(x, top), new(x, bottom + 5)], new Stroke(Palette.Paper, 0.8)));
                marks.Add(new Line([new(x, bottom), new(x, bottom + 5)], new Stroke(Palette.Soft)));
            }

            var daysLeft = Math.Min(count - d, DateTime.DaysInMonth(day.Year, day.Month) - day.Day + 1);
            if (daysLeft * cellWidth > 30 || (every > 1 && day.Month % every == 1 && daysLeft > 20))
            {
                var name = numbers.MonthShort(day.Month);
                var withYear = d == 0 || day.Month == 1;
                marks.Add(new Label(x + 3, bottom + 16, withYear && daysLeft * cellWidth > 60 ? name + " " + NoteNumbers.Year(day) : name, 10, Colour: Palette.Soft));
            }
        }
    }

    private static void DrawLegend(List<Mark> marks, double[] bounds, string unit, string? noDataName, double left, NoteNumbers numbers)
    {
        const double y = 236, cell = 46;
        var decimals = bounds[^1] >= 50 ? 0 : bounds[^1] >= 5 ? 1 : 2;
        for (var i = 0; i < Palette.Scale.Count; i++)
        {
            marks.Add(new Boxes([new Box(left + i * cell, y, cell, 9)], new Fill(Palette.Scale[i]), new Stroke(Palette.Soft, 0.4)));
            marks.Add(new Label(left + i * cell, y + 21, numbers.Number(bounds[i], decimals), 9.5, Anchor.Middle, Colour: Palette.Soft));
        }

        marks.Add(new Label(left + Palette.Scale.Count * cell, y + 21, numbers.Number(bounds[^1], decimals), 9.5, Anchor.Middle, Colour: Palette.Soft));
        marks.Add(new Label(left + Palette.Scale.Count * cell + 8, y + 8.5, unit, 10));
        if (noDataName is not null)
        {
            var x = left + Palette.Scale.Count * cell + 100;
            marks.Add(new Boxes([new Box(x, y, 18, 9)], new Fill(Palette.NoData, Hatch.Rising), new Stroke(Palette.Soft, 0.4)));
            marks.Add(new Label(x + 24, y + 8.5, noDataName, 10));
        }
    }

    /// <summary>Seven classes of equal width up to the 98th percentile, so that one peak does not flatten the rest.</summary>
    private static double[] Bounds(IReadOnlyList<double?[]> days)
    {
        var values = days.SelectMany(d => d).Where(v => v.HasValue).Select(v => v!.Value).Order().ToArray();
        var top = values.Length == 0 ? 1 : values[(int)Math.Floor((values.Length - 1) * 0.98)];
        if (top <= 0)
        {
            top = values.Length == 0 || values[^1] <= 0 ? 1 : values[^1];
        }

        var bounds = new double[Palette.Scale.Count + 1];
        for (var i = 0; i < bounds.Length; i++)
        {
            bounds[i] = top * i / Palette.Scale.Count;
        }

        return bounds;
    }

    private static int ClassOf(double value, double[] bounds) =>
        Math.Clamp((int)(value / bounds[^1] * Palette.Scale.Count), 0, Palette.Scale.Count - 1);
}
