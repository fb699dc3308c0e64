using System.Globalization;
using System.Text;

namespace Metering.Core.Notes.Figures;

/// <summary>A drawing as one SVG element: role img, title and description for readers who do not see it, no script, nothing external.</summary>
public static class SvgFigureWriter
{
    private const string Font = "'Source Sans 3','Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif";

    /// <param name="drawing">What to draw.</param>
    /// <param name="key">Prefix of the ids, unique in the page: letters, digits, hyphens.</param>
    /// <param name="title">Short name of the figure.</param>
    /// <param name="description">What it shows, with its main figures.</param>
    /// <param name="standalone">A file of its own, with a fixed size, instead of an element of a page.</param>
    public static string Write(Drawing drawing, string key, string title, string description, bool standalone = false)
    {
        ArgumentNullException.ThrowIfNull(drawing);
        var svg = new StringBuilder(16 * 1024);
        svg.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"").Append(key).Append("-t ").Append(key)
            .Append("-d\" viewBox=\"0 0 ").Append(N(drawing.Width)).Append(' ').Append(N(drawing.Height)).Append('"');
        if (standalone)
        {
            svg.Append(" width=\"").Append(N(drawing.Width)).Append("\" height=\"").Append(N(drawing.Height)).Append('"');
        }

        svg.Append(" font-family=\"").Append(Font).Append("\"><title id=\"").Append(key).Append("-t\">").Append(Escape(title))
            .Append("</title><desc id=\"").Append(key).Append("-d\">").Append(Escape(description)).Append("</desc>");
        WriteHatches(svg, drawing, key);
        foreach (var mark in drawing.Marks)
        {
            WriteMark(svg, mark, key);
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>Text for element content and attributes.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            switch (c)
            {
                case '&': escaped.Append("&amp;"); break;
                case '<': escaped.Append("&lt;"); break;
                case '>': escaped.Append("&gt;"); break;
                case '"': escaped.Append("&quot;"); break;
                case '\'': escaped.Append("&#39;"); break;
                case '\t' or '\n' or '\r': escaped.Append(c); break;
                // Control characters are not allowed in XML, escaped or not.
                case < ' ' or '\uFFFE' or '\uFFFF': escaped.Append('\uFFFD'); break;
                default: escaped.Append(c); break;
            }
        }

        return escaped.ToString();
    }

    private static void WriteHatches(StringBuilder svg, Drawing drawing, string key)
    {
        var fills = new List<Fill>();
        foreach (var mark in drawing.Marks)
        {
            var fill = mark switch { Polygon p => p.Fill, Boxes b => b.Fill, Dots d => d.Fill, _ => null };
            if (fill is { Hatch: not Hatch.None } && !fills.Contains(fill))
            {
                fills.Add(fill);
            }
        }

        if (fills.Count == 0)
        {
            return;
        }

        svg.Append("<defs>");
        foreach (var fill in fills)
        {
            var lines = fill.Hatch switch
            {
                Hatch.Rising => "M-1 1L1-1M0 6L6 0M5 7L7 5",
                Hatch.Falling => "M-1 5L1 7M0 0L6 6M5-1L7 1",
                _ => "M0 3H6M3 0V6",
            };
            svg.Append("<pattern id=\"").Append(HatchId(key, fill)).Append("\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 0H6V6H0Z\" fill=\"#fff\"/><path d=\"")
                .Append(lines).Append("\" stroke=\"").Append(fill.Colour).Append("\" stroke-width=\"1.6\"/></pattern>");
        }

        svg.Append("</defs>");
    }

    private static void WriteMark(StringBuilder svg, Mark mark, string key)
    {
        switch (mark)
        {
            case Line line when line.Points.Count > 1:
                svg.Append("<path fill=\"none\"");
                WriteStroke(svg, line.Stroke);
                svg.Append(" d=\"");
                WritePath(svg, line.Points);
                svg.Append("\"/>");
                break;
            case Polygon polygon when polygon.Points.Count > 2:
                svg.Append("<path");
                WriteLook(svg, polygon.Fill, polygon.Stroke, key);
                svg.Append(" d=\"");
                WritePath(svg, polygon.Points);
                svg.Append("Z\"/>");
                break;
            case Boxes boxes when boxes.Items.Count > 0:
                svg.Append("<path");
                WriteLook(svg, boxes.Fill, boxes.Stroke, key);
                svg.Append(" d=\"");
                foreach (var box in boxes.Items)
                {
                    svg.Append('M').Append(N(box.X)).Append(' ').Append(N(box.Y)).Append('h').Append(N(box.Width)).Append('v')
                        .Append(N(box.Height)).Append("h-").Append(N(box.Width)).Append('z');
                }

                svg.Append("\"/>");
                break;
            case Dots dots when dots.Items.Count > 0:
                svg.Append("<path");
                WriteLook(svg, dots.Fill, dots.Stroke, key);
                svg.Append(" d=\"");
                var r = N(dots.Radius);
                var d = N(2 * dots.Radius);
                foreach (var dot in dots.Items)
                {
                    svg.Append('M').Append(N(dot.X - dots.Radius)).Append(' ').Append(N(dot.Y)).Append('a').Append(r).Append(' ').Append(r).Append(" 0 1 0 ")
                        .Append(d).Append(" 0a").Append(r).Append(' ').Append(r).Append(" 0 1 0-").Append(d).Append(" 0");
                }

                svg.Append("\"/>");
                break;
            case Label label:
                WriteLabel(svg, label);
                break;
        }
    }

    private static void WriteLabel(StringBuilder svg, Label label)
    {
        svg.Append("<text");
        if (label.Turned)
        {
            svg.Append(" transform=\"translate(").Append(N(label.X)).Append(' ').Append(N(label.Y)).Append(")rotate(-90)\"");
        }
        else
        {
            svg.Append(" x=\"").Append(N(label.X)).Append("\" y=\"").Append(N(label.Y)).Append('"');
        }

        svg.Append(" font-size=\"").Append(N(label.Size)).Append("\" fill=\"").Append(label.Colour).Append('"');
        if (label.Anchor != Anchor.Start)
        {
            svg.Append(" text-anchor=\"").Append(label.Anchor == Anchor.Middle ? "middle" : "end").Append('"');
        }

        if (label.Bold)
        {
            svg.Append(" font-weight=\"600\"");
        }

        svg.Append('>').Append(Escape(label.Text)).Append("</text>");
    }

    private static void WritePath(StringBuilder svg, IReadOnlyList<Dot> points)
    {
        for (var i = 0; i < points.Count; i++)
        {
            svg.Append(i == 0 ? 'M' : 'L').Append(N(points[i].X)).Append(' ').Append(N(points[i].Y));
        }
    }

    private static void WriteLook(StringBuilder svg, Fill? fill, Stroke? stroke, string key)
    {
        svg.Append(" fill=\"");
        if (fill is null)
        {
            svg.Append("none");
        }
        else if (fill.Hatch == Hatch.None)
        {
            svg.Append(fill.Colour);
        }
        else
        {
            svg.Append("url(#").Append(HatchId(key, fill)).Append(')');
        }

        svg.Append('"');
        if (stroke is not null)
        {
            WriteStroke(svg, stroke);
        }
    }

    private static void WriteStroke(StringBuilder svg, Stroke stroke)
    {
        svg.Append(" stroke=\"").Append(stroke.Colour).Append("\" stroke-width=\"").Append(N(stroke.Width)).Append('"');
        var dash = stroke.Dash switch { Dash.Dashed => "6 4", Dash.Dotted => "1.5 3", Dash.DashDot => "7 3 1.5 3", _ => null };
        if (dash is not null)
        {
            svg.Append(" stroke-dasharray=\"").Append(dash).Append('"');
        }
    }

    private static string HatchId(string key, Fill fill) => key + "-h" + ((int)fill.Hatch).ToString(CultureInfo.InvariantCulture) + fill.Colour[1..];

    private static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
