using System.Globalization;
using System.Runtime.CompilerServices;
using Metering.Core.Readings;

namespace Metering.Collector.Storage.Influx;

/// <summary>
/// Readings in InfluxDB 1.x, 2.x or 3 through the API that all three serve.
/// </summary>
/// <remarks>
/// Appending directly asks the server for the keys it has before it writes, one append at a time: exact, and slow. In a
/// deployment the embedded intake takes the readings and <c>Forwarding</c> writes them here.
/// </remarks>
public sealed class InfluxReadingStore : IReadingStore, IDisposable
{
    /// <summary>Rows of one query.</summary>
    private const int PageRows = 10_000;

    private readonly InfluxHttp http;
    private readonly InfluxPointWriter writer;
    private readonly Func<RefusedPoint, CancellationToken, Task> quarantine;
    private readonly SemaphoreSlim appending = new(1, 1);

    /// <summary>A store on a server.</summary>
    /// <param name="options">How the server is reached.</param>
    /// <param name="quarantine">Keeps a point that the server refuses for good.</param>
    /// <param name="handler">Sends the requests; null: over the network.</param>
    public InfluxReadingStore(InfluxOptions options, Func<RefusedPoint, CancellationToken, Task> quarantine, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(quarantine);
        http = new InfluxHttp(options, handler);
        writer = new InfluxPointWriter(http);
        this.quarantine = quarantine;
    }

    /// <summary>Makes the database where it is missing.</summary>
    /// <exception cref="InfluxException">The server does not do it.</exception>
    public Task EnsureDatabaseAsync(CancellationToken cancellationToken) => InfluxProvisioning.EnsureDatabaseAsync(http, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A sample that no board can have sent.</exception>
    public async Task<AppendResult> AppendAsync(IReadOnlyList<Sample> samples, CancellationToken cancellationToken)
    {
        SampleRules.Check(samples);
        if (samples.Count == 0)
        {
            return default;
        }

        await appending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var plan = new InfluxAppendPlan();
            foreach (var board in samples.GroupBy(static sample => sample.Board, StringComparer.Ordinal))
            {
                plan.Add(await KnownAsync(board.Key, [.. board], cancellationToken).ConfigureAwait(false), board);
            }

            var refused = await writer.WriteAsync(plan.Lines, cancellationToken).ConfigureAwait(false);
            foreach (var line in refused)
            {
                await quarantine(new RefusedPoint(line.Line, line.Words), cancellationToken).ConfigureAwait(false);
            }

            return plan.Result;
        }
        catch (InfluxException failure)
        {
            throw new StoreUnavailableException(failure.Message, failure);
        }
        finally
        {
            appending.Release();
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Reading> ReadAsync(
        ChannelKey channel, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!IsKnown(channel) || from >= to)
        {
            yield break;
        }

        var late = new Queue<Reading>(await DatedLateAsync(channel, from, to, cancellationToken).ConfigureAwait(false));
        await foreach (var reading in ReadDatedAsync(channel, from, to, cancellationToken).ConfigureAwait(false))
        {
            while (late.TryPeek(out var next) && ReadingOrder.Instance.Compare(next, reading) < 0)
            {
                yield return late.Dequeue();
            }

            yield return reading;
        }

        foreach (var reading in late)
        {
            yield return reading;
        }
    }

    /// <inheritdoc/>
    public async Task<Reading?> LatestAsync(ChannelKey channel, CancellationToken cancellationToken)
    {
        if (!IsKnown(channel))
        {
            return null;
        }

        // Points of one second are ordered by boot and sequence in the reader, so a whole second is read.
        var newest = await QueryAsync(
            $"SELECT last(\"{channel.Channel}\") FROM {LineProtocol.Samples} WHERE board = '{channel.Board}'; " +
            $"SELECT last(\"{channel.Channel}_missing\") FROM {LineProtocol.Samples} WHERE board = '{channel.Board}'",
            cancellationToken).ConfigureAwait(false);
        Reading? latest = null;
        foreach (var time in newest)
        {
            var second = DateTimeOffset.FromUnixTimeSeconds(LineProtocol.Seconds(time));
            await foreach (var reading in ReadDatedAsync(channel, second, second.AddSeconds(1), cancellationToken).ConfigureAwait(false))
            {
                latest = latest is { } best && ReadingOrder.Instance.Compare(best, reading) > 0 ? best : reading;
            }
        }

        foreach (var reading in await DatedLateAsync(channel, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false))
        {
            latest = latest is { } best && ReadingOrder.Instance.Compare(best, reading) > 0 ? best : reading;
        }

        return latest;
    }

    /// <inheritdoc/>
    public Task<ChannelStatistics> StatisticsAsync(ChannelKey channel, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        ReadingStatistics.OfAsync(ReadAsync(channel, from, to, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChannelKey>> ChannelsAsync(CancellationToken cancellationToken) => GuardAsync<IReadOnlyList<ChannelKey>>(async () =>
    {
        using var keys = await http.QueryAsync($"SHOW FIELD KEYS FROM {LineProtocol.Samples}", cancellationToken).ConfigureAwait(false);
        using var undatedKeys = await http.QueryAsync($"SHOW FIELD KEYS FROM {LineProtocol.Undated}", cancellationToken).ConfigureAwait(false);
        var channels = new HashSet<ChannelKey>();
        foreach (var field in InfluxRows.NamesOf(keys))
        {
            var channel = field.Replace("_missing", "", StringComparison.Ordinal);
            if (Quantities.OfChannel(channel) is null)
            {
                continue;
            }

            using var boards = await http.QueryAsync($"SELECT last(\"{field}\") FROM {LineProtocol.Samples} GROUP BY board", cancellationToken).ConfigureAwait(false);
            channels.UnionWith(InfluxRows.Of(boards).Select(series => new ChannelKey(series.Board!, channel)));
        }

        if (InfluxRows.NamesOf(undatedKeys).Count > 0)
        {
            await AddDatedLateAsync(channels, cancellationToken).ConfigureAwait(false);
        }

        return [.. channels.OrderBy(static key => key.Board, StringComparer.Ordinal).ThenBy(static key => key.Channel, StringComparer.Ordinal)];
    });

    public void Dispose()
    {
        http.Dispose();
        appending.Dispose();
    }

    private async Task AddDatedLateAsync(HashSet<ChannelKey> channels, CancellationToken cancellationToken)
    {
        using var boards = await http.QueryAsync($"SELECT last(boot) FROM {LineProtocol.Undated} GROUP BY board", cancellationToken).ConfigureAwait(false);
        foreach (var board in InfluxRows.Of(boards).Select(static series => series.Board!))
        {
            var known = await UndatedAsync(board, cancellationToken).ConfigureAwait(false);
            channels.UnionWith(known.Late().SelectMany(sample => sample.Values.Select(value => new ChannelKey(board, value.Channel))));
        }
    }

    private async IAsyncEnumerable<Reading> ReadDatedAsync(
        ChannelKey channel, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var second = new List<Reading>();
        foreach (var (start, end) in Windows(from, to))
        {
            var after = start - 1;
            var full = true;
            while (full)
            {
                var series = await GuardAsync(() => PageAsync(channel, after, end, cancellationToken)).ConfigureAwait(false);
                full = series is { Rows.Count: PageRows };
                foreach (var row in series?.Rows ?? [])
                {
                    after = row[0]!.Value;
                    if (ReadingOf(row) is not { } reading)
                    {
                        continue;
                    }

                    if (second.Count > 0 && second[0].Time != reading.Time)
                    {
                        second.Sort(ReadingOrder.Instance);
                        foreach (var ready in second)
                        {
                            yield return ready;
                        }

                        second.Clear();
                    }

                    second.Add(reading);
                }
            }
        }

        second.Sort(ReadingOrder.Instance);
        foreach (var ready in second)
        {
            yield return ready;
        }
    }

    private async Task<InfluxRows?> PageAsync(ChannelKey channel, long after, long end, CancellationToken cancellationToken)
    {
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT \"{channel.Channel}\", \"{channel.Channel}_missing\", boot, seq, clk, flg FROM {LineProtocol.Samples} WHERE board = '{channel.Board}' AND time > {after} AND time < {end} ORDER BY time LIMIT {PageRows}");
        using var document = await http.QueryAsync(query, cancellationToken).ConfigureAwait(false);
        return InfluxRows.Of(document).FirstOrDefault();
    }

    private static Reading? ReadingOf(long?[] row)
    {
        var (value, missing) = (row[1], row[2]);
        if (value is null && missing is null)
        {
            return null;
        }

        return new Reading(
            DateTimeOffset.FromUnixTimeSeconds(LineProtocol.Seconds(row[0]!.Value)),
            value ?? 0,
            row[3] ?? 0,
            row[4] ?? 0,
            (ClockQuality)(row[5] ?? 0),
            (SampleFlags)(row[6] ?? 0),
            value is null ? (MissingReason)missing!.Value : MissingReason.None);
    }

    /// <summary>[from, to) in ns, cut where the server limits the span of a query.</summary>
    private IEnumerable<(long Start, long End)> Windows(DateTimeOffset from, DateTimeOffset to)
    {
        const long ticksToNanoseconds = 100;
        var earliest = DateTimeOffset.UnixEpoch;
        var latest = new DateTimeOffset(2262, 1, 1, 0, 0, 0, TimeSpan.Zero); // where 64-bit nanoseconds end
        from = from < earliest ? earliest : from > latest ? latest : from;
        to = to < earliest ? earliest : to > latest ? latest : to;
        while (from < to)
        {
            var end = to - from > http.Options.QuerySpanMax ? from + http.Options.QuerySpanMax : to;
            yield return (Nanoseconds(from), Nanoseconds(end));
            from = end;
        }

        // The part below the second is boot and sequence, so a bound inside a second moves to the next one.
        static long Nanoseconds(DateTimeOffset instant)
        {
            var ticks = (instant - DateTimeOffset.UnixEpoch).Ticks;
            var whole = (ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond;
            return whole * ticksToNanoseconds;
        }
    }

    private async Task<List<Reading>> DatedLateAsync(ChannelKey channel, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var known = await GuardAsync(() => UndatedAsync(channel.Board, cancellationToken)).ConfigureAwait(false);
        var late = new List<Reading>();
        foreach (var sample in known.Late().Where(sample => sample.Time >= from && sample.Time < to))
        {
            foreach (var value in sample.Values.Where(value => value.Channel == channel.Channel))
            {
                late.Add(new Reading(sample.Time!.Value, value.Value, sample.Boot, sample.Sequence, sample.Clock, sample.Flags, value.Missing));
            }
        }

        late.Sort(ReadingOrder.Instance);
        return late;
    }

    /// <summary>What the server has of a board: the samples without a clock, what dates its boots, and the keys of a batch.</summary>
    private async Task<InfluxKnown> KnownAsync(string board, IReadOnlyList<Sample> samples, CancellationToken cancellationToken)
    {
        var known = await UndatedAsync(board, cancellationToken).ConfigureAwait(false);
        var query = string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT * FROM {LineProtocol.Samples} WHERE board = '{board}' AND boot >= {samples.Min(static s => s.Boot)} AND boot <= {samples.Max(static s => s.Boot)} AND seq >= {samples.Min(static s => s.Sequence)} AND seq <= {samples.Max(static s => s.Sequence)}");
        using var document = await http.QueryAsync(query, cancellationToken).ConfigureAwait(false);
        foreach (var series in InfluxRows.Of(document))
        {
            foreach (var row in series.Rows)
            {
                var sample = InfluxSample.Of(board, series, row, dated: true);
                known.Dated[(sample.Boot, sample.Sequence)] = sample;
            }
        }

        return known;
    }

    private async Task<InfluxKnown> UndatedAsync(string board, CancellationToken cancellationToken)
    {
        var known = new InfluxKnown(board);
        using var undated = await http.QueryAsync($"SELECT * FROM {LineProtocol.Undated} WHERE board = '{board}'", cancellationToken).ConfigureAwait(false);
        foreach (var series in InfluxRows.Of(undated))
        {
            var superseded = series.Column("superseded");
            foreach (var row in series.Rows.Where(row => row[superseded] == 0))
            {
                var sample = InfluxSample.Of(board, series, row, dated: false);
                known.Undated[(sample.Boot, sample.Sequence)] = sample;
            }
        }

        if (known.Undated.Count == 0 && http.Options.Generation == InfluxGeneration.V3)
        {
            return known; // fewer queries where each is dear
        }

        using var boots = await http.QueryAsync($"SELECT boot, clk, seq, epoch FROM {LineProtocol.Boots} WHERE board = '{board}'", cancellationToken).ConfigureAwait(false);
        foreach (var row in InfluxRows.Of(boots).SelectMany(static series => series.Rows))
        {
            known.Boots[row[1]!.Value] = new InfluxBoot(row[2] ?? 0, row[3] ?? 0, row[4] ?? 0);
        }

        return known;
    }

    private Task<List<long>> QueryAsync(string query, CancellationToken cancellationToken) => GuardAsync(async () =>
    {
        var times = new List<long>();
        foreach (var one in query.Split("; "))
        {
            using var document = await http.QueryAsync(one, cancellationToken).ConfigureAwait(false);
            times.AddRange(InfluxRows.Of(document).SelectMany(static series => series.Rows).Select(static row => row[0]!.Value));
        }

        return times;
    });

    /// <summary>The port knows one kind of failure.</summary>
    private static async Task<T> GuardAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (InfluxException failure)
        {
            throw new StoreUnavailableException(failure.Message, failure);
        }
    }

    /// <summary>Only names of the wire format reach a query: nothing to escape, nothing to inject.</summary>
    private static bool IsKnown(ChannelKey channel) =>
        SampleRules.IsBoard(channel.Board) && channel.Channel is not null && Quantities.OfChannel(channel.Channel) is not null;
}

/// <summary>A point that the server refused for good.</summary>
/// <param name="Line">The line of the line protocol.</param>
/// <param name="Words">Why, in the server's words.</param>
public sealed record RefusedPoint(string Line, string Words);
