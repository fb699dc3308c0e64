namespace Metering.Core.Notes.Figures;

/// <summary>
/// A picture as a list of marks in paint order, in units of 1/96 inch from the top left. It knows no file format: the SVG
/// and EMF writers turn it into one. Whatever tells two things apart differs in lightness, dash or hatch as well as in hue.
/// </summary>
public sealed record Drawing(double Width, double Height, IReadOnlyList<Mark> Marks);

public readonly record struct Dot(double X, double Y);

public readonly record struct Box(double X, double Y, double Width, double Height);

public enum Hatch
{
    None = 0,
    Rising = 1,
    Falling = 2,
    Cross = 3,
}

public enum Dash
{
    Solid = 0,
    Dashed = 1,
    Dotted = 2,
    DashDot = 3,
}

/// <param name="Colour">Six hexadecimal digits with a leading #.</param>
/// <param name="Hatch">Lines of <paramref name="Colour"/> on white, or a plain fill.</param>
public sealed record Fill(string Colour, Hatch Hatch = Hatch.None);

public sealed record Stroke(string Colour, double Width = 1, Dash Dash = Dash.Solid);

public enum Anchor
{
    Start = 0,
    Middle = 1,
    End = 2,
}

public abstract record Mark;

public sealed record Line(IReadOnlyList<Dot> Points, Stroke Stroke) : Mark;

public sealed record Polygon(IReadOnlyList<Dot> Points, Fill? Fill, Stroke? Stroke) : Mark;

/// <summary>Many boxes of one look: one element of the file, however many cells.</summary>
public sealed record Boxes(IReadOnlyList<Box> Items, Fill? Fill, Stroke? Stroke) : Mark;

/// <summary>Many small marks of one look; hollow when <paramref name="Fill"/> is null.</summary>
public sealed record Dots(IReadOnlyList<Dot> Items, double Radius, Fill? Fill, Stroke? Stroke) : Mark;

/// <summary>Words at the base line (X, Y); turned words read upwards. Size in the units of the drawing.</summary>
public sealed record Label(
    double X, double Y, string Text, double Size = 11, Anchor Anchor = Anchor.Start, bool Bold = false, bool Turned = false, string Colour = Palette.Ink) : Mark;

/// <summary>Colours told apart in grey and by colour-blind readers (hues after Okabe and Ito; the scale's lightness falls steadily).</summary>
public static class Palette
{
    public const string Ink = "#1b2733";
    public const string Soft = "#5b6b78";
    public const string Grid = "#dde3e8";
    public const string Paper = "#ffffff";
    public const string Blue = "#0b5c92";
    public const string Orange = "#d9822b";
    public const string Green = "#2f8f6b";
    public const string Purple = "#8a4f9e";
    public const string NoData = "#cfc8b8";

    /// <summary>From little to much.</summary>
    public static IReadOnlyList<string> Scale { get; } =
        ["#eef4f8", "#cfe0ec", "#a3c6de", "#6ea6ca", "#3d82b0", "#185d90", "#0a3a63"];

    /// <summary>One look a series: hue, dash.</summary>
    public static IReadOnlyList<Stroke> Series { get; } =
    [
        new(Blue, 1.8), new(Orange, 1.8, Dash.Dashed), new(Green, 1.8, Dash.DashDot), new(Purple, 1.8, Dash.Dotted),
        new(Ink, 1.2), new(Soft, 1.2, Dash.Dashed),
    ];
}
