using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Audit;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Identity.Sessions;

/// <summary>
/// Sessions live in the store, so that leaving, disabling and a new password end them at once. The cookie holds a secret, the
/// store its hash.
/// </summary>
internal sealed class SessionStore(SqliteDatabase database)
{
    /// <summary>A session that is not used ends.</summary>
    public static readonly TimeSpan IdleMax = TimeSpan.FromHours(8);

    /// <summary>Every session ends.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromDays(7);

    /// <summary>How exactly the last use is known; spares a write a request.</summary>
    private static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(5);

    /// <summary>Sessions of one account; the oldest gives way.</summary>
    private const int PerAccountMax = 20;

    /// <summary>Begins a session; the token goes into the cookie and nowhere else.</summary>
    public Task<string> StartAsync(long accountId, string address, CancellationToken cancellationToken)
    {
        var token = SecretToken.New();
        var now = database.Time.GetUtcNow();
        return database.Writer.WriteAsync(
            session =>
            {
                var ms = now.ToUnixTimeMilliseconds();
                session.Prepare("DELETE FROM session WHERE created_ms <= ? OR seen_ms <= ?")
                    .Bind(1, (now - AgeMax).ToUnixTimeMilliseconds()).Bind(2, (now - IdleMax).ToUnixTimeMilliseconds()).Execute();
                session.Prepare("DELETE FROM session WHERE account_id = ?1 AND token NOT IN (SELECT token FROM session WHERE account_id = ?1 ORDER BY created_ms DESC LIMIT ?2)")
                    .Bind(1, accountId).Bind(2, (long)PerAccountMax - 1).Execute();
                session.Prepare("INSERT INTO session (token, account_id, created_ms, seen_ms) VALUES (?,?,?,?)")
                    .Bind(1, SecretToken.Hash(token).AsSpan()).Bind(2, accountId).Bind(3, ms).Bind(4, ms).Execute();
                session.Prepare("UPDATE account SET failures = 0, locked_until_ms = NULL, last_login_ms = ? WHERE id = ?").Bind(1, ms).Bind(2, accountId).Execute();
                AuditLog.Append(session, now, AccountStore.Subject(accountId), "login", AccountStore.Subject(accountId), "", address);
                return token;
            },
            cancellationToken);
    }

    /// <summary>Ends a session.</summary>
    public Task EndAsync(string token, CancellationToken cancellationToken) => database.Writer.WriteAsync(
        session => session.Prepare("DELETE FROM session WHERE token = ?").Bind(1, SecretToken.Hash(token).AsSpan()).Execute(), cancellationToken);

    /// <summary>Whose session it is.</summary>
    public async Task<CurrentUser> FindAsync(string token, CancellationToken cancellationToken)
    {
        var now = database.Time.GetUtcNow();
        var hash = SecretToken.Hash(token);
        var (account, seenMs) = await database.ReadAsync(
            session =>
            {
                var query = session.Prepare("SELECT account_id, seen_ms FROM session WHERE token = ? AND created_ms > ? AND seen_ms > ?")
                    .Bind(1, hash.AsSpan()).Bind(2, (now - AgeMax).ToUnixTimeMilliseconds()).Bind(3, (now - IdleMax).ToUnixTimeMilliseconds());
                if (!query.Step())
                {
                    return (null, 0L);
                }

                var (id, seen) = (query.Int64(0), query.Int64(1));
                query.Reset();
                return (AccountStore.Find(session, id), seen);
            },
            cancellationToken).ConfigureAwait(false);
        if (account is not { Disabled: null })
        {
            return CurrentUser.Nobody;
        }

        if (now.ToUnixTimeMilliseconds() - seenMs > SeenStep.TotalMilliseconds)
        {
            await database.Writer.WriteAsync(
                session => session.Prepare("UPDATE session SET seen_ms = ? WHERE token = ?").Bind(1, now.ToUnixTimeMilliseconds()).Bind(2, hash.AsSpan()).Execute(),
                cancellationToken).ConfigureAwait(false);
        }

        return UserOf(account);
    }

    internal static CurrentUser UserOf(Account account) => new()
    {
        AccountId = account.Id, Name = account.Name, Role = account.Role, Buildings = account.Buildings, Dwellings = account.Dwellings,
    };
}
