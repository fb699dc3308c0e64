using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Identity.Audit;

/// <summary>
/// The audit log in the store. Triggers refuse UPDATE and DELETE; each entry carries a hash over the one before, so that
/// what is changed with a tool that goes around the triggers is found (<see cref="VerifyAsync"/>).
/// </summary>
internal sealed class AuditLog(SqliteDatabase database) : IAuditLog
{
    private const string Columns = "id, time_ms, actor, action, subject, detail, address, hash";

    public Task AppendAsync(string actor, string action, string subject, string detail, CancellationToken cancellationToken) =>
        AppendAsync(actor, action, subject, detail, "", cancellationToken);

    /// <summary>Adds an entry with the address that the request came from.</summary>
    public Task AppendAsync(string actor, string action, string subject, string detail, string address, CancellationToken cancellationToken)
    {
        var now = database.Time.GetUtcNow();
        return database.Writer.WriteAsync(
            session =>
            {
                Append(session, now, actor, action, subject, detail, address);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Adds an entry inside a transaction: the change and its entry happen together or not at all.</summary>
    public static void Append(SqliteSession session, DateTimeOffset now, string actor, string action, string subject, string detail, string address = "")
    {
        var (last, before) = Head(session);
        var id = last + 1;
        var ms = now.ToUnixTimeMilliseconds();
        (actor, action, subject, detail, address) = (Cut(actor), Cut(action), Cut(subject), Cut(detail), Cut(address));
        session.Prepare($"INSERT INTO audit ({Columns}) VALUES (?,?,?,?,?,?,?,?)")
            .Bind(1, id).Bind(2, ms).Bind(3, actor).Bind(4, action).Bind(5, subject).Bind(6, detail).Bind(7, address)
            .Bind(8, AuditHash.Of(before, id, ms, actor, action, subject, detail, address).AsSpan()).Execute();
    }

    public Task<IReadOnlyList<AuditEntry>> ReadAsync(long? before, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, AuditEntry.PageCountMax);
        return database.ReadAsync<IReadOnlyList<AuditEntry>>(
            session =>
            {
                var query = session.Prepare($"SELECT {Columns} FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?")
                    .Bind(1, before ?? long.MaxValue).Bind(2, count);
                var entries = new List<AuditEntry>();
                while (query.Step())
                {
                    entries.Add(new AuditEntry(
                        query.Int64(0), DateTimeOffset.FromUnixTimeMilliseconds(query.Int64(1)), query.Text(2), query.Text(3),
                        query.Text(4), query.Text(5), query.Text(6), Convert.ToHexStringLower(query.Blob(7))));
                }

                return entries;
            },
            cancellationToken);
    }

    public Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken) => database.ReadAsync(Verify, cancellationToken);

    /// <summary>
    /// Cuts entries off the beginning, up to an instant. A checkpoint keeps the hash of the last one that goes, so that the
    /// rest still proves itself; the cut is the newest entry.
    /// </summary>
    /// <returns>Entries that went.</returns>
    public static long CutBefore(SqliteSession session, DateTimeOffset instant, DateTimeOffset now, string actor)
    {
        var query = session.Prepare("SELECT id, hash FROM audit WHERE id < coalesce((SELECT min(id) FROM audit WHERE time_ms >= ?), 9223372036854775807) ORDER BY id DESC LIMIT 1")
            .Bind(1, instant.ToUnixTimeMilliseconds());
        if (!query.Step())
        {
            return 0;
        }

        var (last, hash) = (query.Int64(0), query.Blob(1).ToArray());
        query.Reset();
        session.Prepare("INSERT INTO audit_checkpoint (last_id, made_ms, hash) VALUES (?,?,?)")
            .Bind(1, last).Bind(2, now.ToUnixTimeMilliseconds()).Bind(3, hash.AsSpan()).Execute();
        var gone = session.Prepare("DELETE FROM audit WHERE id <= ?").Bind(1, last).Execute();
        Append(session, now, actor, "audit.cut", "audit", FormattableString.Invariant($"{gone} entries up to number {last}"));
        return gone;
    }

    private static AuditVerdict Verify(SqliteSession session)
    {
        var (number, hash) = Checkpoint(session);
        var query = session.Prepare($"SELECT {Columns} FROM audit ORDER BY id");
        long entries = 0;
        long? broken = null;
        while (query.Step())
        {
            entries++;
            number++;
            var expected = AuditHash.Of(hash, query.Int64(0), query.Int64(1), query.Text(2), query.Text(3), query.Text(4), query.Text(5), query.Text(6));
            if (broken is null && (query.Int64(0) != number || !query.Blob(7).SequenceEqual(expected)))
            {
                broken = query.Int64(0);
            }

            (number, hash) = (query.Int64(0), query.Blob(7).ToArray());
        }

        return new AuditVerdict(entries, broken, Convert.ToHexStringLower(hash));
    }

    private static (long Id, byte[] Hash) Head(SqliteSession session)
    {
        var query = session.Prepare("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1");
        if (!query.Step())
        {
            return Checkpoint(session);
        }

        var head = (query.Int64(0), query.Blob(1).ToArray());
        query.Reset();
        return head;
    }

    private static (long Id, byte[] Hash) Checkpoint(SqliteSession session)
    {
        var query = session.Prepare("SELECT last_id, hash FROM audit_checkpoint ORDER BY last_id DESC LIMIT 1");
        if (!query.Step())
        {
            return (0, AuditHash.Start);
        }

        var checkpoint = (query.Int64(0), query.Blob(1).ToArray());
        query.Reset();
        return checkpoint;
    }

    /// <summary>Control characters have no place in a log; a zero would also end the text in the database before its end.</summary>
    private static string Cut(string text) => string.Create(
        Math.Min(text.Length, AuditEntry.TextCharsMax), text, static (kept, from) =>
        {
            for (var i = 0; i < kept.Length; i++)
            {
                kept[i] = char.IsControl(from[i]) ? ' ' : from[i];
            }
        });
}
