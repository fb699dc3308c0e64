using System.Buffers;
using Metering.Collector.Storage.Influx;
using Metering.Core.Readings;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>What an entry of the outbox tells the other store.</summary>
internal enum OutboxKind
{
    /// <summary>A sample, dated or not.</summary>
    Sample = 0,

    /// <summary>What dates a boot changed.</summary>
    Boot = 1,

    /// <summary>A sample without a clock came again with one.</summary>
    Superseded = 2,
}

/// <summary>
/// The keys that still have to be forwarded, in the order of arrival, written in the transaction that stores the sample:
/// what is acknowledged is stored and queued, or neither.
/// </summary>
internal sealed class Outbox(SqliteSession session, long nowMs)
{
    private const string Switch = "forwarding";

    internal static bool IsOn(SqliteSession session)
    {
        var query = session.Prepare($"SELECT value FROM counter WHERE name = '{Switch}'");
        var on = query.Step() && query.Int64(0) != 0;
        query.Reset();
        return on;
    }

    internal void Add(OutboxKind kind, long board, long boot, long sequence) =>
        session.Prepare("INSERT INTO outbox (kind, board_id, boot, seq, queued_ms) VALUES (?,?,?,?,?)")
            .Bind(1, (long)kind).Bind(2, board).Bind(3, boot).Bind(4, sequence).Bind(5, nowMs).Execute();

    /// <summary>Begins to queue; the first time, all that is stored already is queued.</summary>
    internal static bool TurnOn(SqliteSession session, long nowMs)
    {
        if (IsOn(session))
        {
            return false;
        }

        session.Prepare(
            "INSERT INTO outbox (kind, board_id, boot, seq, queued_ms) SELECT ?, board_id, boot, seq, ? FROM sample ORDER BY time, board_id")
            .Bind(1, (long)OutboxKind.Sample).Bind(2, nowMs).Execute();
        session.Prepare(
            "INSERT INTO outbox (kind, board_id, boot, seq, queued_ms) " +
            "SELECT ?, u.board_id, u.boot, u.seq, ? FROM undated AS u WHERE NOT EXISTS " +
            "(SELECT 1 FROM sample AS s WHERE s.board_id = u.board_id AND s.boot = u.boot AND s.seq = u.seq)")
            .Bind(1, (long)OutboxKind.Sample).Bind(2, nowMs).Execute();
        session.Prepare("INSERT INTO outbox (kind, board_id, boot, seq, queued_ms) SELECT ?, board_id, boot, seq, ? FROM boot")
            .Bind(1, (long)OutboxKind.Boot).Bind(2, nowMs).Execute();
        session.Execute($"INSERT INTO counter (name, value) VALUES ('{Switch}', 1) ON CONFLICT DO UPDATE SET value = 1");
        return true;
    }

    /// <summary>Stops queueing and forgets what was queued: for a store that is not used any more.</summary>
    internal static bool TurnOff(SqliteSession session)
    {
        session.Execute($"DELETE FROM outbox; DELETE FROM counter WHERE name = '{Switch}'");
        return true;
    }

    internal static void Remove(SqliteSession session, long upTo) =>
        session.Prepare("DELETE FROM outbox WHERE id <= ?").Bind(1, upTo).Execute();

    internal static (long Entries, long? OldestMs) Waiting(SqliteSession session)
    {
        var query = session.Prepare("SELECT queued_ms FROM outbox ORDER BY id LIMIT 1");
        long? oldest = query.Step() ? query.Int64(0) : null;
        query.Reset();
        return (session.Scalar("SELECT count(*) FROM outbox"), oldest);
    }

    /// <summary>Writes the lines of the next entries.</summary>
    /// <returns>The last entry read, and how many; none when nothing waits.</returns>
    internal static OutboxBatch Read(SqliteSession session, long after, int limit, IBufferWriter<byte> lines, Func<SqliteSession, long, ChannelLayout> layout)
    {
        var query = session.Prepare(
            "SELECT o.id, o.kind, b.eui, o.board_id, o.boot, o.seq, s.time, s.up, s.state, s.layout_id, s.vals " +
            "FROM outbox AS o JOIN board AS b ON b.id = o.board_id " +
            "LEFT JOIN sample AS s ON o.kind = 0 AND s.board_id = o.board_id AND s.boot = o.boot AND s.seq = o.seq " +
            "WHERE o.id > ? ORDER BY o.id LIMIT ?").Bind(1, after).Bind(2, limit);
        var last = after;
        var entries = 0;
        var readings = 0;
        while (query.Step())
        {
            last = query.Int64(0);
            entries++;
            var (board, boardId, boot, sequence) = (query.Text(2), query.Int64(3), query.Int64(4), query.Int64(5));
            switch ((OutboxKind)query.Int64(1))
            {
                case OutboxKind.Boot:
                    WriteBoot(session, lines, board, boardId, boot);
                    break;
                case OutboxKind.Superseded:
                    LineProtocol.WriteSuperseded(lines, board, boot, sequence);
                    break;
                case OutboxKind.Sample when !query.IsNull(6) && SampleState.Unpack(query.Int64(8)) is { DatedLate: false } state:
                    var sample = new Sample(
                        board, boot, sequence, query.Int64(7), DateTimeOffset.FromUnixTimeSeconds(query.Int64(6)), state.Clock, state.Flags,
                        SampleCodec.Read(query.Blob(10), layout(session, query.Int64(9))));
                    readings += sample.Values.Count;
                    LineProtocol.WriteSample(lines, sample);
                    break;
                default:
                    WriteUndated(session, lines, board, boardId, boot, sequence, layout);
                    break;
            }
        }

        return new OutboxBatch(last, entries, readings);
    }

    private static void WriteBoot(SqliteSession session, IBufferWriter<byte> lines, string board, long boardId, long boot)
    {
        var query = session.Prepare("SELECT clk, seq, epoch FROM boot WHERE board_id = ? AND boot = ?").Bind(1, boardId).Bind(2, boot);
        if (query.Step())
        {
            LineProtocol.WriteBoot(lines, board, boot, query.Int64(0), query.Int64(1), query.Int64(2));
        }

        query.Reset();
    }

    private static void WriteUndated(
        SqliteSession session, IBufferWriter<byte> lines, string board, long boardId, long boot, long sequence, Func<SqliteSession, long, ChannelLayout> layout)
    {
        var query = session.Prepare("SELECT up, state, layout_id, vals FROM undated WHERE board_id = ? AND boot = ? AND seq = ?")
            .Bind(1, boardId).Bind(2, boot).Bind(3, sequence);
        if (query.Step())
        {
            var state = SampleState.Unpack(query.Int64(1));
            LineProtocol.WriteUndated(lines, new Sample(
                board, boot, sequence, query.Int64(0), null, state.Clock, state.Flags,
                SampleCodec.Read(query.Blob(3), layout(session, query.Int64(2)))));
        }

        query.Reset();
    }
}

/// <summary>Entries read from the outbox: up to which one, how many, how many readings they hold.</summary>
internal readonly record struct OutboxBatch(long Last, int Entries, int Readings);
