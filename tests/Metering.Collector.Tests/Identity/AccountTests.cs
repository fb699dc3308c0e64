using System.Text;
using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Audit;
using Metering.Collector.Identity.Keys;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage;
using Xunit;

namespace Metering.Collector.Tests.Identity;

/// <summary>Accounts, passwords, links, sessions and keys, without a web server in front.</summary>
public sealed class AccountTests : IAsyncLifetime
{
    private const string Password = "three blue herons at dawn";

    private static readonly Lazy<string> Hash = new(static () => PasswordHasher.Hash(Password));

    private readonly TemporaryFolder folder = new();
    private readonly ManualTime time = new();
    private SqliteDatabase database = null!;
    private AccountStore accounts = null!;
    private SessionStore sessions = null!;
    private OneTimeLinks links = null!;
    private ApiKeyStore keys = null!;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.Path, time, CancellationToken.None);
        (accounts, sessions, links, keys) = (new(database), new(database), new(database), new(database));
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public void A_password_hash_is_what_another_program_computes()
    {
        // Python 3.11, hashlib.pbkdf2_hmac("sha512", b"three blue herons at dawn", bytes(range(16)), 220000, 64).
        const string stored = "pbkdf2-sha512$220000$AAECAwQFBgcICQoLDA0ODw==$8AlHx/LK3Xw+Z+ao16FoultY3PEHaaswBOEP2t1Uj2lyRITQX84KWarWQd4Mixts/vYizTm830mNgwIHCPqHOQ==";

        Assert.True(PasswordHasher.Fits(Password, stored));
        Assert.False(PasswordHasher.Fits(Password + " ", stored));
        Assert.StartsWith("pbkdf2-sha512$220000$", Hash.Value, StringComparison.Ordinal);
        Assert.NotEqual(Hash.Value, PasswordHasher.Hash(Password));
    }

    [Theory]
    [InlineData("short", "anne", false)]
    [InlineData("aaaaaaaaaaaaaaaa", "anne", false)]
    [InlineData("i am ANNE and nobody else", "anne", false)]
    [InlineData("three blue herons at dawn", "anne", true)]
    public void A_password_is_long_and_not_the_name(string password, string name, bool isGood) =>
        Assert.Equal(isGood, PasswordRules.Fault(password, name) is null);

    [Fact]
    public async Task Ten_wrong_passwords_lock_the_account_and_time_opens_it_again()
    {
        await MakeAsync("anne", Role.Technician);
        using var logins = new LoginService(database, sessions, new AddressFailures(time));
        for (var i = 0; i < LoginService.FailuresMax; i++)
        {
            Assert.Equal(LoginOutcome.Refused, (await logins.LogInAsync("anne", "wrong", "192.0.2.1", CancellationToken.None)).Outcome);
        }

        Assert.Equal(LoginOutcome.Refused, (await logins.LogInAsync("anne", Password, "192.0.2.2", CancellationToken.None)).Outcome);
        time.Now += LoginService.LockedFor + TimeSpan.FromSeconds(1);
        Assert.Equal(LoginOutcome.In, (await logins.LogInAsync("ANNE ", Password, "192.0.2.2", CancellationToken.None)).Outcome);
        Assert.Contains("login.locked", (await new AuditLog(database).ReadAsync(null, 100, CancellationToken.None)).Select(e => e.Action));
    }

    [Fact]
    public async Task Thirty_wrong_passwords_block_the_address_whatever_the_name()
    {
        await MakeAsync("anne", Role.Technician);
        var addresses = new AddressFailures(time);
        using var logins = new LoginService(database, sessions, addresses);
        for (var i = 0; i < AddressFailures.CountMax; i++)
        {
            Assert.False(addresses.IsBlocked("192.0.2.1"));
            addresses.Count("192.0.2.1");
        }

        Assert.Equal(LoginOutcome.TooMany, (await logins.LogInAsync("anne", Password, "192.0.2.1", CancellationToken.None)).Outcome);
        Assert.Equal(LoginOutcome.In, (await logins.LogInAsync("anne", Password, "192.0.2.2", CancellationToken.None)).Outcome);
        time.Now += AddressFailures.Window;
        Assert.Equal(LoginOutcome.In, (await logins.LogInAsync("anne", Password, "192.0.2.1", CancellationToken.None)).Outcome);
    }

    [Fact]
    public void Remembered_addresses_are_bounded()
    {
        var addresses = new AddressFailures(time);
        for (var i = 0; i < AddressFailures.AddressesMax + 10; i++)
        {
            addresses.Count(FormattableString.Invariant($"address {i}"));
        }

        addresses.Count("192.0.2.1");
        Assert.False(addresses.IsBlocked("192.0.2.1"));
    }

    [Fact]
    public async Task A_one_time_link_works_once_and_not_after_its_time()
    {
        var account = await accounts.CreateAsync("anne", new AccountGrant(Role.Analyst, [], []), "test", CancellationToken.None);
        var first = Token(await links.CreateAsync(account.Id, OneTimeLinks.InvitationFor, "test", CancellationToken.None));
        var second = Token(await links.CreateAsync(account.Id, OneTimeLinks.InvitationFor, "test", CancellationToken.None));

        Assert.Null(await links.FindAsync(first, CancellationToken.None));
        Assert.Equal(account.Id, (await links.FindAsync(second, CancellationToken.None))!.Id);
        Assert.NotNull(await links.UseAsync(second, Hash.Value, CancellationToken.None));
        Assert.Null(await links.UseAsync(second, Hash.Value, CancellationToken.None));

        var late = Token(await links.CreateAsync(account.Id, OneTimeLinks.InvitationFor, "test", CancellationToken.None));
        time.Now += OneTimeLinks.InvitationFor;
        Assert.Null(await links.UseAsync(late, Hash.Value, CancellationToken.None));
    }

    [Fact]
    public async Task The_first_administrator_gets_a_link_until_there_is_one()
    {
        var link = await FirstAdministrator.LinkAsync(accounts, links, CancellationToken.None);
        var again = await FirstAdministrator.LinkAsync(accounts, links, CancellationToken.None);

        Assert.Single(await accounts.ListAsync(CancellationToken.None));
        Assert.Null(await links.FindAsync(Token(link!), CancellationToken.None));
        Assert.NotNull(await links.UseAsync(Token(again!), Hash.Value, CancellationToken.None));
        Assert.Null(await FirstAdministrator.LinkAsync(accounts, links, CancellationToken.None));
    }

    [Fact]
    public async Task Disabling_an_account_ends_its_sessions_keys_and_links_at_once()
    {
        var account = await MakeAsync("anne", Role.Technician);
        var session = await sessions.StartAsync(account.Id, "", CancellationToken.None);
        var key = await keys.CreateAsync(SessionStore.UserOf(account), "k", [Permission.ViewBoards], 10, CancellationToken.None);
        var link = Token(await links.CreateAsync(account.Id, OneTimeLinks.InvitationFor, "test", CancellationToken.None));
        Assert.True((await sessions.FindAsync(session, CancellationToken.None)).IsSignedIn);
        Assert.True((await keys.FindAsync(key, CancellationToken.None)).IsSignedIn);

        await accounts.SetDisabledAsync(account.Id, true, "test", CancellationToken.None);

        Assert.False((await sessions.FindAsync(session, CancellationToken.None)).IsSignedIn);
        Assert.False((await keys.FindAsync(key, CancellationToken.None)).IsSignedIn);
        Assert.Null(await links.FindAsync(link, CancellationToken.None));
    }

    [Fact]
    public async Task A_session_ends_without_use_and_at_its_age()
    {
        var account = await MakeAsync("anne", Role.Technician);
        var unused = await sessions.StartAsync(account.Id, "", CancellationToken.None);
        var used = await sessions.StartAsync(account.Id, "", CancellationToken.None);
        for (var hours = 0; hours < 8; hours += 2)
        {
            time.Now += TimeSpan.FromHours(2);
            Assert.True((await sessions.FindAsync(used, CancellationToken.None)).IsSignedIn);
        }

        Assert.False((await sessions.FindAsync(unused, CancellationToken.None)).IsSignedIn);
        for (var hours = 8; hours < 7 * 24; hours += 4)
        {
            Assert.True((await sessions.FindAsync(used, CancellationToken.None)).IsSignedIn);
            time.Now += TimeSpan.FromHours(4);
        }

        Assert.False((await sessions.FindAsync(used, CancellationToken.None)).IsSignedIn);
    }

    [Fact]
    public async Task An_API_key_opens_its_scopes_until_it_is_revoked_or_over()
    {
        var account = await MakeAsync("anne", Role.Landlord);
        var owner = SessionStore.UserOf(account);
        var key = await keys.CreateAsync(owner, "nightly", [Permission.ViewBuildings], 10, CancellationToken.None);
        var other = await keys.CreateAsync(owner, "other", [Permission.ViewBuildings], 10, CancellationToken.None);

        var user = await keys.FindAsync(key, CancellationToken.None);
        Assert.True(user.Has(Permission.ViewBuildings));
        Assert.False(user.Has(Permission.ViewReadings));
        await Assert.ThrowsAsync<AccountException>(() => keys.CreateAsync(owner, "more", [Permission.EditRegistry], 10, CancellationToken.None));
        await Assert.ThrowsAsync<AccountException>(() => keys.CreateAsync(owner, "users", [Permission.UseAccount], 10, CancellationToken.None));
        await Assert.ThrowsAsync<AccountException>(() => keys.CreateAsync(owner, "for ever", [Permission.ViewBuildings], ApiKey.DaysMax + 1, CancellationToken.None));

        Assert.True(await keys.RevokeAsync(owner, user.KeyId!.Value, CancellationToken.None));
        Assert.False((await keys.FindAsync(key, CancellationToken.None)).IsSignedIn);
        time.Now += TimeSpan.FromDays(10);
        Assert.False((await keys.FindAsync(other, CancellationToken.None)).IsSignedIn);
    }

    [Fact]
    public async Task A_change_of_role_takes_effect_with_the_next_request()
    {
        var account = await MakeAsync("anne", Role.Landlord);
        await accounts.GrantAsync(account.Id, new AccountGrant(Role.Landlord, ["b1"], []), "test", CancellationToken.None);
        var session = await sessions.StartAsync(account.Id, "", CancellationToken.None);
        var key = await keys.CreateAsync(SessionStore.UserOf(account), "k", [Permission.ViewBuildings], 10, CancellationToken.None);
        Assert.True((await sessions.FindAsync(session, CancellationToken.None)).Sees("b1"));

        await accounts.GrantAsync(account.Id, new AccountGrant(Role.Occupant, ["b1"], [new("b1", "d1")]), "test", CancellationToken.None);

        var now = await sessions.FindAsync(session, CancellationToken.None);
        Assert.False(now.Sees("b1"));
        Assert.Empty(now.Buildings);
        Assert.True(now.Sees(new DwellingReference("b1", "d1")));
        Assert.False((await keys.FindAsync(key, CancellationToken.None)).Has(Permission.ViewBuildings));
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        var only = await MakeAsync("anne", Role.Administrator);
        await accounts.CreateAsync("invited", new AccountGrant(Role.Administrator, [], []), "test", CancellationToken.None);

        await Assert.ThrowsAsync<AccountException>(() => accounts.SetDisabledAsync(only.Id, true, "test", CancellationToken.None));
        await Assert.ThrowsAsync<AccountException>(() => accounts.GrantAsync(only.Id, new AccountGrant(Role.Analyst, [], []), "test", CancellationToken.None));
        await Assert.ThrowsAsync<AccountException>(() => accounts.EraseAsync(only.Id, "test", CancellationToken.None));
        await MakeAsync("bert", Role.Administrator);
        await accounts.SetDisabledAsync(only.Id, true, "test", CancellationToken.None);
    }

    [Fact]
    public async Task Erasing_a_person_leaves_a_number_and_no_name()
    {
        var account = await MakeAsync("anne.martin@example.org", Role.Technician);
        await accounts.EraseAsync(account.Id, "test", CancellationToken.None);

        Assert.Empty(await accounts.ListAsync(CancellationToken.None));
        Assert.Null((await new AuditLog(database).VerifyAsync(CancellationToken.None)).BrokenAt);
        Assert.DoesNotContain(await new AuditLog(database).ReadAsync(null, 100, CancellationToken.None), e => e.ToString().Contains("martin", StringComparison.Ordinal));
        await MakeAsync("anne.martin@example.org", Role.Analyst);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("<script>")]
    [InlineData("a b c")]
    [InlineData("émile")]
    [InlineData("ANNE")]
    public async Task A_name_that_is_odd_or_taken_is_refused(string name)
    {
        await MakeAsync("anne", Role.Analyst);
        await Assert.ThrowsAsync<AccountException>(() => accounts.CreateAsync(name, new AccountGrant(Role.Analyst, [], []), "test", CancellationToken.None));
    }

    [Fact]
    public async Task No_secret_is_stored_in_the_clear()
    {
        var account = await MakeAsync("anne", Role.Administrator);
        string[] secrets =
        [
            Password,
            await sessions.StartAsync(account.Id, "", CancellationToken.None),
            await keys.CreateAsync(SessionStore.UserOf(account), "k", [Permission.ViewBoards], 10, CancellationToken.None),
            Token(await links.CreateAsync(account.Id, OneTimeLinks.InvitationFor, "test", CancellationToken.None)),
        ];
        await database.DisposeAsync();

        var files = Directory.GetFiles(folder.Path).Select(f => Encoding.Latin1.GetString(File.ReadAllBytes(f))).ToList();
        Assert.Contains(files, f => f.Contains("anne", StringComparison.Ordinal));
        Assert.All(secrets, secret => Assert.DoesNotContain(files, f => f.Contains(secret, StringComparison.Ordinal)));
        database = await SqliteDatabase.OpenAsync(folder.Path, time, CancellationToken.None);
    }

    private async Task<Account> MakeAsync(string name, Role role)
    {
        var account = await accounts.CreateAsync(name, new AccountGrant(role, [], []), "test", CancellationToken.None);
        return await accounts.SetPasswordAsync(account.Id, Hash.Value, "test", CancellationToken.None);
    }

    private static string Token(string link) => link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..];
}
