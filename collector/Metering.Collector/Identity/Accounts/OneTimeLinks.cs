using Metering.Collector.Identity.Audit;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Identity.Accounts;

/// <summary>Links that let the owner of an account set a password: once, and not for long. Only their hash is stored.</summary>
internal sealed class OneTimeLinks(SqliteDatabase database)
{
    /// <summary>Path that a link leads to.</summary>
    public const string Path = "/welcome";

    /// <summary>The first administrator stands at the console.</summary>
    public static readonly TimeSpan FirstAdministratorFor = TimeSpan.FromHours(1);

    /// <summary>An invited person has to read a message first.</summary>
    public static readonly TimeSpan InvitationFor = TimeSpan.FromDays(3);

    /// <summary>Makes a link; an earlier one of the same account stops working.</summary>
    /// <returns>Path and query of the link.</returns>
    public Task<string> CreateAsync(long accountId, TimeSpan validFor, string actor, CancellationToken cancellationToken)
    {
        var token = SecretToken.New();
        var now = database.Time.GetUtcNow();
        return database.Writer.WriteAsync(
            session =>
            {
                session.Prepare("DELETE FROM one_time_link WHERE account_id = ?").Bind(1, accountId).Execute();
                session.Prepare("INSERT INTO one_time_link (token, account_id, expires_ms) VALUES (?,?,?)")
                    .Bind(1, SecretToken.Hash(token).AsSpan()).Bind(2, accountId).Bind(3, (now + validFor).ToUnixTimeMilliseconds()).Execute();
                AuditLog.Append(session, now, actor, "account.link", AccountStore.Subject(accountId), "");
                return Path + "?token=" + token;
            },
            cancellationToken);
    }

    /// <summary>Whose link it is, or null: used, expired, never made, or the account is disabled.</summary>
    public Task<Account?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var now = database.Time.GetUtcNow().ToUnixTimeMilliseconds();
        return database.ReadAsync(
            session =>
            {
                var query = session.Prepare("SELECT account_id FROM one_time_link WHERE token = ? AND expires_ms > ?")
                    .Bind(1, SecretToken.Hash(token).AsSpan()).Bind(2, now);
                if (!query.Step())
                {
                    return null;
                }

                var id = query.Int64(0);
                query.Reset();
                return AccountStore.Find(session, id) is { Disabled: null } account ? account : null;
            },
            cancellationToken);
    }

    /// <summary>Uses a link up and sets the password with it: one of two who try at once gets through.</summary>
    /// <returns>The account, or null: the link is not valid (any more).</returns>
    public Task<Account?> UseAsync(string token, string passwordHash, CancellationToken cancellationToken)
    {
        var now = database.Time.GetUtcNow();
        return database.Writer.WriteAsync(
            session =>
            {
                var query = session.Prepare("SELECT account_id FROM one_time_link WHERE token = ? AND expires_ms > ?")
                    .Bind(1, SecretToken.Hash(token).AsSpan()).Bind(2, now.ToUnixTimeMilliseconds());
                if (!query.Step())
                {
                    return null;
                }

                var id = query.Int64(0);
                query.Reset();
                if (AccountStore.Find(session, id) is not { Disabled: null } account)
                {
                    return null;
                }

                session.Prepare("DELETE FROM one_time_link WHERE account_id = ?").Bind(1, id).Execute();
                session.Prepare("DELETE FROM session WHERE account_id = ?").Bind(1, id).Execute();
                session.Prepare("UPDATE account SET password = ?, failures = 0, locked_until_ms = NULL WHERE id = ?").Bind(1, passwordHash).Bind(2, id).Execute();
                AuditLog.Append(session, now, AccountStore.Subject(id), "account.password", AccountStore.Subject(id), "by a one-time link");
                return account;
            },
            cancellationToken);
    }
}
