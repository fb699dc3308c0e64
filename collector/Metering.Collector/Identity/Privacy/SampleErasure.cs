using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Microsoft.Data.Sqlite;

namespace Metering.Collector.Identity.Privacy;

/// <summary>
/// Takes the values of one channel out of stored samples. Law 8 (raw readings are never rewritten) ends where the law on
/// personal data begins; this is the one place that does it, and it leaves an entry in the audit log.
/// </summary>
internal static class SampleErasure
{
    /// <summary>Samples of one transaction, so that boards are acknowledged in between.</summary>
    private const int SamplesPerTurn = 5_000;

    /// <summary>Erases the values of an assignment's channel in its period.</summary>
    /// <returns>Values that went.</returns>
    public static async Task<long> EraseAsync(SqliteDatabase database, ChannelAssignment assignment, CancellationToken cancellationToken)
    {
        var from = assignment.From.ToUnixTimeSeconds();
        var to = assignment.To?.ToUnixTimeSeconds() ?? long.MaxValue;
        long erased = 0;
        var after = new RowKey(from - 1, long.MaxValue, long.MaxValue);
        while (true)
        {
            var (count, last) = await database.Writer.WriteAsync(session => Turn(session, assignment, after, to), cancellationToken).ConfigureAwait(false);
            erased += count;
            if (last is not { } next)
            {
                return erased;
            }

            after = next;
        }
    }

    /// <summary>Folds the write-ahead log into the file and cuts it, so that no older copy of a page stays in it.</summary>
    public static void FoldLog(SqliteDatabase database)
    {
        using var session = SqliteSession.Open(database.Path, SqliteOpenMode.ReadWrite);
        session.Prepare("PRAGMA wal_checkpoint(TRUNCATE)").Execute();
    }

    private static (long Erased, RowKey? Last) Turn(SqliteSession session, ChannelAssignment assignment, RowKey after, long to)
    {
        // Freed bytes of a page are overwritten with zeros.
        session.Execute("PRAGMA secure_delete = ON");
        var layouts = Layouts(session);
        var query = session.Prepare(
            "SELECT time, boot, seq, layout_id, vals, board_id FROM sample WHERE board_id = (SELECT id FROM board WHERE eui = ?1) AND (time, boot, seq) > (?2, ?3, ?4) AND time < ?5 ORDER BY time, boot, seq LIMIT ?6")
            .Bind(1, assignment.Board).Bind(2, after.Time).Bind(3, after.Boot).Bind(4, after.Sequence).Bind(5, to).Bind(6, (long)SamplesPerTurn);
        var changed = new List<(RowKey Key, long Board, byte[] Values)>();
        RowKey? last = null;
        var seen = 0;
        var buffer = new byte[SampleCodec.BytesMax];
        while (query.Step())
        {
            seen++;
            var key = new RowKey(query.Int64(0), query.Int64(1), query.Int64(2));
            last = key;
            var values = SampleCodec.Read(query.Blob(4), layouts[query.Int64(3)]);
            var at = Array.FindIndex(values, v => v.Channel == assignment.Channel);
            if (at >= 0 && values[at].Missing == MissingReason.None)
            {
                values[at] = values[at] with { Value = 0, Missing = MissingReason.Excluded };
                changed.Add((key, query.Int64(5), buffer[..SampleCodec.Write(values, buffer)]));
            }
        }

        foreach (var (key, board, values) in changed)
        {
            session.Prepare("UPDATE sample SET vals = ? WHERE board_id = ? AND time = ? AND boot = ? AND seq = ?")
                .Bind(1, values.AsSpan()).Bind(2, board).Bind(3, key.Time).Bind(4, key.Boot).Bind(5, key.Sequence).Execute();
        }

        return (changed.Count, seen == SamplesPerTurn ? last : null);
    }

    private static Dictionary<long, ChannelLayout> Layouts(SqliteSession session)
    {
        var query = session.Prepare("SELECT id, channels FROM layout");
        var layouts = new Dictionary<long, ChannelLayout>();
        while (query.Step())
        {
            layouts.Add(query.Int64(0), new ChannelLayout(query.Int64(0), query.Text(1)));
        }

        return layouts;
    }

    private readonly record struct RowKey(long Time, long Boot, long Sequence);
}
