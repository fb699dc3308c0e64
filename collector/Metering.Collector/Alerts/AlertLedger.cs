using System.Globalization;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Alerts;

namespace Metering.Collector.Alerts;

/// <summary>
/// Alerts and the messages about them, in the store: a restart raises nothing twice, and what could not be sent is sent
/// later. Closed alerts are kept, the oldest beyond <see cref="AlertsMax"/> give way.
/// </summary>
public sealed class AlertLedger(SqliteDatabase database) : IAlertBook
{
    /// <summary>Alerts that are kept.</summary>
    public const int AlertsMax = 100_000;

    /// <summary>Length of a note.</summary>
    public const int NoteCharactersMax = 1000;

    /// <summary>Most alerts of one answer.</summary>
    public const int PageMax = 1000;

    private const double Thousandths = 1000;

    private const string Columns = "id, kind, subject, raised_ms, raised_value, cleared_ms, cleared_value, acknowledged_ms, acknowledged_by, acknowledged_note";

    public Task<IReadOnlyList<Alert>> ListAsync(bool openOnly, long? beforeId, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, PageMax);
        return database.ReadAsync<IReadOnlyList<Alert>>(
            session =>
            {
                var query = session.Prepare($"SELECT {Columns} FROM alert WHERE id < ?1 AND (?2 = 0 OR cleared_ms IS NULL) ORDER BY id DESC LIMIT ?3")
                    .Bind(1, beforeId ?? long.MaxValue).Bind(2, openOnly ? 1 : 0).Bind(3, limit);
                var alerts = new List<Alert>();
                while (query.Step())
                {
                    alerts.Add(Read(query));
                }

                return alerts;
            },
            cancellationToken);
    }

    public Task<Alert?> FindAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => Find(session, id), cancellationToken);

    public Task<AcknowledgeResult> AcknowledgeAsync(long id, string by, string? note, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(by);
        if (note?.Length > NoteCharactersMax)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"note: {note.Length} characters; at most {NoteCharactersMax} are allowed."), nameof(note));
        }

        var now = database.Time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.Writer.WriteAsync(
            session =>
            {
                var done = session.Prepare("UPDATE alert SET acknowledged_ms = ?, acknowledged_by = ?, acknowledged_note = ? WHERE id = ? AND acknowledged_ms IS NULL")
                    .Bind(1, now).Bind(2, by).Bind(3, note).Bind(4, id).Execute() > 0;
                return done ? AcknowledgeResult.Done : Find(session, id) is null ? AcknowledgeResult.Unknown : AcknowledgeResult.Already;
            },
            cancellationToken);
    }

    /// <summary>The conditions of alerts that last: what the rules go on from after a restart.</summary>
    internal Task<Dictionary<AlertKey, AlertCondition>> ConditionsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            static session =>
            {
                var query = session.Prepare("SELECT kind, subject FROM alert WHERE cleared_ms IS NULL");
                var conditions = new Dictionary<AlertKey, AlertCondition>();
                while (query.Step())
                {
                    conditions[new AlertKey((AlertKind)query.Int64(0), query.Text(1))] = new AlertCondition(true, null);
                }

                return conditions;
            },
            cancellationToken);

    /// <summary>Takes down changes and queues a message about each, in one transaction.</summary>
    internal Task<bool> SaveAsync(IReadOnlyList<AlertChange> changes, IReadOnlyList<string> channels, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(
            session =>
            {
                var ms = at.ToUnixTimeMilliseconds();
                foreach (var change in changes)
                {
                    var id = change.IsRaised ? Raise(session, change, ms) : Clear(session, change, ms);
                    foreach (var channel in id is null ? [] : channels)
                    {
                        session.Prepare("INSERT INTO alert_message (alert_id, is_raised, channel, queued_ms, next_ms, attempts) VALUES (?1, ?2, ?3, ?4, ?4, 0)")
                            .Bind(1, id!.Value).Bind(2, change.IsRaised ? 1 : 0).Bind(3, channel).Bind(4, ms).Execute();
                    }
                }

                MakeRoom(session);
                return true;
            },
            cancellationToken);

    /// <summary>Messages of a channel that are due, oldest first.</summary>
    internal Task<IReadOnlyList<AlertMessage>> DueAsync(string channel, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AlertMessage>>(
            session =>
            {
                var query = session.Prepare(
                    "SELECT m.id, m.is_raised, m.queued_ms, m.attempts, a." + Columns.Replace(", ", ", a.", StringComparison.Ordinal) +
                    " FROM alert_message AS m JOIN alert AS a ON a.id = m.alert_id WHERE m.channel = ? AND m.next_ms <= ? ORDER BY m.id LIMIT ?")
                    .Bind(1, channel).Bind(2, now.ToUnixTimeMilliseconds()).Bind(3, limit);
                var messages = new List<AlertMessage>();
                while (query.Step())
                {
                    messages.Add(new AlertMessage(
                        query.Int64(0), query.Int64(1) != 0, DateTimeOffset.FromUnixTimeMilliseconds(query.Int64(2)), (int)query.Int64(3), Read(query, 4)));
                }

                return messages;
            },
            cancellationToken);

    /// <summary>Removes messages that were sent, or given up.</summary>
    internal Task<bool> DoneAsync(IReadOnlyList<AlertMessage> messages, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(
            session =>
            {
                foreach (var message in messages)
                {
                    session.Prepare("DELETE FROM alert_message WHERE id = ?").Bind(1, message.Id).Execute();
                }

                return true;
            },
            cancellationToken);

    /// <summary>Puts messages off.</summary>
    internal Task<bool> LaterAsync(IReadOnlyList<AlertMessage> messages, DateTimeOffset next, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(
            session =>
            {
                foreach (var message in messages)
                {
                    session.Prepare("UPDATE alert_message SET attempts = attempts + 1, next_ms = ? WHERE id = ?")
                        .Bind(1, next.ToUnixTimeMilliseconds()).Bind(2, message.Id).Execute();
                }

                return true;
            },
            cancellationToken);

    private static Alert? Find(SqliteSession session, long id)
    {
        var query = session.Prepare($"SELECT {Columns} FROM alert WHERE id = ?").Bind(1, id);
        var alert = query.Step() ? Read(query) : null;
        query.Reset();
        return alert;
    }

    private static long? Raise(SqliteSession session, AlertChange change, long ms)
    {
        session.Prepare("INSERT INTO alert (kind, subject, raised_ms, raised_value) VALUES (?,?,?,?)")
            .Bind(1, (long)change.Key.Kind).Bind(2, change.Key.Subject).Bind(3, ms).Bind(4, Scaled(change.Value ?? 0)).Execute();
        return session.LastInsertId;
    }

    private static long? Clear(SqliteSession session, AlertChange change, long ms)
    {
        var query = session.Prepare("SELECT id FROM alert WHERE kind = ? AND subject = ? AND cleared_ms IS NULL ORDER BY id DESC LIMIT 1")
            .Bind(1, (long)change.Key.Kind).Bind(2, change.Key.Subject);
        long? id = query.Step() ? query.Int64(0) : null;
        query.Reset();
        if (id is { } open)
        {
            session.Prepare("UPDATE alert SET cleared_ms = ?, cleared_value = ? WHERE id = ?")
                .Bind(1, ms).Bind(2, change.Value is { } value ? Scaled(value) : null).Bind(3, open).Execute();
        }

        return id;
    }

    private static void MakeRoom(SqliteSession session)
    {
        session.Prepare("DELETE FROM alert WHERE cleared_ms IS NOT NULL AND id <= (SELECT max(id) FROM alert) - ?").Bind(1, AlertsMax).Execute();
        session.Execute("DELETE FROM alert_message WHERE alert_id NOT IN (SELECT id FROM alert)");
    }

    private static Alert Read(SqliteStatement row, int at = 0) => new(
        row.Int64(at),
        new AlertKey((AlertKind)row.Int64(at + 1), row.Text(at + 2)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(at + 3)),
        row.Int64(at + 4) / Thousandths,
        row.Int64OrNull(at + 5) is { } cleared ? DateTimeOffset.FromUnixTimeMilliseconds(cleared) : null,
        row.Int64OrNull(at + 6) / Thousandths,
        row.Int64OrNull(at + 7) is { } seen
            ? new AlertAcknowledgement(DateTimeOffset.FromUnixTimeMilliseconds(seen), row.Text(at + 8), row.TextOrNull(at + 9))
            : null);

    private static long Scaled(double value) => (long)Math.Round(Math.Clamp(value, -1e12, 1e12) * Thousandths);
}

/// <summary>A message that waits to be sent.</summary>
/// <param name="Id">Number.</param>
/// <param name="IsRaised">Tells of the raising, or of the end.</param>
/// <param name="Queued">When that was.</param>
/// <param name="Attempts">Attempts so far.</param>
/// <param name="Alert">What about.</param>
internal sealed record AlertMessage(long Id, bool IsRaised, DateTimeOffset Queued, int Attempts, Alert Alert);
