namespace Metering.Collector.SensorThings;

/// <summary>One part of a resource path: a name, and the id in brackets after it.</summary>
internal readonly record struct StaSegment(string Name, string? Id);

/// <summary>Takes resource paths apart (OGC 18-088, 9.2): <c>Things('b1')/Datastreams('x')/Observations</c>.</summary>
internal static class StaPath
{
    /// <summary>Parts of a path.</summary>
    private const int SegmentsMax = 8;

    /// <exception cref="StaException">Not a resource path.</exception>
    public static IReadOnlyList<StaSegment> Parse(string path)
    {
        var segments = new List<StaSegment>();
        var rest = path.AsSpan().Trim('/');
        while (!rest.IsEmpty)
        {
            if (segments.Count == SegmentsMax)
            {
                throw StaException.Bad($"A path has at most {SegmentsMax} parts.");
            }

            var end = rest.IndexOfAny('(', '/');
            var name = (end < 0 ? rest : rest[..end]).ToString();
            string? id = null;
            rest = end < 0 ? [] : rest[end..];
            if (rest.StartsWith("("))
            {
                (id, var taken) = Id(rest);
                rest = rest[taken..];
            }

            if (name.Length == 0 || (!rest.IsEmpty && rest[0] != '/'))
            {
                throw StaException.NotFound();
            }

            segments.Add(new StaSegment(name, id));
            rest = rest.IsEmpty ? rest : rest[1..];
        }

        return segments;
    }

    /// <summary>An id in brackets: in quotes, a quote in it written twice.</summary>
    private static (string Id, int Taken) Id(ReadOnlySpan<char> rest)
    {
        if (rest.Length < 2 || rest[1] != '\'')
        {
            throw StaException.NotFound();
        }

        for (var i = 2; i + 1 < rest.Length; i++)
        {
            if (rest[i] != '\'')
            {
                continue;
            }

            if (rest[i + 1] == ')')
            {
                return (rest[2..i].ToString().Replace("''", "'", StringComparison.Ordinal), i + 2);
            }

            if (rest[i + 1] != '\'')
            {
                break;
            }

            i++;
        }

        throw StaException.NotFound();
    }

    /// <summary>An entity's own address below the service root.</summary>
    public static string Of(string set, string id) => $"{set}('{Uri.EscapeDataString(id.Replace("'", "''", StringComparison.Ordinal))}')";
}
