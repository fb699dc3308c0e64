using System.Security.Cryptography;
using System.Text;

namespace Metering.Collector.Storage.Sqlite;

/// <summary>A message to be kept because it cannot be used.</summary>
/// <param name="Source">Who could not use it: mqtt, store, influx, import.</param>
/// <param name="Topic">Topic, file or series it came with.</param>
/// <param name="Payload">As received, byte for byte.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record HeldMessage(string Source, string Topic, ReadOnlyMemory<byte> Payload, string Reason);

/// <summary>A message in quarantine. The same message again is counted, not stored again.</summary>
public sealed record QuarantineEntry(long Id, HeldMessage Message, DateTimeOffset FirstReceived, DateTimeOffset LastReceived, long Times);

/// <summary>
/// What cannot be read is kept with its reason, and can be replayed after a fix; it never blocks the rest (law 5).
/// Bounded: beyond <see cref="EntriesMax"/> the oldest entry gives way and <see cref="DroppedAsync"/> counts it.
/// </summary>
public sealed class Quarantine(SqliteDatabase database)
{
    /// <summary>Entries kept.</summary>
    public const int EntriesMax = 100_000;

    /// <summary>Bytes of a payload kept; a longer one is cut and the reason says so.</summary>
    public const int PayloadBytesMax = 256 * 1024;

    private const string DroppedCounter = "quarantine.dropped";
    private const string Columns = "id, source, topic, payload, reason, first_ms, last_ms, times";

    /// <summary>Keeps a message; durable when the task completes.</summary>
    public Task<long> HoldAsync(HeldMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return database.Writer.WriteAsync(session => Hold(session, message), cancellationToken);
    }

    /// <summary>Entries in order of arrival, after the one with the given id.</summary>
    public Task<IReadOnlyList<QuarantineEntry>> ListAsync(long afterId, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<QuarantineEntry>>(
            session =>
            {
                var query = session.Prepare($"SELECT {Columns} FROM quarantine WHERE id > ? ORDER BY id LIMIT ?").Bind(1, afterId).Bind(2, limit);
                var entries = new List<QuarantineEntry>();
                while (query.Step())
                {
                    entries.Add(Entry(query));
                }

                return entries;
            },
            cancellationToken);

    public Task<QuarantineEntry?> ShowAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session =>
            {
                var query = session.Prepare($"SELECT {Columns} FROM quarantine WHERE id = ?").Bind(1, id);
                var entry = query.Step() ? Entry(query) : null;
                query.Reset();
                return entry;
            },
            cancellationToken);

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(static session => session.Scalar("SELECT count(*) FROM quarantine"), cancellationToken);

    /// <summary>Entries that gave way because the quarantine was full.</summary>
    public Task<long> DroppedAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(static session => session.Scalar($"SELECT value FROM counter WHERE name = '{DroppedCounter}'"), cancellationToken);

    /// <summary>Removes an entry; false when there is none.</summary>
    public Task<bool> DropAsync(long id, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(session => session.Prepare("DELETE FROM quarantine WHERE id = ?").Bind(1, id).Execute() > 0, cancellationToken);

    /// <summary>
    /// Offers entries to a reader again, oldest first. Those it takes (returns null) leave the quarantine; the others stay
    /// with the reason it gives.
    /// </summary>
    /// <param name="id">One entry, or null for all.</param>
    /// <param name="read">Takes a message for good before it returns null, or returns why it cannot.</param>
    /// <param name="cancellationToken">Stops between two entries.</param>
    public async Task<ReplayResult> ReplayAsync(long? id, Func<HeldMessage, CancellationToken, Task<string?>> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(read);
        var taken = 0;
        var kept = 0;
        var after = id - 1 ?? 0;
        while (await ListAsync(after, 1, cancellationToken).ConfigureAwait(false) is [var entry] && (id is null || entry.Id == id))
        {
            after = entry.Id;
            var reason = await read(entry.Message, cancellationToken).ConfigureAwait(false);
            if (reason is null)
            {
                await DropAsync(entry.Id, cancellationToken).ConfigureAwait(false);
                taken++;
            }
            else
            {
                await RenameAsync(entry.Id, reason, cancellationToken).ConfigureAwait(false);
                kept++;
            }
        }

        return new ReplayResult(taken, kept);
    }

    internal long Hold(SqliteSession session, HeldMessage message)
    {
        var payload = message.Payload.Span;
        var reason = message.Reason;
        if (payload.Length > PayloadBytesMax)
        {
            reason += FormattableString.Invariant($" (payload of {payload.Length} bytes cut to {PayloadBytesMax})");
            payload = payload[..PayloadBytesMax];
        }

        var now = database.Time.GetUtcNow().ToUnixTimeMilliseconds();
        Span<byte> fingerprint = stackalloc byte[SHA256.HashSizeInBytes];
        Fingerprint(message.Source, message.Topic, payload, fingerprint);
        var query = session.Prepare(
            "INSERT INTO quarantine (fingerprint, source, topic, payload, reason, first_ms, last_ms, times) VALUES (?,?,?,?,?,?6,?6,1) " +
            "ON CONFLICT DO UPDATE SET last_ms = excluded.last_ms, times = times + 1, reason = excluded.reason RETURNING id, times")
            .Bind(1, fingerprint).Bind(2, message.Source).Bind(3, message.Topic).Bind(4, payload).Bind(5, reason).Bind(6, now);
        query.Step();
        var id = query.Int64(0);
        var isNew = query.Int64(1) == 1;
        query.Reset();
        if (isNew)
        {
            MakeRoom(session);
        }

        return id;
    }

    private void MakeRoom(SqliteSession session)
    {
        database.QuarantineEntries = database.QuarantineEntries is { } known && known < EntriesMax
            ? known + 1
            : session.Scalar("SELECT count(*) FROM quarantine");
        if (database.QuarantineEntries <= EntriesMax)
        {
            return;
        }

        var dropped = session.Prepare("DELETE FROM quarantine WHERE id IN (SELECT id FROM quarantine ORDER BY id LIMIT ?)")
            .Bind(1, database.QuarantineEntries.Value - EntriesMax).Execute();
        database.QuarantineEntries -= dropped;
        session.Prepare("INSERT INTO counter (name, value) VALUES (?, ?2) ON CONFLICT DO UPDATE SET value = value + ?2")
            .Bind(1, DroppedCounter).Bind(2, dropped).Execute();
    }

    private Task<int> RenameAsync(long id, string reason, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(
            session => session.Prepare("UPDATE quarantine SET reason = ? WHERE id = ?").Bind(1, reason).Bind(2, id).Execute(), cancellationToken);

    private static QuarantineEntry Entry(SqliteStatement row) => new(
        row.Int64(0),
        new HeldMessage(row.Text(1), row.Text(2), row.Blob(3).ToArray(), row.Text(4)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(5)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(6)),
        row.Int64(7));

    private static void Fingerprint(string source, string topic, ReadOnlySpan<byte> payload, Span<byte> destination)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(source));
        hash.AppendData([0]);
        hash.AppendData(Encoding.UTF8.GetBytes(topic));
        hash.AppendData([0]);
        hash.AppendData(payload);
        hash.GetHashAndReset(destination);
    }
}

/// <summary>What a replay did: <paramref name="Taken"/> left the quarantine, <paramref name="Kept"/> stay.</summary>
public readonly record struct ReplayResult(int Taken, int Kept);
