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
    /// <summary>Confirmed entries that may stay in the table: taking them out one by one costs more than leaving them for a while.</summary>
    internal const int ConfirmedRowsMax = 500_000;

    private const string Switch = "forwarding";

    /// <summary>Name of the counter that holds the last entry that the other store confirmed.</summary>
    private const string Cursor = "forwarded";

    internal static bool IsOn(SqliteSession session)
    {
        var query = session.Prepare($"SELECT value FROM counter WHERE name = '{Switch}'");
        var on = query.Step() && query.Int64(0) != 0;
        query.Reset();
        return on;
    }

    /// <summary>Queues an entry.</summary>
    /// <param name="kind">What it tells.</param>
    /// <param name="board">Number of the board.</param>
    /// <param name="boot">Boot.</param>
    /// <param name="sequence">Sequence.</param>
    /// <param name="time">Unix seconds at which the board dated the sample; null: it did not, or it is not known here.</param>
    internal void Add(OutboxKind kind, long board, long boot, long sequence, long? time = null) =>
        session.Prepare("INSERT INTO outbox (kind, board_id, boot, seq, queued_ms, time) VALUES (?,?,?,?,?,?)")
            .Bind(1, (long)kind).Bind(2, board).Bind(3, boot).Bind(4, sequence).Bind(5, nowMs).Bind(6, time).Execute();

    /// <summary>Begins to queue; the first time, all that is stored already is queued.</summary>
    internal static bool TurnOn(SqliteSession session, long nowMs)
    {
        if (IsOn(session))
        {
            return false;
        }

        session.Prepare(
            "INSERT INTO outbox (kind, board_id, boot, seq, queued_ms, time) " +
            $"SELECT ?, board_id, boot, seq, ?, CASE WHEN state & {SampleState.DatedLateBit} THEN NULL ELSE time END FROM sample ORDER BY time, board_id")
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

    /// <summary>
    /// Marks entries as confirmed. The table is emptied when none waits, which costs nothing a row; only where it never
    /// comes to that are confirmed rows taken out.
    /// </summary>
    internal static void Confirm(SqliteSession session, long upTo)
    {
        session.Prepare($"INSERT INTO counter (name, value) VALUES ('{Cursor}', ?1) ON CONFLICT DO UPDATE SET value = max(value, ?1)").Bind(1, upTo).Execute();
        if (session.Scalar("SELECT coalesce(max(id), 0) FROM outbox") <= upTo)
        {
            session.Execute("DELETE FROM outbox");
        }
        else if (upTo - session.Scalar("SELECT min(id) FROM outbox") >= ConfirmedRowsMax)
        {
            session.Prepare("DELETE FROM outbox WHERE id <= ?").Bind(1, upTo).Execute();
        }
    }

    /// <summary>The last entry that the other store confirmed.</summary>
    internal static long Confirmed(SqliteSession session) => session.Scalar($"SELECT value FROM counter WHERE name = '{Cursor}'");

    internal static (long Entries, long? OldestMs) Waiting(SqliteSession session)
    {
        var confirmed = Confirmed(session);
        var query = session.Prepare("SELECT queued_ms FROM outbox WHERE id > ? ORDER BY id LIMIT 1").Bind(1, confirmed);
        long? oldest = query.Step() ? query.Int64(0) : null;
        query.Reset();
        var count = session.Prepare("SELECT count(*) FROM outbox WHERE id > ?").Bind(1, confirmed);
        count.Step();
        var waiting = count.Int64(0);
        count.Reset();
        return (waiting, oldest);
    }
}
