using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Figures;

/// <param name="Name">Question.</param>
/// <param name="Counts">Answers from worst to best.</param>
public sealed record SurveyRow(string Name, IReadOnlyList<int> Counts);

/// <summary>Answers by question, as shares of those who answered it.</summary>
public static class SurveyChart
{
    public static Drawing Draw(IReadOnlyList<SurveyRow> rows, string worstName, string bestName, NoteNumbers numbers)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(numbers);
        const double left = 300, right = 670, top = 30, rowHeight = 30;
        var marks = new List<Mark>();
        for (var i = 0; i < rows.Count; i++)
        {
            var y = top + i * rowHeight;
            var total = rows[i].Counts.Sum();
            marks.Add(new Label(left - 10, y + 15, Short(rows[i].Name), 10, Anchor.End));
            marks.Add(new Label(right + 8, y + 15, "n\u00a0=\u00a0" + numbers.Number(total), 10, Colour: Palette.Soft));
            var x = left;
            for (var s = 0; s < rows[i].Counts.Count && total > 0; s++)
            {
                var width = (right - left) * rows[i].Counts[s] / total;
                if (width <= 0)
                {
                    continue;
                }

                var shade = Shade(s, rows[i].Counts.Count);
                marks.Add(new Boxes([new Box(x, y, width, 20)], new Fill(Palette.Scale[shade]), new Stroke(Palette.Soft, 0.5)));
                if (width > 16)
                {
                    marks.Add(new Label(x + width / 2, y + 14, numbers.Number(rows[i].Counts[s]), 10, Anchor.Middle, Colour: shade >= 4 ? Palette.Paper : Palette.Ink));
                }

                x += width;
            }
        }

        marks.Add(new Label(left, top - 10, worstName, 10, Colour: Palette.Soft));
        marks.Add(new Label(right, top - 10, bestName, 10, Anchor.End, Colour: Palette.Soft));
        return new Drawing(720, top + rows.Count * rowHeight + 6, marks);
    }

    private static int Shade(int step, int steps) => steps < 2 ? 3 : step * (Palette.Scale.Count - 1) / (steps - 1);

    private static string Short(string text) => text.Length <= 54 ? text : text[..53] + "…";
}
