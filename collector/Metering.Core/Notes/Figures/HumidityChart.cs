using Metering.Core.Notes.Text;

namespace Metering.Core.Notes.Figures;

/// <summary>A comfort zone on the chart: its corners, temperature (°C) and humidity ratio (g/kg dry air).</summary>
public sealed record ChartZone(string Name, IReadOnlyList<ChartState> Corners);

/// <summary>Moist air: temperature (°C) and humidity ratio (g/kg dry air).</summary>
public readonly record struct ChartState(double TemperatureC, double HumidityRatioGkg);

/// <summary>One room's hours, as states of air.</summary>
public sealed record ChartRoom(string Name, string Remark, IReadOnlyList<ChartState> Hours);

/// <summary>
/// Temperature against humidity ratio, one panel a room: hours counted in cells of half a kelvin by half a gram (darker is
/// more), saturation curve, nested comfort zones. Above the saturation curve there is no air, only fog.
/// </summary>
public static class HumidityChart
{
    public const double CellK = 0.5;
    public const double CellGkg = 0.5;

    private static readonly Stroke[] ZoneStrokes =
        [new(Palette.Ink, 1.6), new(Palette.Orange, 1.5, Dash.Dashed), new(Palette.Green, 1.5, Dash.DashDot), new(Palette.Purple, 1.5, Dash.Dotted)];

    private static readonly double[] ClassBounds = [1, 5, 20, 50, 100, 200];

    /// <param name="rooms">At most <see cref="RoomsMax"/> panels are drawn, in the order given.</param>
    /// <param name="zones">Nested zones, smallest first.</param>
    /// <param name="saturation">Saturated air, rising temperature.</param>
    /// <param name="temperatureName">Name of the level axis.</param>
    /// <param name="humidityName">Name of the upright axis.</param>
    /// <param name="hoursName">Legend of the shades.</param>
    /// <param name="saturationName">Legend of the curve.</param>
    /// <param name="numbers">How numbers are written.</param>
    public static Drawing Draw(
        IReadOnlyList<ChartRoom> rooms, IReadOnlyList<ChartZone> zones, IReadOnlyList<ChartState> saturation,
        string temperatureName, string humidityName, string hoursName, string saturationName, NoteNumbers numbers)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        ArgumentNullException.ThrowIfNull(zones);
        ArgumentNullException.ThrowIfNull(saturation);
        ArgumentNullException.ThrowIfNull(numbers);
        var shown = rooms.Take(RoomsMax).ToList();
        var columns = shown.Count == 1 ? 1 : shown.Count is 2 or 4 ? 2 : 3;
        var rows = Math.Max(1, (shown.Count + columns - 1) / columns);
        const double width = 720, gap = 14, left = 44, top = 8;
        var panelWidth = (width - left - 8 - gap * (columns - 1)) / columns;
        var panelHeight = columns == 1 ? 300.0 : columns == 2 ? 215 : 168;
        var states = shown.SelectMany(r => r.Hours).Concat(zones.SelectMany(z => z.Corners)).ToList();
        var (tFrom, tTo, wTo) = Range(states);
        var marks = new List<Mark>();
        for (var i = 0; i < shown.Count; i++)
        {
            var x = left + i % columns * (panelWidth + gap);
            var y = top + i / columns * (panelHeight + 42);
            var level = new Axis(tFrom, tTo, x, panelWidth, columns == 1 ? 8 : 5, whole: false);
            var upright = new Axis(0, wTo, y + 16 + panelHeight, -panelHeight, 5, whole: false);
            DrawPanel(marks, shown[i], zones, saturation, level, upright, x, y + 16, panelWidth, panelHeight, numbers, i % columns == 0);
        }

        var foot = top + rows * (panelHeight + 42) + 14;
        marks.Add(new Label(left + (width - left) / 2, foot - 4, temperatureName, 10.5, Anchor.Middle));
        marks.Add(new Label(10, top + rows * (panelHeight + 42) / 2, humidityName, 10.5, Anchor.Middle, Turned: true));
        var height = DrawLegend(marks, zones, hoursName, saturationName, left, foot + 12, numbers);
        return new Drawing(width, height, marks);
    }

    public const int RoomsMax = 12;

    private static (double TFrom, double TTo, double WTo) Range(List<ChartState> states)
    {
        if (states.Count == 0)
        {
            return (15, 35, 25);
        }

        var tFrom = Math.Floor(Math.Max(-20, states.Min(s => s.TemperatureC)) / 5) * 5;
        var tTo = Math.Ceiling(Math.Min(50, states.Max(s => s.TemperatureC) + 0.1) / 5) * 5;
        var wTo = Math.Ceiling(Math.Min(40, states.Max(s => s.HumidityRatioGkg) + 0.1) / 5) * 5;
        return (tFrom, tTo, wTo);
    }

    private static void DrawPanel(
        List<Mark> marks, ChartRoom room, IReadOnlyList<ChartZone> zones, IReadOnlyList<ChartState> saturation, Axis level, Axis upright,
        double x, double y, double panelWidth, double panelHeight, NoteNumbers numbers, bool numbered)
    {
        marks.Add(new Label(x, y - 5, room.Name, 10.5, Bold: true));
        marks.Add(new Label(x + panelWidth, y - 5, room.Remark, 9.5, Anchor.End, Colour: Palette.Soft));
        foreach (var tick in upright.Ticks())
        {
            marks.Add(new Line([new(x, upright.At(tick)), new(x + panelWidth, upright.At(tick))], new Stroke(Palette.Grid)));
            if (numbered)
            {
                marks.Add(new Label(x - 5, upright.At(tick) + 3.5, numbers.Number(tick, 0), 9.5, Anchor.End, Colour: Palette.Soft));
            }
        }

        level.DrawLevel(marks, numbers, y, y + panelHeight, 9.5);
        var cells = new SortedDictionary<(int T, int W), int>();
        foreach (var state in room.Hours)
        {
            var cell = ((int)Math.Floor(state.TemperatureC / CellK), (int)Math.Floor(state.HumidityRatioGkg / CellGkg));
            cells[cell] = cells.GetValueOrDefault(cell) + 1;
        }

        for (var c = 0; c < ClassBounds.Length; c++)
        {
            var boxes = new List<Box>();
            foreach (var ((t, w), count) in cells)
            {
                var next = c + 1 < ClassBounds.Length ? ClassBounds[c + 1] : double.PositiveInfinity;
                if (count < ClassBounds[c] || count >= next
                    || t * CellK < level.From || (t + 1) * CellK > level.To + 1e-9 || w * CellGkg < upright.From || (w + 1) * CellGkg > upright.To + 1e-9)
                {
                    continue;
                }

                var x0 = level.At(t * CellK);
                var y0 = upright.At((w + 1) * CellGkg);
                boxes.Add(new Box(x0, y0, level.At((t + 1) * CellK) - x0, upright.At(w * CellGkg) - y0));
            }

            marks.Add(new Boxes(boxes, new Fill(Palette.Scale[c + 1]), null));
        }

        var curve = saturation
            .Where(s => s.TemperatureC >= level.From && s.TemperatureC <= level.To && s.HumidityRatioGkg <= upright.To)
            .Select(s => new Dot(level.At(s.TemperatureC), upright.At(s.HumidityRatioGkg))).ToList();
        marks.Add(new Line(curve, new Stroke(Palette.Soft, 2)));
        for (var z = zones.Count - 1; z >= 0; z--)
        {
            var corners = zones[z].Corners.Select(s => new Dot(level.Clamped(s.TemperatureC), upright.Clamped(s.HumidityRatioGkg))).ToList();
            marks.Add(new Polygon(corners, null, ZoneStrokes[z % ZoneStrokes.Length]));
        }

        marks.Add(new Boxes([new Box(x, y, panelWidth, panelHeight)], null, new Stroke(Palette.Soft, 0.7)));
    }

    private static double DrawLegend(
        List<Mark> marks, IReadOnlyList<ChartZone> zones, string hoursName, string saturationName, double left, double y, NoteNumbers numbers)
    {
        var x = left;
        for (var z = 0; z < zones.Count; z++)
        {
            marks.Add(new Line([new(x, y), new(x + 26, y)], ZoneStrokes[z % ZoneStrokes.Length]));
            marks.Add(new Label(x + 31, y + 3.5, zones[z].Name, 10));
            x += 48 + GlyphWidths.Of(zones[z].Name, 10);
        }

        marks.Add(new Line([new(x, y), new(x + 26, y)], new Stroke(Palette.Soft, 2)));
        marks.Add(new Label(x + 31, y + 3.5, saturationName, 10));
        y += 20;
        x = left;
        marks.Add(new Label(x, y + 4, hoursName, 10));
        x += 12 + GlyphWidths.Of(hoursName, 10);
        for (var c = 0; c < ClassBounds.Length; c++)
        {
            var range = c + 1 < ClassBounds.Length
                ? numbers.Number(ClassBounds[c], 0) + "–" + numbers.Number(ClassBounds[c + 1] - 1, 0)
                : "≥" + NoteNumbers.Gap + numbers.Number(ClassBounds[c], 0);
            marks.Add(new Boxes([new Box(x, y - 5, 14, 10)], new Fill(Palette.Scale[c + 1]), new Stroke(Palette.Soft, 0.4)));
            marks.Add(new Label(x + 19, y + 4, range, 10));
            x += 32 + GlyphWidths.Of(range, 10);
        }

        return y + 14;
    }
}
