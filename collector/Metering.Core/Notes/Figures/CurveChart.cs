using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Figures;

/// <param name="Name">Legend.</param>
/// <param name="Points">Along the level axis; a NaN ordinate breaks the line.</param>
public sealed record CurveSeries(string Name, IReadOnlyList<Dot> Points);

/// <summary>A horizontal mark with a name: a target, a limit.</summary>
public sealed record CurveLimit(string Name, double Value);

/// <summary>Lines over a common level axis: load duration, cumulative deviations, a week of temperatures.</summary>
public static class CurveChart
{
    /// <param name="series">One to six lines.</param>
    /// <param name="levelName">Name of the level axis.</param>
    /// <param name="uprightName">Name of the upright axis.</param>
    /// <param name="limits">Horizontal marks.</param>
    /// <param name="ticks">Places and words of the level axis, or null: numbers.</param>
    /// <param name="fromZero">The upright axis includes zero.</param>
    /// <param name="numbers">How numbers are written.</param>
    public static Drawing Draw(
        IReadOnlyList<CurveSeries> series, string levelName, string uprightName, IReadOnlyList<CurveLimit> limits,
        IReadOnlyList<(double At, string Text)>? ticks, bool fromZero, NoteNumbers numbers)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(limits);
        const double left = 58, right = 710, top = 34, bottom = 238;
        var points = series.SelectMany(s => s.Points).Where(p => double.IsFinite(p.Y)).ToList();
        var marks = new List<Mark>();
        var values = points.Select(p => p.Y).Concat(limits.Select(l => l.Value)).Concat(fromZero ? [0] : []).DefaultIfEmpty(0).ToList();
        var level = new Axis(points.Select(p => p.X).DefaultIfEmpty(0).Min(), points.Select(p => p.X).DefaultIfEmpty(1).Max(), left, right - left, 8, whole: ticks is null);
        var upright = new Axis(values.Min(), values.Max(), bottom, top - bottom);
        upright.DrawUpright(marks, numbers, left, right);
        if (ticks is null)
        {
            level.DrawLevel(marks, numbers, top, bottom);
        }
        else
        {
            foreach (var (at, text) in ticks)
            {
                marks.Add(new Line([new(level.At(at), top), new(level.At(at), bottom + 4)], new Stroke(Palette.Grid)));
                marks.Add(new Label(level.At(at) + 3, bottom + 15, text, 10, Colour: Palette.Soft));
            }
        }

        marks.Add(new Label(4, 14, uprightName, 10, Colour: Palette.Soft));
        marks.Add(new Label((left + right) / 2, bottom + 32, levelName, 10, Anchor.Middle, Colour: Palette.Soft));
        foreach (var limit in limits)
        {
            marks.Add(new Line([new(left, upright.At(limit.Value)), new(right, upright.At(limit.Value))], new Stroke(Palette.Ink, 1, Dash.Dotted)));
            marks.Add(new Label(right - 2, upright.At(limit.Value) - 4, limit.Name, 10, Anchor.End));
        }

        var x = left + 20 + GlyphWidths.Of(uprightName, 10);
        for (var s = 0; s < series.Count; s++)
        {
            var look = Palette.Series[s % Palette.Series.Count];
            foreach (var run in Runs(series[s].Points))
            {
                marks.Add(new Line([.. run.Select(p => new Dot(level.At(p.X), upright.At(p.Y)))], look));
            }

            marks.Add(new Line([new(x, 12), new(x + 26, 12)], look));
            marks.Add(new Label(x + 32, 16, series[s].Name, 10.5));
            x += 48 + GlyphWidths.Of(series[s].Name, 10.5);
        }

        return new Drawing(720, 276, marks);
    }

    private static IEnumerable<List<Dot>> Runs(IReadOnlyList<Dot> points)
    {
        var run = new List<Dot>();
        foreach (var point in points)
        {
            if (double.IsFinite(point.Y))
            {
                run.Add(point);
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}
