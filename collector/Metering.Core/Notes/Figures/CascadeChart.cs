using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Figures;

/// <param name="Name">Label below the step.</param>
/// <param name="Value">A total, or what is added (below 0: taken away).</param>
/// <param name="Total">Drawn from zero.</param>
public sealed record CascadeStep(string Name, double Value, bool Total);

/// <summary>From a sum to another, step by step (fr. cascade).</summary>
public static class CascadeChart
{
    public static Drawing Draw(IReadOnlyList<CascadeStep> steps, string unit, NoteNumbers numbers)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(numbers);
        const double left = 58, right = 710, top = 24, bottom = 210;
        var marks = new List<Mark>();
        var ends = new List<double> { 0 };
        foreach (var step in steps)
        {
            ends.Add(step.Total ? step.Value : ends[^1] + step.Value);
        }

        var upright = new Axis(Math.Min(0, ends.Min()), Math.Max(1e-9, ends.Max()), bottom, top - bottom);
        upright.DrawUpright(marks, numbers, left, right);
        marks.Add(new Label(left - 6, 12, unit, 10, Anchor.End, Colour: Palette.Soft));
        var width = (right - left) / Math.Max(1, steps.Count);
        for (var i = 0; i < steps.Count; i++)
        {
            var from = steps[i].Total ? 0 : ends[i];
            var (low, high) = (Math.Min(from, ends[i + 1]), Math.Max(from, ends[i + 1]));
            var x = left + width * (i + 0.2);
            var fill = steps[i].Total ? new Fill(Palette.Blue) : steps[i].Value < 0 ? new Fill(Palette.Green, Hatch.Falling) : new Fill(Palette.Orange, Hatch.Rising);
            marks.Add(new Boxes([new Box(x, upright.At(high), width * 0.6, Math.Max(0.5, upright.At(low) - upright.At(high)))], fill, new Stroke(fill.Colour)));
            var sign = steps[i].Total || steps[i].Value < 0 ? "" : "+";
            marks.Add(new Label(x + width * 0.3, upright.At(high) - 5, sign + numbers.Number(steps[i].Value, 2), 10.5, Anchor.Middle, Bold: steps[i].Total));
            if (i + 1 < steps.Count)
            {
                marks.Add(new Line([new(x + width * 0.6, upright.At(ends[i + 1])), new(x + width, upright.At(ends[i + 1]))], new Stroke(Palette.Soft, 0.8, Dash.Dotted)));
            }

            marks.Add(new Label(x + width * 0.3, bottom + 16, steps[i].Name, 10, Anchor.Middle));
        }

        return new Drawing(720, 240, marks);
    }
}
