using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Audit;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Registry;

namespace Metering.Collector.Identity.Privacy;

/// <summary>Says what personal data is held, removes what is over its time, and erases what must go.</summary>
internal sealed class PrivacyService(SqliteDatabase database)
{
    /// <summary>Days that the audit log is kept: a year, the upper end of what the CNIL recommends for logs (6 to 12 months).</summary>
    public const int AuditKeepDays = 365;

    /// <summary>Days after which a disabled account is erased.</summary>
    public const int DisabledAccountKeepDays = 365;

    private static readonly string[] OutOfReach =
    [
        "Backups made before hold the readings: overwrite or destroy them.",
        "Exports and notes that were handed out are with those who got them.",
        "An InfluxDB that readings were forwarded to keeps them: delete the series there.",
        "A board still in the dwelling goes on sending: end its assignment in the registry, and take it away.",
    ];

    /// <summary>What is held now.</summary>
    public async Task<PrivacyReport> ReportAsync(CancellationToken cancellationToken)
    {
        var registry = await new RegistryStore(database).SnapshotAsync(null, cancellationToken).ConfigureAwait(false);
        var store = new SqliteReadingStore(database);
        var holdings = new List<DwellingHolding>();
        foreach (var dwelling in Dwellings(registry))
        {
            var points = Points(registry, dwelling);
            long readings = 0;
            DateTimeOffset? from = null, to = null;
            foreach (var assignment in registry.Assignments.Where(a => points.Contains(a.PointId)))
            {
                var found = await store.StatisticsAsync(assignment.Key, assignment.From, assignment.To ?? DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false);
                readings += found.Count;
                from = found.First is { } first && (from is null || first.Time < from) ? first.Time : from;
                to = found.Last is { } last && (to is null || last.Time > to) ? last.Time : to;
            }

            holdings.Add(new DwellingHolding(dwelling.BuildingId, dwelling.DwellingId, points.Count, readings, from, to));
        }

        return await database.ReadAsync(
            session =>
            {
                var oldest = session.Scalar("SELECT coalesce(min(time_ms), -1) FROM audit");
                return new PrivacyReport(
                    holdings, session.Scalar("SELECT count(*) FROM account WHERE erased_ms IS NULL"), session.Scalar("SELECT count(*) FROM audit"),
                    oldest < 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(oldest), session.Scalar("SELECT count(*) FROM quarantine"));
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes every value of a dwelling out of the store, for good. Rows keep their place (board, boot, sequence), so that
    /// gaps stay explained; names in every state of the registry give way to a pseudonym.
    /// </summary>
    /// <exception cref="AccountException">There is no such dwelling.</exception>
    public async Task<ErasureReport> EraseAsync(DwellingReference dwelling, string reason, string actor, CancellationToken cancellationToken)
    {
        var registry = await new RegistryStore(database).SnapshotAsync(null, cancellationToken).ConfigureAwait(false);
        var points = Points(registry, dwelling);
        if (points.Count == 0 && !Dwellings(registry).Contains(dwelling))
        {
            throw new AccountException("Ce logement n’est pas dans le registre.", "That dwelling is not in the registry.");
        }

        var assignments = registry.Assignments.Where(a => points.Contains(a.PointId)).ToList();
        long values = 0;
        foreach (var assignment in assignments)
        {
            values += await SampleErasure.EraseAsync(database, assignment, cancellationToken).ConfigureAwait(false);
        }

        var pseudonym = new Pseudonyms(PseudonymKey.Of(Path.GetDirectoryName(database.Path)!)).Of(dwelling.BuildingId + "/" + dwelling.DwellingId);
        var (undated, quarantined, versions) = await database.Writer.WriteAsync(
            session =>
            {
                long samples = 0, messages = 0;
                foreach (var board in assignments.Select(a => a.Board).Distinct(StringComparer.Ordinal))
                {
                    samples += session.Prepare("DELETE FROM undated WHERE board_id = (SELECT id FROM board WHERE eui = ?)").Bind(1, board).Execute();
                    messages += session.Prepare("DELETE FROM quarantine WHERE instr(topic, ?) > 0").Bind(1, board).Execute();
                }

                RegistryStore.RewriteAll(session, snapshot => WithoutNames(snapshot, dwelling, points, pseudonym));
                var count = session.Scalar("SELECT count(*) FROM registry_version");
                AuditLog.Append(
                    session, database.Time.GetUtcNow(), actor, "privacy.erase", $"dwelling:{dwelling.BuildingId}/{dwelling.DwellingId}",
                    FormattableString.Invariant($"{values} values; {reason}"));
                return (samples, messages, count);
            },
            cancellationToken).ConfigureAwait(false);

        // A new version makes every collector that has the former one unpacked look again.
        await new RegistryStore(database).SaveAsync(
            WithoutNames(registry, dwelling, points, pseudonym), actor, "personal data of a dwelling erased", cancellationToken).ConfigureAwait(false);
        SampleErasure.FoldLog(database);
        return new ErasureReport(dwelling.BuildingId, dwelling.DwellingId, values, undated, quarantined, versions, OutOfReach);
    }

    /// <summary>What is over its time; removed when <paramref name="apply"/> says so.</summary>
    public Task<RetentionReport> RetainAsync(bool apply, string actor, CancellationToken cancellationToken)
    {
        var now = database.Time.GetUtcNow();
        var auditEnd = now.AddDays(-AuditKeepDays);
        var accountEnd = now.AddDays(-DisabledAccountKeepDays).ToUnixTimeMilliseconds();
        return database.Writer.WriteAsync(
            session =>
            {
                var old = Numbers(session, "SELECT id FROM account WHERE erased_ms IS NULL AND disabled_ms < ?", accountEnd);
                var keys = Numbers(session, "SELECT id FROM api_key WHERE expires_ms < ?1 OR revoked_ms < ?1", accountEnd);
                var entries = Numbers(session, "SELECT count(*) FROM audit WHERE time_ms < ?", auditEnd.ToUnixTimeMilliseconds())[0];
                if (apply)
                {
                    foreach (var id in old)
                    {
                        AccountStore.Erase(session, id, now, actor);
                    }

                    foreach (var id in keys)
                    {
                        session.Prepare("DELETE FROM api_key WHERE id = ?").Bind(1, id).Execute();
                    }

                    AuditLog.Append(session, now, actor, "privacy.retention", "store", FormattableString.Invariant($"{old.Count} accounts, {keys.Count} keys"));
                    AuditLog.CutBefore(session, auditEnd, now, actor);
                }

                return new RetentionReport(apply, entries, old.Count, keys.Count);
            },
            cancellationToken);
    }

    private static RegistrySnapshot WithoutNames(RegistrySnapshot snapshot, DwellingReference dwelling, HashSet<string> points, string pseudonym) => snapshot with
    {
        Zones = [.. snapshot.Zones.Select(z => z.BuildingId == dwelling.BuildingId && z.DwellingId == dwelling.DwellingId ? z with { Name = pseudonym } : z)],
        Points = [.. snapshot.Points.Select(p => points.Contains(p.Id) ? p with { Name = pseudonym } : p)],
    };

    private static IEnumerable<DwellingReference> Dwellings(RegistrySnapshot registry) => registry.Zones
        .Where(z => z.DwellingId is { Length: > 0 }).Select(z => new DwellingReference(z.BuildingId, z.DwellingId!)).Distinct();

    private static HashSet<string> Points(RegistrySnapshot registry, DwellingReference dwelling)
    {
        var zones = registry.Zones.Where(z => z.BuildingId == dwelling.BuildingId && z.DwellingId == dwelling.DwellingId).Select(z => z.Id).ToHashSet(StringComparer.Ordinal);
        return registry.Points.Where(p => p.ZoneId is { } zone && zones.Contains(zone)).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
    }

    private static List<long> Numbers(SqliteSession session, string sql, long before)
    {
        var query = session.Prepare(sql).Bind(1, before);
        var numbers = new List<long>();
        while (query.Step())
        {
            numbers.Add(query.Int64(0));
        }

        return numbers;
    }
}
