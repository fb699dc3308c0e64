using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Metering.Core.Readings;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>
/// Readings in the embedded database. Appends go through the one writer; reads fetch pages of
/// <see cref="PageRows"/> rows, so that memory does not grow with the range and no reader holds the log open.
/// </summary>
public sealed class SqliteReadingStore : IReadingStore
{
    internal const int PageRows = 4096;

    private readonly SqliteDatabase database;
    private readonly SampleAppender appender = new();
    private readonly Quarantine quarantine;
    private readonly ConcurrentDictionary<long, ChannelLayout> layouts = new();

    public SqliteReadingStore(SqliteDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        this.database = database;
        quarantine = new Quarantine(database);
        database.Writer.RolledBack += appender.Forget;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A sample that no board can have sent.</exception>
    public async Task<AppendResult> AppendAsync(IReadOnlyList<Sample> samples, CancellationToken cancellationToken)
    {
        SampleRules.Check(samples);
        if (samples.Count == 0)
        {
            return default;
        }

        var outcome = await database.Writer.AppendAsync(session => Append(session, samples), samples.Count, cancellationToken).ConfigureAwait(false);
        StorageMetrics.Count(in outcome);
        return new AppendResult(outcome.Stored, outcome.Duplicates, outcome.Conflicts);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Reading> ReadAsync(
        ChannelKey channel, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = new SampleKey(WholeSeconds.Ceiling(from), long.MinValue, long.MinValue);
        var end = WholeSeconds.Ceiling(to);
        var page = new List<Reading>(PageRows);
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            page.Clear();
            var (next, more) = await database.ReadAsync(session => ReadPage(session, channel, cursor, end, page), cancellationToken).ConfigureAwait(false);
            foreach (var reading in page)
            {
                yield return reading;
            }

            if (!more)
            {
                yield break;
            }

            cursor = next;
        }
        while (true);
    }

    /// <inheritdoc/>
    public async Task<BoardReadings> ReadBoardAsync(
        string board, IReadOnlyCollection<string> channels, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channels);
        var reader = new BoardReader(this, board, channels, WholeSeconds.Ceiling(to));
        var cursor = new SampleKey(WholeSeconds.Ceiling(from), long.MinValue, long.MinValue);
        bool more;
        do
        {
            (cursor, more) = await database.ReadAsync(session => reader.ReadPage(session, cursor), cancellationToken).ConfigureAwait(false);
        }
        while (more);
        return reader.Readings;
    }

    /// <inheritdoc/>
    public Task<(DateTimeOffset First, DateTimeOffset Last)?> ExtentAsync(
        ChannelKey channel, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => Edge(session, channel, from, to, "ASC") is { } first && Edge(session, channel, from, to, "DESC") is { } last
                ? (first.Time, last.Time)
                : ((DateTimeOffset, DateTimeOffset)?)null,
            cancellationToken);

    /// <inheritdoc/>
    public Task<Reading?> LatestAsync(ChannelKey channel, CancellationToken cancellationToken) =>
        database.ReadAsync(session => Edge(session, channel, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, "DESC"), cancellationToken);

    /// <inheritdoc/>
    public Task<ChannelStatistics> StatisticsAsync(ChannelKey channel, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        ReadingStatistics.OfAsync(ReadAsync(channel, from, to, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ChannelKey>> ChannelsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(Channels, cancellationToken);

    /// <summary>
    /// The highest boot number that a board ever delivered, or null when it delivered nothing. Also knows boots whose
    /// samples were forwarded and removed, as long as one of them was dated.
    /// </summary>
    public Task<long?> HighestBootAsync(string board, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
            {
                if (BoardId(session, board) is not { } id)
                {
                    return null;
                }

                var query = session.Prepare(
                    "SELECT max(boot) FROM (SELECT max(boot) AS boot FROM sample WHERE board_id = ?1 " +
                    "UNION ALL SELECT max(boot) FROM undated WHERE board_id = ?1 UNION ALL SELECT max(boot) FROM boot WHERE board_id = ?1)")
                    .Bind(1, id);
                query.Step();
                var highest = query.Int64(0);
                query.Reset();

                // Boot numbers begin with 1; no boot at all reads as 0.
                return highest > 0 ? highest : (long?)null;
            },
            cancellationToken);

    /// <summary>Samples that wait for a clock of their boot (law 6).</summary>
    public Task<long> UndatedAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            static session => session.Scalar(
                "SELECT count(*) FROM undated AS u WHERE NOT EXISTS (SELECT 1 FROM boot AS b WHERE b.board_id = u.board_id AND b.boot = u.boot)"),
            cancellationToken);

    /// <summary>
    /// Removes dated samples older than an instant, provided that nothing waits to be forwarded. What it costs: notes and
    /// <c>verify</c> made from this store no longer see them, and a copy that a board sends again is taken for new.
    /// </summary>
    /// <returns>Samples removed; 0 while something waits.</returns>
    internal Task<int> RemoveForwardedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(
            session => !Outbox.IsOn(session) || Outbox.Waiting(session).Entries > 0
                ? 0
                : session.Prepare("DELETE FROM sample WHERE board_id IN (SELECT id FROM board) AND time < ?")
                    .Bind(1, before.ToUnixTimeSeconds()).Execute(),
            cancellationToken);

    private AppendOutcome Append(SqliteSession session, IReadOnlyList<Sample> samples)
    {
        var outcome = appender.Append(session, samples, database.Time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var conflict in outcome.Conflicting ?? [])
        {
            quarantine.Hold(session, ConflictingSample.Describe(conflict));
        }

        return outcome;
    }

    private (SampleKey Next, bool More) ReadPage(SqliteSession session, ChannelKey channel, SampleKey cursor, long end, List<Reading> page)
    {
        if (BoardId(session, channel.Board) is not { } board)
        {
            return (cursor, false);
        }

        var query = session.Prepare(
            "SELECT time, boot, seq, state, layout_id, vals FROM sample " +
            "WHERE board_id = ? AND (time, boot, seq) > (?, ?, ?) AND time < ? ORDER BY time, boot, seq LIMIT ?")
            .Bind(1, board).Bind(2, cursor.Time).Bind(3, cursor.Boot).Bind(4, cursor.Sequence).Bind(5, end).Bind(6, PageRows);
        var rows = 0;
        var positions = new LayoutPositions(this, session, channel.Channel);
        while (query.Step())
        {
            rows++;
            cursor = new SampleKey(query.Int64(0), query.Int64(1), query.Int64(2));
            if (positions.Of(query.Int64(4)) is var position and >= 0)
            {
                page.Add(Decode(query, position));
            }
        }

        return (cursor, rows == PageRows);
    }

    /// <summary>The first or last reading of a channel in [from, to).</summary>
    private Reading? Edge(SqliteSession session, ChannelKey channel, DateTimeOffset from, DateTimeOffset to, string order)
    {
        if (BoardId(session, channel.Board) is not { } board)
        {
            return null;
        }

        var query = session.Prepare(
            $"SELECT time, boot, seq, state, layout_id, vals FROM sample WHERE board_id = ? AND time >= ? AND time < ? ORDER BY time {order}, boot {order}, seq {order}")
            .Bind(1, board).Bind(2, WholeSeconds.Ceiling(from)).Bind(3, WholeSeconds.Ceiling(to));
        var positions = new LayoutPositions(this, session, channel.Channel);
        Reading? edge = null;
        while (edge is null && query.Step())
        {
            if (positions.Of(query.Int64(4)) is var position and >= 0)
            {
                edge = Decode(query, position);
            }
        }

        query.Reset();
        return edge;
    }

    private static Reading Decode(SqliteStatement row, int position)
    {
        var (value, missing) = SampleCodec.ReadAt(row.Blob(5), position);
        var state = SampleState.Unpack(row.Int64(3));
        return new Reading(DateTimeOffset.FromUnixTimeSeconds(row.Int64(0)), value, row.Int64(1), row.Int64(2), state.Clock, state.Flags, missing);
    }

    private IReadOnlyList<ChannelKey> Channels(SqliteSession session)
    {
        var channels = new SortedSet<(string Board, string Channel)>(Comparer<(string Board, string Channel)>.Create(static (a, b) =>
            string.CompareOrdinal(a.Board, b.Board) is not 0 and var order ? order : string.CompareOrdinal(a.Channel, b.Channel)));
        var query = session.Prepare(
            "SELECT b.eui, l.channels FROM board_layout AS bl JOIN board AS b ON b.id = bl.board_id JOIN layout AS l ON l.id = bl.layout_id");
        while (query.Step())
        {
            foreach (var channel in query.Text(1).Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                channels.Add((query.Text(0), channel));
            }
        }

        return [.. channels.Select(static key => new ChannelKey(key.Board, key.Channel))];
    }

    internal static long? BoardId(SqliteSession session, string board)
    {
        var query = session.Prepare("SELECT id FROM board WHERE eui = ?").Bind(1, board);
        long? id = query.Step() ? query.Int64(0) : null;
        query.Reset();
        return id;
    }

    internal ChannelLayout Layout(SqliteSession session, long id)
    {
        if (!layouts.TryGetValue(id, out var layout))
        {
            var query = session.Prepare("SELECT channels FROM layout WHERE id = ?").Bind(1, id);
            query.Step();
            layout = new ChannelLayout(id, query.Text(0));
            query.Reset();
            layouts.TryAdd(id, layout);
        }

        return layout;
    }

    /// <summary>Where a channel sits in each layout met; boards change layout rarely, so the last answer is kept.</summary>
    private struct LayoutPositions(SqliteReadingStore store, SqliteSession session, string channel)
    {
        private long layout = -1;
        private int position = -1;

        internal int Of(long layoutId)
        {
            if (layoutId != layout)
            {
                layout = layoutId;
                position = store.Layout(session, layoutId).PositionOf(channel);
            }

            return position;
        }
    }
}
