using System.Globalization;

namespace Metering.Collector.SensorThings;

/// <summary>Comparison of one property with one value.</summary>
internal readonly record struct StaComparison(string Property, string Operator, string Value);

/// <summary>One sort key.</summary>
internal readonly record struct StaOrder(string Property, bool Descending);

/// <summary>One navigation property to be put into the answer, with options of its own.</summary>
internal sealed record StaExpand(string Name, StaQuery Query);

/// <summary>
/// The query options of OGC 18-088, 9.3, as far as this service does them: $top, $skip, $count, $orderby by one property, $filter as
/// comparisons of id, name and phenomenonTime joined by "and", $expand with options, $select. $skiptoken is this service's own, in
/// the next links that it writes.
/// </summary>
internal sealed record StaQuery
{
    /// <summary>Entities of a page, and the most that are given at once.</summary>
    public const int TopDefault = 100;

    public const int TopMax = 10_000;

    public const int SkipMax = 100_000;

    /// <summary>Expansions within expansions.</summary>
    public const int DepthMax = 3;

    /// <summary>Characters of one option.</summary>
    private const int OptionCharactersMax = 2000;

    public static StaQuery Default { get; } = new();

    public int Top { get; init; } = TopDefault;

    public int Skip { get; init; }

    public bool Count { get; init; }

    public StaOrder? Order { get; init; }

    public IReadOnlyList<StaComparison> Filter { get; init; } = [];

    public IReadOnlyList<StaExpand> Expand { get; init; } = [];

    public IReadOnlyList<string>? Select { get; init; }

    public string? SkipToken { get; init; }

    /// <summary>Reads options.</summary>
    /// <param name="options">Names with their dollar sign, and values.</param>
    /// <param name="depth">How deep this is within expansions.</param>
    /// <exception cref="StaException">An option is malformed, or is one that this service does not do.</exception>
    public static StaQuery Parse(IEnumerable<KeyValuePair<string, string>> options, int depth = 0)
    {
        var query = Default;
        foreach (var (name, value) in options)
        {
            if (value.Length > OptionCharactersMax)
            {
                throw StaException.Bad($"{name}: at most {OptionCharactersMax} characters are allowed.");
            }

            query = name switch
            {
                "$top" => query with { Top = Number(name, value, TopMax) },
                "$skip" => query with { Skip = Number(name, value, SkipMax) },
                "$count" => query with { Count = value switch { "true" => true, "false" => false, _ => throw StaException.Bad("$count: allowed are true and false.") } },
                "$orderby" => query with { Order = Ordering(value) },
                "$filter" => query with { Filter = Comparisons(value) },
                "$expand" => query with { Expand = Expansions(value, depth + 1) },
                "$select" => query with { Select = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) },
                "$skiptoken" => query with { SkipToken = value },
                "$resultFormat" => throw StaException.NotDone("$resultFormat is not done; answers are JSON."),
                _ when name.StartsWith('$') => throw StaException.NotDone($"{name} is not done; allowed are $top, $skip, $count, $orderby, $filter, $expand, $select."),
                _ => query,
            };
        }

        return query;
    }

    private static int Number(string name, string value, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : throw StaException.Bad($"{name}: allowed is 0 to {most}.");

    private static StaOrder Ordering(string value)
    {
        var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var property] ? new StaOrder(property, false)
            : words is [var named, "asc" or "desc"] ? new StaOrder(named, words[1] == "desc")
            : throw StaException.NotDone("$orderby: one property with asc or desc is done; it must be written as in 'phenomenonTime desc'.");
    }

    private static StaComparison[] Comparisons(string value)
    {
        const string done = "$filter: comparisons eq, gt, ge, lt, le of id, name and phenomenonTime joined by 'and' are done, as in 'phenomenonTime ge 2026-03-01T00:00:00Z and phenomenonTime lt 2026-04-01T00:00:00Z'.";
        var found = new List<StaComparison>();
        var rest = value.AsSpan().Trim();
        while (true)
        {
            var property = Word(ref rest);
            var comparison = Word(ref rest);
            if (property.Length == 0 || property.AsSpan().ContainsAny('(', '/') || comparison is not ("eq" or "gt" or "ge" or "lt" or "le"))
            {
                throw StaException.NotDone(done);
            }

            found.Add(new StaComparison(property, comparison, rest.StartsWith("'") ? Quoted(ref rest) : Word(ref rest)));
            if (rest.IsEmpty)
            {
                return [.. found];
            }

            if (Word(ref rest) != "and")
            {
                throw StaException.NotDone(done);
            }
        }
    }

    private static string Word(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf(' ');
        var word = (end < 0 ? rest : rest[..end]).ToString();
        rest = end < 0 ? [] : rest[end..].TrimStart();
        return word;
    }

    /// <summary>A text in quotes; a quote in it is written twice.</summary>
    private static string Quoted(ref ReadOnlySpan<char> rest)
    {
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '\'' && (i + 1 == rest.Length || rest[i + 1] != '\''))
            {
                var text = rest[1..i].ToString().Replace("''", "'", StringComparison.Ordinal);
                rest = rest[(i + 1)..].TrimStart();
                return text;
            }

            if (rest[i] == '\'')
            {
                i++;
            }
        }

        throw StaException.Bad("A quote is not closed.");
    }

    private static StaExpand[] Expansions(string value, int depth)
    {
        if (depth > DepthMax)
        {
            throw StaException.NotDone($"$expand: {DepthMax} levels are done.");
        }

        return [.. Split(value, ',').Select(item =>
        {
            var open = item.IndexOf('(', StringComparison.Ordinal);
            var path = (open < 0 ? item : item[..open]).Trim();
            var options = open < 0 ? [] : item.EndsWith(')') ? Options(item[(open + 1)..^1]) : throw StaException.Bad("$expand: a bracket is not closed.");
            var slash = path.IndexOf('/', StringComparison.Ordinal);
            return slash < 0
                ? new StaExpand(path, Parse(options, depth))
                : new StaExpand(path[..slash], Default with { Expand = Expansions(path[(slash + 1)..] + (open < 0 ? "" : item[open..]), depth + 1) });
        })];
    }

    private static IEnumerable<KeyValuePair<string, string>> Options(string value) => Split(value, ';').Select(static option =>
        option.IndexOf('=', StringComparison.Ordinal) is var at and > 0
            ? KeyValuePair.Create(option[..at].Trim(), option[(at + 1)..])
            : throw StaException.Bad("$expand: options are written as $top=1;$orderby=phenomenonTime desc."));

    /// <summary>Splits outside of brackets and quotes.</summary>
    private static List<string> Split(string value, char separator)
    {
        var parts = new List<string>();
        var (depth, quoted, begin) = (0, false, 0);
        for (var i = 0; i < value.Length; i++)
        {
            quoted ^= value[i] == '\'';
            depth += quoted ? 0 : value[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (value[i] == separator && depth == 0 && !quoted)
            {
                parts.Add(value[begin..i]);
                begin = i + 1;
            }
        }

        parts.Add(value[begin..]);
        return parts;
    }
}
