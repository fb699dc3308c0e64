using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Audit;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Identity.Keys;

/// <summary>The API keys: hashed at rest, limited to scopes, with an end, revocable.</summary>
internal sealed class ApiKeyStore(SqliteDatabase database)
{
    private const string Columns = "id, name, scopes, created_ms, expires_ms, revoked_ms, used_ms";

    private static readonly TimeSpan UsedStep = TimeSpan.FromHours(1);

    /// <summary>Makes a key.</summary>
    /// <returns>The secret, shown once.</returns>
    /// <exception cref="AccountException">Name, scopes or days cannot be.</exception>
    public Task<string> CreateAsync(CurrentUser owner, string name, IReadOnlyList<Permission> scopes, int days, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > ApiKey.NameCharsMax)
        {
            throw new AccountException($"Une clé a un nom de 1 à {ApiKey.NameCharsMax} caractères.", $"A key has a name of 1 to {ApiKey.NameCharsMax} characters.");
        }

        if (scopes.Count == 0 || scopes.Any(s => !RoleTable.KeyScopes.Contains(s) || !owner.Has(s)))
        {
            throw new AccountException("Une clé peut au moins une chose, et rien que son propriétaire ne puisse.", "A key has at least one scope, and none that its owner lacks.");
        }

        if (days is < 1 or > ApiKey.DaysMax)
        {
            throw new AccountException($"Une clé dure 1 à {ApiKey.DaysMax} jours.", $"A key lasts 1 to {ApiKey.DaysMax} days.");
        }

        var secret = ApiKey.Prefix + SecretToken.New();
        var now = database.Time.GetUtcNow();
        var names = string.Join(' ', scopes.Distinct().Order().Select(static s => s.Name()));
        return database.Writer.WriteAsync(
            session =>
            {
                var count = session.Prepare("SELECT count(*) FROM api_key WHERE account_id = ? AND revoked_ms IS NULL AND expires_ms > ?")
                    .Bind(1, owner.AccountId).Bind(2, now.ToUnixTimeMilliseconds());
                var live = count.Step() ? count.Int64(0) : 0;
                count.Reset();
                if (live >= ApiKey.PerAccountMax)
                {
                    throw new AccountException($"Un compte a au plus {ApiKey.PerAccountMax} clés ; en révoquer une d’abord.", $"An account has at most {ApiKey.PerAccountMax} keys; revoke one first.");
                }

                session.Prepare("INSERT INTO api_key (account_id, token, name, scopes, created_ms, expires_ms) VALUES (?,?,?,?,?,?)")
                    .Bind(1, owner.AccountId).Bind(2, SecretToken.Hash(secret).AsSpan()).Bind(3, name).Bind(4, names)
                    .Bind(5, now.ToUnixTimeMilliseconds()).Bind(6, now.AddDays(days).ToUnixTimeMilliseconds()).Execute();
                AuditLog.Append(session, now, owner.Actor, "key.create", FormattableString.Invariant($"key:{session.LastInsertId}"), names);
                return secret;
            },
            cancellationToken);
    }

    /// <summary>The keys of an account, newest first.</summary>
    public Task<IReadOnlyList<ApiKey>> ListAsync(long accountId, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<ApiKey>>(
        session =>
        {
            var query = session.Prepare($"SELECT {Columns} FROM api_key WHERE account_id = ? ORDER BY id DESC").Bind(1, accountId);
            var keys = new List<ApiKey>();
            while (query.Step())
            {
                keys.Add(new ApiKey(query.Int64(0), query.Text(1), Scopes(query.Text(2)), Time(query, 3)!.Value, Time(query, 4)!.Value, Time(query, 5), Time(query, 6)));
            }

            return keys;
        },
        cancellationToken);

    /// <summary>Takes a key of the account back; false when it has none of that number.</summary>
    public Task<bool> RevokeAsync(CurrentUser owner, long id, CancellationToken cancellationToken)
    {
        var now = database.Time.GetUtcNow();
        return database.Writer.WriteAsync(
            session =>
            {
                var done = session.Prepare("UPDATE api_key SET revoked_ms = ? WHERE id = ? AND account_id = ? AND revoked_ms IS NULL")
                    .Bind(1, now.ToUnixTimeMilliseconds()).Bind(2, id).Bind(3, owner.AccountId).Execute() > 0;
                if (done)
                {
                    AuditLog.Append(session, now, owner.Actor, "key.revoke", FormattableString.Invariant($"key:{id}"), "");
                }

                return done;
            },
            cancellationToken);
    }

    /// <summary>Whose key it is, with its scopes; nobody when it is wrong, revoked, over, or its owner is disabled.</summary>
    public async Task<CurrentUser> FindAsync(string secret, CancellationToken cancellationToken)
    {
        if (secret.Length != ApiKey.Prefix.Length + SecretToken.Chars)
        {
            return CurrentUser.Nobody;
        }

        var now = database.Time.GetUtcNow();
        var (account, key) = await database.ReadAsync<(Account?, ApiKey?)>(
            session =>
            {
                var query = session.Prepare($"SELECT {Columns}, account_id FROM api_key WHERE token = ? AND revoked_ms IS NULL AND expires_ms > ?")
                    .Bind(1, SecretToken.Hash(secret).AsSpan()).Bind(2, now.ToUnixTimeMilliseconds());
                if (!query.Step())
                {
                    return (null, null);
                }

                var found = new ApiKey(query.Int64(0), query.Text(1), Scopes(query.Text(2)), Time(query, 3)!.Value, Time(query, 4)!.Value, null, Time(query, 6));
                var id = query.Int64(7);
                query.Reset();
                return (AccountStore.Find(session, id), found);
            },
            cancellationToken).ConfigureAwait(false);
        if (account is not { Disabled: null } || key is null)
        {
            return CurrentUser.Nobody;
        }

        if (key.Used is not { } used || now - used > UsedStep)
        {
            await database.Writer.WriteAsync(
                session => session.Prepare("UPDATE api_key SET used_ms = ? WHERE id = ?").Bind(1, now.ToUnixTimeMilliseconds()).Bind(2, key.Id).Execute(),
                cancellationToken).ConfigureAwait(false);
        }

        return SessionStore.UserOf(account) with { KeyScopes = key.Scopes, KeyId = key.Id };
    }

    private static List<Permission> Scopes(string names) =>
        [.. names.Split(' ').Select(static n => AccessNames.TryPermission(n, out var scope) ? scope : (Permission?)null).OfType<Permission>()];

    private static DateTimeOffset? Time(SqliteStatement row, int column) =>
        row.Int64OrNull(column) is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
