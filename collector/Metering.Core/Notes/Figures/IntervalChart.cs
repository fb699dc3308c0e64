using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Figures;

/// <param name="Name">What is estimated.</param>
/// <param name="Value">Estimate.</param>
/// <param name="HalfWidth">Half width of its interval; 0: none.</param>
public sealed record IntervalRow(string Name, double Value, double HalfWidth);

/// <summary>Estimates with their intervals against targets, one row each.</summary>
public static class IntervalChart
{
    /// <summary>Room for "−12,3 ± 10,1 %" left of the drawing.</summary>
    private const double NumberWidth = 92;

    public static Drawing Draw(IReadOnlyList<IntervalRow> rows, IReadOnlyList<CurveLimit> targets, string unit, NoteNumbers numbers)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(numbers);
        const double left = 190, right = 700, top = 30, rowHeight = 34;
        var bottom = top + rows.Count * rowHeight + 6;
        var marks = new List<Mark>();
        var values = rows.SelectMany(r => new[] { r.Value - r.HalfWidth, r.Value + r.HalfWidth }).Concat(targets.Select(t => t.Value)).Append(0).ToList();
        var level = new Axis(values.Min(), values.Max(), left, right - left, 8);
        level.DrawLevel(marks, numbers, top, bottom);
        marks.Add(new Line([new(level.At(0), top), new(level.At(0), bottom)], new Stroke(Palette.Soft)));
        foreach (var target in targets)
        {
            marks.Add(new Line([new(level.At(target.Value), top - 6), new(level.At(target.Value), bottom)], new Stroke(Palette.Orange, 2, Dash.Dashed)));
            marks.Add(new Label(level.At(target.Value), top - 11, target.Name, 10.5, Anchor.Middle));
        }

        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var y = top + 10 + rowHeight * (i + 0.5) - 6;
            var (a, b) = (level.At(row.Value - row.HalfWidth), level.At(row.Value + row.HalfWidth));
            // Name and number stand left of the drawing, where no target can run through them.
            var text = row.HalfWidth > 0
                ? numbers.Number(row.Value, 1) + " ± " + numbers.Quantity(row.HalfWidth, 1, unit)
                : numbers.Quantity(row.Value, 1, unit);
            marks.Add(new Label(left - 12 - NumberWidth, y + 4, row.Name, 11, Anchor.End));
            marks.Add(new Label(left - 12, y + 4, text, 10.5, Anchor.End));
            if (row.HalfWidth > 0)
            {
                marks.Add(new Boxes([new Box(a, y - 5, b - a, 10)], new Fill("#a3c6de"), new Stroke(Palette.Blue, 0.8)));
            }

            marks.Add(new Line([new(level.At(row.Value), y - 9), new(level.At(row.Value), y + 9)], new Stroke(Palette.Ink, 2.4)));
        }

        marks.Add(new Label(right, bottom + 30, unit, 10, Anchor.End, Colour: Palette.Soft));
        return new Drawing(720, bottom + 38, marks);
    }
}
