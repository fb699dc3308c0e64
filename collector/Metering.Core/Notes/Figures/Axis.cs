using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Figures;

/// <summary>A straight scale from values to positions, with ticks at 1, 2 or 5 times a power of ten.</summary>
public sealed class Axis
{
    private readonly double _start;
    private readonly double _length;

    /// <param name="from">Least value shown.</param>
    /// <param name="to">Largest value shown.</param>
    /// <param name="start">Position of <paramref name="from"/>.</param>
    /// <param name="length">Length on paper; negative when it runs upwards.</param>
    /// <param name="ticks">About how many ticks.</param>
    /// <param name="whole">Widen the range to whole ticks.</param>
    public Axis(double from, double to, double start, double length, int ticks = 5, bool whole = true)
    {
        if (!(to > from))
        {
            to = from + 1;
        }

        Step = NiceStep((to - from) / Math.Max(1, ticks));
        From = whole ? Math.Floor(from / Step + 1e-9) * Step : from;
        To = whole ? Math.Ceiling(to / Step - 1e-9) * Step : to;
        _start = start;
        _length = length;
    }

    public double From { get; }

    public double To { get; }

    public double Step { get; }

    /// <summary>Decimals that tell two ticks apart.</summary>
    public int Decimals => Math.Max(0, (int)Math.Ceiling(-Math.Log10(Step) - 1e-9));

    public double At(double value) => _start + (value - From) / (To - From) * _length;

    public double Clamped(double value) => At(Math.Clamp(value, From, To));

    public IEnumerable<double> Ticks()
    {
        var first = (long)Math.Ceiling(From / Step - 1e-9);
        var last = (long)Math.Floor(To / Step + 1e-9);
        for (var i = first; i <= last; i++)
        {
            yield return i * Step;
        }
    }

    /// <summary>Grid lines and numbers of an upright axis at the left of a plot.</summary>
    public void DrawUpright(List<Mark> marks, NoteNumbers numbers, double left, double right, double size = 10)
    {
        foreach (var tick in Ticks())
        {
            var y = At(tick);
            marks.Add(new Line([new(left, y), new(right, y)], new Stroke(Math.Abs(tick) < Step / 1e6 ? Palette.Soft : Palette.Grid)));
            marks.Add(new Label(left - 6, y + size * 0.35, numbers.Number(tick, Decimals), size, Anchor.End, Colour: Palette.Soft));
        }
    }

    /// <summary>Grid lines and numbers of a level axis below a plot.</summary>
    public void DrawLevel(List<Mark> marks, NoteNumbers numbers, double top, double bottom, double size = 10)
    {
        foreach (var tick in Ticks())
        {
            var x = At(tick);
            marks.Add(new Line([new(x, top), new(x, bottom)], new Stroke(Palette.Grid)));
            marks.Add(new Label(x, bottom + size + 5, numbers.Number(tick, Decimals), size, Anchor.Middle, Colour: Palette.Soft));
        }
    }

    private static double NiceStep(double raw)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var lead = raw / power;
        return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
    }
}
