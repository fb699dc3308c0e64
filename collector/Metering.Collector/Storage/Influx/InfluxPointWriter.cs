namespace Metering.Collector.Storage.Influx;

/// <summary>A line that the server refuses for good, with the server's words.</summary>
internal sealed record RefusedLine(string Line, string Words);

/// <summary>
/// Writes lines so that one bad line does not cost the others. A refused batch is halved until the bad line stands
/// alone; writing the good ones again changes nothing, points are idempotent. What the server says about counts
/// (<c>dropped=</c>) is not relied upon: 1.x says 0 for a line it dropped.
/// </summary>
internal sealed class InfluxPointWriter(InfluxHttp http)
{
    /// <summary>Lines of one request, the size at which 1.x is fastest.</summary>
    internal const int LinesPerRequestMax = 5000;

    /// <summary>Writes all lines that the server takes and returns those it refuses for good.</summary>
    /// <exception cref="InfluxException">Retryable, throttled or misconfigured: none of the lines may be taken for written.</exception>
    internal Task<IReadOnlyList<RefusedLine>> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken) =>
        WriteAsync(lines, null, cancellationToken);

    /// <summary>The same with the lines packed beforehand (<see cref="InfluxHttp.Pack"/>), or null.</summary>
    /// <exception cref="InfluxException">Retryable, throttled or misconfigured: none of the lines may be taken for written.</exception>
    internal async Task<IReadOnlyList<RefusedLine>> WriteAsync(ReadOnlyMemory<byte> lines, MemoryStream? packed, CancellationToken cancellationToken)
    {
        var refused = new List<RefusedLine>();
        await WriteAsync(lines, packed, refused, cancellationToken).ConfigureAwait(false);
        return refused;
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> lines, MemoryStream? packed, List<RefusedLine> refused, CancellationToken cancellationToken)
    {
        if (lines.IsEmpty)
        {
            return;
        }

        try
        {
            await (packed is null ? http.WriteAsync(lines, cancellationToken) : http.WritePackedAsync(packed, cancellationToken)).ConfigureAwait(false);
        }
        catch (InfluxException failure) when (failure.Kind is InfluxErrorKind.Permanent or InfluxErrorKind.TooLarge)
        {
            var half = Middle(lines.Span);
            if (half == lines.Length)
            {
                refused.Add(new RefusedLine(System.Text.Encoding.UTF8.GetString(lines.Span).TrimEnd('\n'), failure.Words));
                return;
            }

            await WriteAsync(lines[..half], null, refused, cancellationToken).ConfigureAwait(false);
            await WriteAsync(lines[half..], null, refused, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Length up to the end of a line near the middle; the whole length when there is one line.</summary>
    private static int Middle(ReadOnlySpan<byte> lines)
    {
        var after = lines[(lines.Length / 2)..^1].IndexOf((byte)'\n');
        if (after >= 0)
        {
            return (lines.Length / 2) + after + 1;
        }

        var before = lines[..(lines.Length / 2)].LastIndexOf((byte)'\n');
        return before >= 0 ? before + 1 : lines.Length;
    }
}
