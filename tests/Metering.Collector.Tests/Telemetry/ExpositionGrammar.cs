using System.Globalization;
using System.Text.RegularExpressions;

namespace Metering.Collector.Tests.Telemetry;

/// <summary>
/// Reads Prometheus text, restated from its published description ("Exposition formats", text-based format 0.0.4): lines end
/// in a line feed, the last one too; a family's HELP and TYPE come once and before its samples; all lines of a family stand
/// together; no sample twice; histograms have cumulative buckets, an le="+Inf" bucket equal to _count, and _sum.
/// </summary>
internal static partial class ExpositionGrammar
{
    public static Dictionary<string, double> Read(string text)
    {
        if (text.Length == 0 || text[^1] != '\n' || text.Contains('\r', StringComparison.Ordinal))
        {
            throw new FormatException("Lines end in a line feed.");
        }

        var samples = new Dictionary<string, double>(StringComparer.Ordinal);
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        var helps = new HashSet<string>(StringComparer.Ordinal);
        var closed = new HashSet<string>(StringComparer.Ordinal);
        var current = "";
        foreach (var line in text[..^1].Split('\n'))
        {
            if (Comment().Match(line) is { Success: true } comment)
            {
                var name = comment.Groups["name"].Value;
                if (name != current)
                {
                    closed.Add(current);
                    current = name;
                }

                if (closed.Contains(name) || !(comment.Groups["kind"].Value == "HELP" ? helps.Add(name) : types.TryAdd(name, comment.Groups["rest"].Value)))
                {
                    throw new FormatException($"A family in two places: {line}");
                }

                continue;
            }

            var sample = Sample().Match(line);
            if (!sample.Success)
            {
                throw new FormatException($"Neither a comment nor a sample: {line}");
            }

            var full = sample.Groups["name"].Value;
            var family = types.GetValueOrDefault(current) == "histogram" ? Suffix().Replace(full, "") : full;
            if (family != current)
            {
                throw new FormatException($"A sample outside of its family: {line}");
            }

            if (!samples.TryAdd(full + sample.Groups["labels"].Value, Number(sample.Groups["value"].Value)))
            {
                throw new FormatException($"A sample twice: {line}");
            }
        }

        foreach (var (name, type) in types)
        {
            Check(name, type, samples);
        }

        return samples;
    }

    private static void Check(string name, string type, Dictionary<string, double> samples)
    {
        if (type is not ("counter" or "gauge" or "histogram"))
        {
            throw new FormatException($"{name} is of type {type}.");
        }

        if (type == "histogram")
        {
            var buckets = samples.Where(s => s.Key.StartsWith(name + "_bucket{", StringComparison.Ordinal)).Select(static s => s.Value).ToList();
            if (!buckets.SequenceEqual(buckets.Order())
                || samples[name + "_bucket{le=\"+Inf\"}"] != samples[name + "_count"] || !samples.ContainsKey(name + "_sum"))
            {
                throw new FormatException($"{name} is no histogram.");
            }
        }
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"^# (?<kind>HELP|TYPE) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<rest>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{(?:[a-zA-Z_][a-zA-Z0-9_]*=""(?:[^""\\]|\\\\|\\""|\\n)*"",?)*\})? (?<value>[-+0-9.eE]+|[+-]Inf|NaN)( [0-9]+)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.CultureInvariant)]
    private static partial Regex Suffix();
}
