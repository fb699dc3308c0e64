using Metering.Collector.Identity.Audit;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Identity.Accounts;

/// <summary>How a login ended.</summary>
internal enum LoginOutcome
{
    In = 0,

    /// <summary>Wrong name, wrong password, disabled or locked: who tries learns no more than that.</summary>
    Refused = 1,

    /// <summary>Too many tries from this address, or too many at once.</summary>
    TooMany = 2,
}

/// <summary>
/// Checks passwords, slowly and not too often. An account is locked for a while after
/// <see cref="FailuresMax"/> wrong passwords in a row, an address after <see cref="AddressFailures.CountMax"/> in a quarter of an hour.
/// </summary>
internal sealed class LoginService(SqliteDatabase database, SessionStore sessions, AddressFailures addresses) : IDisposable
{
    /// <summary>Wrong passwords in a row that lock an account.</summary>
    public const int FailuresMax = 10;

    /// <summary>For how long.</summary>
    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    /// <summary>Passwords that are hashed at once: each takes a core for a tenth of a second.</summary>
    private const int HashingMax = 2;

    /// <summary>Logins that may wait for their turn; more are sent away at once.</summary>
    private const int WaitingMax = 32;

    private readonly SemaphoreSlim turns = new(HashingMax, HashingMax);
    private int waiting;

    /// <summary>Checks name and password; the token of a new session when they are right.</summary>
    public async Task<(LoginOutcome Outcome, string? Token)> LogInAsync(string name, string password, string address, CancellationToken cancellationToken)
    {
        if (addresses.IsBlocked(address) || !await TakeTurnAsync(cancellationToken).ConfigureAwait(false))
        {
            return (LoginOutcome.TooMany, null);
        }

        bool fits;
        Stored? stored;
        try
        {
            stored = await FindAsync(name.Trim(), cancellationToken).ConfigureAwait(false);
            fits = await Task.Run(() => PasswordHasher.Fits(password, stored?.Password), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turns.Release();
        }

        var now = database.Time.GetUtcNow();
        if (stored is null || !fits || stored.IsDisabled || stored.LockedUntilMs > now.ToUnixTimeMilliseconds())
        {
            addresses.Count(address);
            await FailAsync(stored, now, address, cancellationToken).ConfigureAwait(false);
            return (LoginOutcome.Refused, null);
        }

        return (LoginOutcome.In, await sessions.StartAsync(stored.Id, address, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whether it is the account's password; counts like a login.</summary>
    public async Task<bool> ConfirmAsync(Account account, string password, string address, CancellationToken cancellationToken)
    {
        var (outcome, token) = await LogInAsync(account.Name, password, address, cancellationToken).ConfigureAwait(false);
        if (token is not null)
        {
            await sessions.EndAsync(token, cancellationToken).ConfigureAwait(false);
        }

        return outcome == LoginOutcome.In;
    }

    /// <summary>Hashes a new password, in turn like every other.</summary>
    /// <returns>The hash, or null: too many at once.</returns>
    public async Task<string?> HashAsync(string password, CancellationToken cancellationToken)
    {
        if (!await TakeTurnAsync(cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        try
        {
            return await Task.Run(() => PasswordHasher.Hash(password), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();

    private async Task<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref waiting) > WaitingMax)
        {
            Interlocked.Decrement(ref waiting);
            return false;
        }

        try
        {
            await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private Task<Stored?> FindAsync(string name, CancellationToken cancellationToken) => database.ReadAsync(
        session =>
        {
            var query = session.Prepare("SELECT id, password, disabled_ms IS NOT NULL, coalesce(locked_until_ms, 0) FROM account WHERE name = ?").Bind(1, name);
            if (!query.Step())
            {
                return null;
            }

            var found = new Stored(query.Int64(0), query.TextOrNull(1), query.Int64(2) != 0, query.Int64(3));
            query.Reset();
            return found;
        },
        cancellationToken);

    private async Task FailAsync(Stored? stored, DateTimeOffset now, string address, CancellationToken cancellationToken)
    {
        if (stored is null)
        {
            return;
        }

        await database.Writer.WriteAsync(
            session =>
            {
                session.Prepare("UPDATE account SET failures = failures + 1 WHERE id = ?").Bind(1, stored.Id).Execute();
                var locked = session.Prepare("UPDATE account SET failures = 0, locked_until_ms = ? WHERE id = ? AND failures >= ?")
                    .Bind(1, (now + LockedFor).ToUnixTimeMilliseconds()).Bind(2, stored.Id).Bind(3, FailuresMax).Execute() > 0;
                AuditLog.Append(session, now, "nobody", locked ? "login.locked" : "login.refused", AccountStore.Subject(stored.Id), "", address);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private sealed record Stored(long Id, string? Password, bool IsDisabled, long LockedUntilMs);
}
