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

    private readonly Dictionary<long, byte[]> heads = [];
    private ChannelLayout? last;

    /// <summary>Writes the lines of the next entries.</summary>
    /// <returns>The last entry read, and how many; none when nothing waits.</returns>
    internal OutboxBatch Read(SqliteSession session, long after, int limit, IBufferWriter<byte> lines)
    {
        var query = session.Prepare(
            "SELECT o.id, o.kind, o.board_id, o.boot, o.seq, s.time, s.up, s.state, s.layout_id, s.vals " + // no row of sample reads as layout 0
            "FROM outbox AS o LEFT JOIN sample AS s ON o.kind = 0 AND s.board_id = o.board_id AND s.boot = o.boot AND s.seq = o.seq " +
            "WHERE o.id > ? ORDER BY o.id LIMIT ?").Bind(1, Math.Max(after, Outbox.Confirmed(session))).Bind(2, limit);
        var batch = new OutboxBatch(after, 0, 0);
        while (query.Step())
        {
            var readings = 0;
            var (board, boot, sequence) = (query.Int64(2), query.Int64(3), query.Int64(4));
            switch ((OutboxKind)query.Int64(1))
            {
                case OutboxKind.Boot:
                    WriteBoot(session, lines, board, boot);
                    break;
                case OutboxKind.Superseded:
                    LineProtocol.WriteSuperseded(lines, NameOf(session, board), boot, sequence);
                    break;
                case OutboxKind.Sample when query.Int64(8) is > 0 and var layoutId && SampleState.Unpack(query.Int64(7)) is { DatedLate: false } state:
                    var channels = Layout(session, layoutId);
                    LineProtocol.WriteSample(
                        lines, HeadOf(session, board), channels.FieldNames, query.Blob(9), new LineIdentity(boot, sequence, query.Int64(6), state.Clock, state.Flags), query.Int64(5));
                    readings = channels.FieldNames.Length;
                    break;
                default:
                    WriteUndated(session, lines, board, boot, sequence);
                    break;
            }

            batch = new OutboxBatch(query.Int64(0), batch.Entries + 1, batch.Readings + readings);
        }

        return batch;
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
