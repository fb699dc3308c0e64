namespace Metering.Collector.Storage.Sqlite;

/// <summary>
/// Reads some channels of a board page by page in one pass over its rows: a row is found and unpacked once, whatever the
/// number of channels.
/// </summary>
internal sealed class BoardReader
{
    /// <summary>Rows of one page: no reader holds the log open for longer than these take (about 20 ms).</summary>
    internal const int PageRows = 32_768;

    private const int NotThere = -1;

    private readonly SqliteReadingStore store;
    private readonly string board;
    private readonly long end;
    private readonly string[] channels;
    private readonly ChannelColumn[] columns;
    private readonly SampleRows rows = new();
    private long layoutId = -1;
    private int[] columnAt = [];

    internal BoardReader(SqliteReadingStore store, string board, IReadOnlyCollection<string> channels, long end)
    {
        this.store = store;
        this.board = board;
        this.end = end;
        this.channels = [.. channels.Distinct(StringComparer.Ordinal)];
        columns = [.. this.channels.Select(_ => new ChannelColumn(rows))];
    }

    internal BoardReadings Readings => new(board, channels.Zip(columns).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));

    /// <summary>Reads the rows after a key.</summary>
    internal (SampleKey Next, bool More) ReadPage(SqliteSession session, SampleKey after)
    {
        if (SqliteReadingStore.BoardId(session, board) is not { } id)
        {
            return (after, false);
        }

        var query = session.Prepare(
            "SELECT time, boot, seq, state, layout_id, vals FROM sample " +
            "WHERE board_id = ? AND (time, boot, seq) > (?, ?, ?) AND time < ? ORDER BY time, boot, seq LIMIT ?")
            .Bind(1, id).Bind(2, after.Time).Bind(3, after.Boot).Bind(4, after.Sequence).Bind(5, end).Bind(6, PageRows);
        var read = 0;
        while (query.Step())
        {
            read++;
            after = new SampleKey(query.Int64(0), query.Int64(1), query.Int64(2));
            var state = SampleState.Unpack(query.Int64(3));
            Layout(session, query.Int64(4));
            if (SampleCodec.ReadInto(query.Blob(5), columnAt, columns))
            {
                rows.Add(after.Time, after.Boot, after.Sequence, state.Clock, state.Flags);
                Level();
            }
        }

        return (after, read == PageRows);
    }

    /// <summary>A channel that this sample does not hold gets its mark.</summary>
    private void Level()
    {
        foreach (var column in columns)
        {
            if (column.Length < rows.Count)
            {
                column.AddAbsent();
            }
        }
    }

    /// <summary>Which position of the layout goes to which column.</summary>
    private void Layout(SqliteSession session, long id)
    {
        if (id == layoutId)
        {
            return;
        }

        layoutId = id;
        var layout = store.Layout(session, id);
        columnAt = [.. layout.Channels.Select(channel => Array.IndexOf(channels, channel) is var at and >= 0 ? at : NotThere)];
    }
}
