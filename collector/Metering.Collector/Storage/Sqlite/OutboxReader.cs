using System.Buffers;
using Metering.Collector.Storage.Influx;
using Metering.Core.Readings;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>
/// Writes what waits in the <see cref="Outbox"/> as line protocol. Remembers how each board's lines begin; used by one
/// forwarder, one read at a time.
/// </summary>
internal sealed class OutboxReader(Func<SqliteSession, long, ChannelLayout> layout)
{
    /// <summary>Boards whose head is remembered; beyond it the memory is emptied and fills again.</summary>
    private const int HeadsRememberedMax = 20_000;

    /// <summary>A hole in a board's samples that is not read over, seconds.</summary>
    private const long GapSecondsMax = 6 * 3600;

    private readonly Dictionary<long, byte[]> heads = [];
    private readonly List<(long Board, long Time, long Boot, long Sequence)> samples = [];
    private ChannelLayout? last;

    /// <summary>
    /// Writes the lines of the next entries: board by board, those of a board in the order of time, as they lie in the table.
    /// Finding each by its own key would cost several times as much.
    /// </summary>
    /// <returns>The last entry read, and how many; none when nothing waits.</returns>
    internal OutboxBatch Read(SqliteSession session, long after, int limit, IBufferWriter<byte> lines)
    {
        samples.Clear();
        var query = session.Prepare("SELECT id, kind, board_id, boot, seq, time FROM outbox WHERE id > ? ORDER BY id LIMIT ?")
            .Bind(1, Math.Max(after, Outbox.Confirmed(session))).Bind(2, limit);
        var (last, entries, readings) = (after, 0, 0);
        while (query.Step())
        {
            last = query.Int64(0);
            entries++;
            var (kind, board, boot, sequence) = ((OutboxKind)query.Int64(1), query.Int64(2), query.Int64(3), query.Int64(4));
            if (kind == OutboxKind.Boot)
            {
                WriteBoot(session, lines, board, boot);
            }
            else if (kind == OutboxKind.Superseded)
            {
                LineProtocol.WriteSuperseded(lines, NameOf(session, board), boot, sequence);
            }
            else if (query.Int64OrNull(5) is { } time)
            {
                samples.Add((board, time, boot, sequence));
            }
            else
            {
                readings += WriteByKey(session, lines, board, boot, sequence);
            }
        }

        samples.Sort();
        for (var first = 0; first < samples.Count;)
        {
            var end = first + 1;
            while (end < samples.Count && samples[end].Board == samples[first].Board && samples[end].Time - samples[end - 1].Time <= GapSecondsMax)
            {
                end++;
            }

            readings += WriteRange(session, lines, first, end);
            first = end;
        }

        return new OutboxBatch(last, entries, readings);
    }

    /// <summary>Samples of one board that lie close together: one scan over their part of the table.</summary>
    private int WriteRange(SqliteSession session, IBufferWriter<byte> lines, int first, int end)
    {
        var board = samples[first].Board;
        var head = HeadOf(session, board);
        var query = session.Prepare(
            "SELECT time, boot, seq, up, state, layout_id, vals FROM sample WHERE board_id = ? AND time BETWEEN ? AND ? ORDER BY time, boot, seq")
            .Bind(1, board).Bind(2, samples[first].Time).Bind(3, samples[end - 1].Time);
        var (next, readings) = (first, 0);
        while (next < end && query.Step())
        {
            var found = (board, Time: query.Int64(0), Boot: query.Int64(1), Sequence: query.Int64(2));
            while (next < end && samples[next].CompareTo(found) < 0)
            {
                readings += WriteByKey(session, lines, board, samples[next].Boot, samples[next].Sequence);
                next++;
            }

            if (next < end && samples[next] == found)
            {
                var (state, channels) = (SampleState.Unpack(query.Int64(4)), Layout(session, query.Int64(5)));
                LineProtocol.WriteSample(
                    lines, head, channels.FieldNames, query.Blob(6), new LineIdentity(found.Boot, found.Sequence, query.Int64(3), state.Clock, state.Flags), found.Time);
                readings += channels.FieldNames.Length;
                next++;
            }
        }

        query.Reset();
        for (; next < end; next++)
        {
            readings += WriteByKey(session, lines, board, samples[next].Boot, samples[next].Sequence);
        }

        return readings;
    }

    /// <summary>A sample without a clock, one that is not where its entry says, or one whose time the entry does not tell.</summary>
    private int WriteByKey(SqliteSession session, IBufferWriter<byte> lines, long board, long boot, long sequence)
    {
        var query = session.Prepare("SELECT time, up, state, layout_id, vals FROM sample WHERE board_id = ? AND boot = ? AND seq = ?")
            .Bind(1, board).Bind(2, boot).Bind(3, sequence);
        if (query.Step() && SampleState.Unpack(query.Int64(2)) is { DatedLate: false } state)
        {
            var channels = Layout(session, query.Int64(3));
            LineProtocol.WriteSample(
                lines, HeadOf(session, board), channels.FieldNames, query.Blob(4), new LineIdentity(boot, sequence, query.Int64(1), state.Clock, state.Flags), query.Int64(0));
            query.Reset();
            return channels.FieldNames.Length;
        }

        query.Reset();
        WriteUndated(session, lines, board, boot, sequence);
        return 0;
    }

    private ChannelLayout Layout(SqliteSession session, long id) => last is { } known && known.Id == id ? known : last = layout(session, id);

    private byte[] HeadOf(SqliteSession session, long board)
    {
        if (!heads.TryGetValue(board, out var head))
        {
            if (heads.Count >= HeadsRememberedMax)
            {
                heads.Clear();
            }

            head = LineProtocol.HeadOf(NameOf(session, board));
            heads.Add(board, head);
        }

        return head;
    }

    private static string NameOf(SqliteSession session, long board)
    {
        var query = session.Prepare("SELECT eui FROM board WHERE id = ?").Bind(1, board);
        query.Step();
        var name = query.Text(0);
        query.Reset();
        return name;
    }

    private static void WriteBoot(SqliteSession session, IBufferWriter<byte> lines, long board, long boot)
    {
        var query = session.Prepare("SELECT clk, seq, epoch FROM boot WHERE board_id = ? AND boot = ?").Bind(1, board).Bind(2, boot);
        if (query.Step())
        {
            LineProtocol.WriteBoot(lines, NameOf(session, board), boot, query.Int64(0), query.Int64(1), query.Int64(2));
        }

        query.Reset();
    }

    private void WriteUndated(SqliteSession session, IBufferWriter<byte> lines, long board, long boot, long sequence)
    {
        var query = session.Prepare("SELECT up, state, layout_id, vals FROM undated WHERE board_id = ? AND boot = ? AND seq = ?")
            .Bind(1, board).Bind(2, boot).Bind(3, sequence);
        if (query.Step())
        {
            var state = SampleState.Unpack(query.Int64(1));
            LineProtocol.WriteUndated(lines, new Sample(
                NameOf(session, board), boot, sequence, query.Int64(0), null, state.Clock, state.Flags,
                SampleCodec.Read(query.Blob(3), Layout(session, query.Int64(2)))));
        }

        query.Reset();
    }
}

/// <summary>Entries read from the outbox: up to which one, how many, how many readings they hold.</summary>
internal readonly record struct OutboxBatch(long Last, int Entries, int Readings);
