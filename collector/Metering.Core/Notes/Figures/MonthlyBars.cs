using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Figures;

/// <summary>One series of <see cref="MonthlyBars"/>.</summary>
/// <param name="Name">Legend.</param>
/// <param name="Values">One value a category; null: no data, which is drawn as a gap and never as zero.</param>
/// <param name="Incomplete">Categories below the completeness rule: drawn hollow.</param>
public sealed record BarSeries(string Name, IReadOnlyList<double?> Values, IReadOnlyList<bool> Incomplete);

/// <summary>Bars side by side, one group a month: before and after works, or one group a use.</summary>
public static class MonthlyBars
{
    private static readonly Fill[] Fills =
        [new(Palette.Blue), new(Palette.Orange, Hatch.Rising), new("#9db4c0"), new(Palette.Green, Hatch.Falling), new(Palette.Purple, Hatch.Cross)];

    /// <param name="categories">Labels below the groups; a second line after a line feed.</param>
    /// <param name="series">One to five series.</param>
    /// <param name="unit">Unit of the upright axis.</param>
    /// <param name="incompleteName">Legend of hollow bars.</param>
    /// <param name="numbers">How numbers are written.</param>
    public static Drawing Draw(
        IReadOnlyList<string> categories, IReadOnlyList<BarSeries> series, string unit, string incompleteName, NoteNumbers numbers)
    {
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(numbers);
        const double width = 720, height = 270, left = 58, right = 710, top = 34, bottom = 222;
        var marks = new List<Mark>();
        var most = series.SelectMany(s => s.Values).Max() ?? 0;
        var axis = new Axis(0, Math.Max(most, 1e-9), bottom, top - bottom);
        axis.DrawUpright(marks, numbers, left, right);
        marks.Add(new Label(left - 6, 14, unit, 10, Anchor.End, Colour: Palette.Soft));

        var group = (right - left) / Math.Max(1, categories.Count);
        var bar = Math.Min(44, group * 0.78 / Math.Max(1, series.Count));
        var printValues = bar >= 26;
        var anyIncomplete = false;
        for (var s = 0; s < series.Count; s++)
        {
            var whole = new List<Box>();
            var partial = new List<Box>();
            for (var c = 0; c < categories.Count; c++)
            {
                if (series[s].Values[c] is not { } value)
                {
                    continue;
                }

                var x = left + group * (c + 0.5) - bar * series.Count / 2 + bar * s;
                var y = axis.At(value);
                var incomplete = series[s].Incomplete[c];
                anyIncomplete |= incomplete;
                (incomplete ? partial : whole).Add(new Box(x + bar * 0.06, y, bar * 0.88, Math.Max(0, bottom - y)));
                if (printValues)
                {
                    marks.Add(new Label(x + bar / 2, y - 4, numbers.Number(value, value < 10 ? 1 : 0), 9.5, Anchor.Middle));
                }
            }

            var fill = Fills[s % Fills.Length];
            marks.Add(new Boxes(whole, fill, new Stroke(fill.Colour)));
            marks.Add(new Boxes(partial, new Fill(Palette.Paper), new Stroke(fill.Colour, 1.3, Dash.Dashed)));
        }

        var every = Math.Max(1, (int)Math.Ceiling(categories.Count * 34.0 / (right - left)));
        for (var c = 0; c < categories.Count; c += every)
        {
            var lines = categories[c].Split('\n');
            for (var l = 0; l < lines.Length; l++)
            {
                marks.Add(new Label(left + group * (c + 0.5), bottom + 15 + 13 * l, lines[l], 10, Anchor.Middle, Colour: l == 0 ? Palette.Ink : Palette.Soft));
            }
        }

        var x0 = left + 12;
        for (var s = 0; s < series.Count; s++)
        {
            var fill = Fills[s % Fills.Length];
            marks.Add(new Boxes([new Box(x0, 7, 14, 10)], fill, new Stroke(fill.Colour)));
            marks.Add(new Label(x0 + 20, 16, series[s].Name, 10.5));
            x0 += 38 + GlyphWidths.Of(series[s].Name, 10.5);
        }

        if (anyIncomplete)
        {
            marks.Add(new Boxes([new Box(x0, 7, 14, 10)], new Fill(Palette.Paper), new Stroke(Palette.Soft, 1.3, Dash.Dashed)));
            marks.Add(new Label(x0 + 20, 16, incompleteName, 10.5, Colour: Palette.Soft));
        }

        return new Drawing(width, height, marks);
    }
}
