using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Figures;

/// <summary>One period of an <see cref="EnergySignature"/>.</summary>
/// <param name="Name">Legend.</param>
/// <param name="Days">Outdoor temperature (°C) against energy of the day (kWh).</param>
/// <param name="Models">Points of each model's line, rising temperature; one line, or one a kind of day.</param>
public sealed record SignatureSeries(string Name, IReadOnlyList<Dot> Days, IReadOnlyList<IReadOnlyList<Dot>> Models);

/// <summary>Energy of a day against its outdoor temperature, before and after, with the models' lines.</summary>
public static class EnergySignature
{
    public static Drawing Draw(IReadOnlyList<SignatureSeries> series, string temperatureName, string energyName, NoteNumbers numbers)
    {
        ArgumentNullException.ThrowIfNull(series);
        const double left = 58, right = 710, top = 34, bottom = 268;
        var all = series.SelectMany(s => s.Days).ToList();
        var marks = new List<Mark>();
        var level = new Axis(all.Count > 0 ? all.Min(d => d.X) : 0, all.Count > 0 ? all.Max(d => d.X) : 1, left, right - left, 8);
        var upright = new Axis(0, all.Count > 0 ? all.Max(d => d.Y) : 1, bottom, top - bottom);
        upright.DrawUpright(marks, numbers, left, right);
        level.DrawLevel(marks, numbers, top, bottom);
        marks.Add(new Label(left - 6, 14, energyName, 10, Anchor.Start, Colour: Palette.Soft) with { X = 4 });
        marks.Add(new Label((left + right) / 2, bottom + 32, temperatureName, 10, Anchor.Middle, Colour: Palette.Soft));
        var x = left + 110;
        for (var s = 0; s < series.Count; s++)
        {
            var look = Palette.Series[s % Palette.Series.Count];
            // Hollow rings before, filled dots after: told apart without colour.
            Fill? fill = s == 0 ? null : new Fill(look.Colour);
            var ring = new Stroke(look.Colour, 0.7);
            marks.Add(new Dots([.. series[s].Days.Select(d => new Dot(level.At(d.X), upright.At(d.Y)))], s == 0 ? 2.1 : 1.5, fill, ring));
            marks.Add(new Dots([new Dot(x + 6, 12)], 3, fill, new Stroke(look.Colour)));
            marks.Add(new Line([new(x + 14, 12), new(x + 38, 12)], look with { Width = 2.4 }));
            marks.Add(new Label(x + 44, 16, series[s].Name, 10.5));
            x += 64 + GlyphWidths.Of(series[s].Name, 10.5);
        }

        for (var s = 0; s < series.Count; s++)
        {
            foreach (var model in series[s].Models)
            {
                marks.Add(new Line([.. model.Select(d => new Dot(level.Clamped(d.X), upright.Clamped(d.Y)))], Palette.Series[s % Palette.Series.Count] with { Width = 2.4 }));
            }
        }

        return new Drawing(720, 306, marks);
    }
}
