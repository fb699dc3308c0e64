using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Audit;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Identity.Accounts;

/// <summary>The accounts. Each change and its entry in the audit log are one transaction.</summary>
internal sealed class AccountStore(SqliteDatabase database)
{
    /// <summary>Accounts of one installation.</summary>
    public const int CountMax = 10_000;

    private const int NameCharsMin = 3;
    private const int NameCharsMax = 64;
    private const string Columns = "id, name, role, password IS NOT NULL, disabled_ms, last_login_ms, locked_until_ms";

    /// <summary>Every account that was not erased, by name.</summary>
    public Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Account>>(
            static session => Read(session, session.Prepare($"SELECT {Columns} FROM account WHERE erased_ms IS NULL ORDER BY name")), cancellationToken);

    /// <summary>One account, or null.</summary>
    public Task<Account?> FindAsync(long id, CancellationToken cancellationToken) =>
        database.ReadAsync(session => Find(session, id), cancellationToken);

    /// <summary>One account by its name, or null.</summary>
    public Task<Account?> FindAsync(string name, CancellationToken cancellationToken) =>
        database.ReadAsync(
            session => Read(session, session.Prepare($"SELECT {Columns} FROM account WHERE erased_ms IS NULL AND name = ?").Bind(1, name)).FirstOrDefault(), cancellationToken);

    /// <summary>Makes an account without a password; a one-time link lets its owner set one.</summary>
    /// <exception cref="AccountException">The name is taken or cannot be one.</exception>
    public Task<Account> CreateAsync(string name, AccountGrant grant, string actor, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is < NameCharsMin or > NameCharsMax || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@' or '+'))
        {
            throw new AccountException($"Un nom a {NameCharsMin} à {NameCharsMax} lettres (a à z), chiffres, ou . - _ @ +.", $"A name has {NameCharsMin} to {NameCharsMax} letters (a to z), digits, or . - _ @ +.");
        }

        return ChangeAsync(
            session =>
            {
                if (session.Scalar("SELECT count(*) FROM account") >= CountMax)
                {
                    throw new AccountException(FormattableString.Invariant($"Il y a {CountMax} comptes ; c’est le maximum."), FormattableString.Invariant($"There are {CountMax} accounts; no more are taken."));
                }

                var taken = session.Prepare("SELECT 1 FROM account WHERE name = ?").Bind(1, name);
                if (taken.Step())
                {
                    taken.Reset();
                    throw new AccountException("Un compte porte déjà ce nom.", "There is an account of that name.");
                }

                session.Prepare("INSERT INTO account (name, role, created_ms) VALUES (?,?,?)")
                    .Bind(1, name).Bind(2, grant.Role.Name()).Bind(3, Now).Execute();
                var id = session.LastInsertId;
                Grant(session, id, grant);
                return id;
            },
            actor, "account.create", grant.Role.Name(), cancellationToken);
    }

    /// <summary>Gives another role, other buildings or dwellings.</summary>
    /// <exception cref="AccountException">No such account, or it is the last administrator.</exception>
    public Task<Account> GrantAsync(long id, AccountGrant grant, string actor, CancellationToken cancellationToken) => ChangeAsync(
        session =>
        {
            if (grant.Role != Role.Administrator)
            {
                RefuseLastAdministrator(session, id);
            }

            session.Prepare("UPDATE account SET role = ? WHERE id = ? AND erased_ms IS NULL").Bind(1, grant.Role.Name()).Bind(2, id).Execute();
            Grant(session, id, grant);
            return id;
        },
        actor, "account.grant", grant.Role.Name(), cancellationToken);

    /// <summary>Locks an account out at once, sessions, links and keys included, or lets it in again.</summary>
    /// <exception cref="AccountException">No such account, or it is the last administrator.</exception>
    public Task<Account> SetDisabledAsync(long id, bool disabled, string actor, CancellationToken cancellationToken) => ChangeAsync(
        session =>
        {
            if (disabled)
            {
                RefuseLastAdministrator(session, id);
                Leave(session, id);
            }

            session.Prepare("UPDATE account SET disabled_ms = ?, failures = 0, locked_until_ms = NULL WHERE id = ?").Bind(1, disabled ? Now : null).Bind(2, id).Execute();
            return id;
        },
        actor, disabled ? "account.disable" : "account.enable", "", cancellationToken);

    /// <summary>Sets a password and ends every session and link of the account.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="hash">From <see cref="PasswordHasher.Hash"/>.</param>
    /// <param name="actor">Who set it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<Account> SetPasswordAsync(long id, string hash, string actor, CancellationToken cancellationToken) => ChangeAsync(
        session =>
        {
            Leave(session, id);
            session.Prepare("UPDATE account SET password = ?, failures = 0, locked_until_ms = NULL WHERE id = ? AND disabled_ms IS NULL").Bind(1, hash).Bind(2, id).Execute();
            return id;
        },
        actor, "account.password", "", cancellationToken);

    /// <summary>
    /// Erases a person: name, password, sessions, links and keys go, the number stays, so that log and ledgers still tell one
    /// from another without naming anybody.
    /// </summary>
    /// <exception cref="AccountException">No such account, or it is the last administrator.</exception>
    public Task EraseAsync(long id, string actor, CancellationToken cancellationToken) => database.Writer.WriteAsync(
        session =>
        {
            _ = Find(session, id) ?? throw new AccountException("Ce compte n’existe pas.", "There is no such account.");
            RefuseLastAdministrator(session, id);
            Erase(session, id, database.Time.GetUtcNow(), actor);
            return true;
        },
        cancellationToken);

    /// <summary>Erases inside a transaction.</summary>
    internal static void Erase(SqliteSession session, long id, DateTimeOffset now, string actor)
    {
        Leave(session, id);
        session.Prepare("DELETE FROM api_key WHERE account_id = ?").Bind(1, id).Execute();
        session.Prepare("DELETE FROM account_scope WHERE account_id = ?").Bind(1, id).Execute();
        session.Prepare("UPDATE account SET name = 'erased-' || id, password = NULL, subject = NULL, last_login_ms = NULL, disabled_ms = coalesce(disabled_ms, ?1), erased_ms = ?1 WHERE id = ?2")
            .Bind(1, now.ToUnixTimeMilliseconds()).Bind(2, id).Execute();
        AuditLog.Append(session, now, actor, "account.erase", Subject(id), "");
    }

    /// <summary>Whether somebody can log in and manage users.</summary>
    public Task<bool> HasAdministratorAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(static session => session.Scalar(
            "SELECT count(*) FROM account WHERE role = 'administrator' AND password IS NOT NULL AND disabled_ms IS NULL") > 0, cancellationToken);

    internal static Account? Find(SqliteSession session, long id) =>
        Read(session, session.Prepare($"SELECT {Columns} FROM account WHERE erased_ms IS NULL AND id = ?").Bind(1, id)).FirstOrDefault();

    internal static string Subject(long id) => FormattableString.Invariant($"account:{id}");

    private long Now => database.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private Task<Account> ChangeAsync(Func<SqliteSession, long> change, string actor, string action, string detail, CancellationToken cancellationToken) =>
        database.Writer.WriteAsync(
            session =>
            {
                var id = change(session);
                var account = Find(session, id) ?? throw new AccountException("Ce compte n’existe pas.", "There is no such account.");
                AuditLog.Append(session, database.Time.GetUtcNow(), actor, action, Subject(id), detail);
                return account;
            },
            cancellationToken);

    private static void Leave(SqliteSession session, long id)
    {
        session.Prepare("DELETE FROM session WHERE account_id = ?").Bind(1, id).Execute();
        session.Prepare("DELETE FROM one_time_link WHERE account_id = ?").Bind(1, id).Execute();
    }

    private static void Grant(SqliteSession session, long id, AccountGrant grant)
    {
        var trimmed = grant.Trimmed();
        if (trimmed.Buildings.Count + trimmed.Dwellings.Count > AccountGrant.CountMax)
        {
            throw new AccountException(FormattableString.Invariant($"Un compte a au plus {AccountGrant.CountMax} bâtiments ou logements."), FormattableString.Invariant($"An account has at most {AccountGrant.CountMax} buildings or dwellings."));
        }

        session.Prepare("DELETE FROM account_scope WHERE account_id = ?").Bind(1, id).Execute();
        foreach (var (building, dwelling) in trimmed.Buildings.Select(static b => (b, "")).Concat(trimmed.Dwellings.Select(static d => (d.BuildingId, d.DwellingId))))
        {
            session.Prepare("INSERT OR IGNORE INTO account_scope (account_id, building, dwelling) VALUES (?,?,?)").Bind(1, id).Bind(2, building).Bind(3, dwelling).Execute();
        }
    }

    private static void RefuseLastAdministrator(SqliteSession session, long id)
    {
        var other = session.Prepare("SELECT count(*) FROM account WHERE role = 'administrator' AND password IS NOT NULL AND disabled_ms IS NULL AND id <> ?").Bind(1, id);
        var others = other.Step() ? other.Int64(0) : 0;
        other.Reset();
        if (others == 0 && Find(session, id) is { Role: Role.Administrator, HasPassword: true, Disabled: null })
        {
            throw new AccountException("C’est le dernier administrateur qui peut se connecter ; en créer un autre d’abord.", "This is the last administrator who can log in; make another one first.");
        }
    }

    private static List<Account> Read(SqliteSession session, SqliteStatement query)
    {
        var accounts = new List<Account>();
        while (query.Step())
        {
            accounts.Add(new Account
            {
                Id = query.Int64(0),
                Name = query.Text(1),
                Role = AccessNames.TryRole(query.Text(2), out var role) ? role : throw new FormatException("An account has an unknown role."),
                HasPassword = query.Int64(3) != 0,
                Disabled = Time(query, 4),
                LastLogin = Time(query, 5),
                LockedUntil = Time(query, 6),
            });
        }

        return [.. accounts.Select(a => WithScopes(session, a))];
    }

    private static Account WithScopes(SqliteSession session, Account account)
    {
        var query = session.Prepare("SELECT building, dwelling FROM account_scope WHERE account_id = ? ORDER BY building, dwelling").Bind(1, account.Id);
        var buildings = new List<string>();
        var dwellings = new List<DwellingReference>();
        while (query.Step())
        {
            var (building, dwelling) = (query.Text(0), query.Text(1));
            if (dwelling.Length == 0)
            {
                buildings.Add(building);
            }
            else
            {
                dwellings.Add(new DwellingReference(building, dwelling));
            }
        }

        return account with { Buildings = buildings, Dwellings = dwellings };
    }

    private static DateTimeOffset? Time(SqliteStatement row, int column) =>
        row.Int64OrNull(column) is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}
