using System.Globalization;
using System.Text;

namespace Metering.Collector.Telemetry;

/// <summary>Kind of a family in the exposition format.</summary>
internal enum FamilyType
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>One line of a family.</summary>
/// <param name="Suffix">"", "_bucket", "_sum" or "_count".</param>
/// <param name="Labels">Names and values, as they are.</param>
/// <param name="Value">Number.</param>
internal readonly record struct SampleLine(string Suffix, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value);

/// <summary>All lines of one name.</summary>
internal sealed record MetricFamily(string Name, string Help, FamilyType Type, IReadOnlyList<SampleLine> Lines);

/// <summary>
/// The Prometheus text exposition format, version 0.0.4: UTF-8, one family after the other, HELP and TYPE before its samples,
/// line feeds only.
/// </summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Write(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ').Append(EscapeHelp(family.Help)).Append('\n')
                .Append("# TYPE ").Append(family.Name).Append(' ').Append(Word(family.Type)).Append('\n');
            foreach (var line in family.Lines)
            {
                text.Append(family.Name).Append(line.Suffix);
                if (line.Labels.Count > 0)
                {
                    text.Append('{').AppendJoin(',', line.Labels.Select(static label => $"{label.Key}=\"{EscapeLabel(label.Value)}\"")).Append('}');
                }

                text.Append(' ').Append(Number(line.Value)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>
    /// The name of an instrument in Prometheus' style: letters, digits and underscores, the unit written out, counters end in
    /// <c>_total</c>. <c>metering.forward.lag</c> in s becomes <c>metering_forward_lag_seconds</c>.
    /// </summary>
    public static string Name(string instrument, string? unit, FamilyType type)
    {
        var name = new StringBuilder();
        foreach (var c in instrument)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        }

        var suffix = unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "", // units in braces are annotations and no units (UCUM)
        };
        if (suffix.Length > 0 && !name.ToString().EndsWith(suffix, StringComparison.Ordinal))
        {
            name.Append(suffix);
        }

        if (type == FamilyType.Counter)
        {
            name.Append("_total");
        }

        return char.IsAsciiDigit(name[0]) ? "_" + name : name.ToString();
    }

    public static string LabelName(string tag)
    {
        var name = new string([.. tag.Select(static c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? "_" + name : name;
    }

    internal static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        double.NaN => "NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Word(FamilyType type) => type switch
    {
        FamilyType.Counter => "counter",
        FamilyType.Gauge => "gauge",
        FamilyType.Histogram => "histogram",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown type."),
    };

    private static string EscapeHelp(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);
}
