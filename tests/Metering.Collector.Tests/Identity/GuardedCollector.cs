using System.Net;
using System.Text.RegularExpressions;
using Metering.Collector.Hosting;
using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Keys;
using Metering.Collector.Identity.Privacy;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Storage;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Metering.Collector.Tests.Identity;

/// <summary>
/// A collector as <c>serve</c> runs it, on loopback, with two buildings: "own" and "other". Each has a point in its common
/// parts and one in a dwelling; a landlord and an occupant belong to "own".
/// </summary>
public sealed partial class GuardedCollector : IAsyncLifetime
{
    internal const string Password = "three blue herons at dawn";

    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<Role, Account> accounts = [];
    private readonly Dictionary<Role, string> sessions = [];
    private readonly Dictionary<Role, string> forms = [];
    private readonly Dictionary<Role, string> keys = [];
    private int made;
    private SqliteDatabase database = null!;
    private CollectorHost host = null!;

    internal static string Board(string building) => building == "own" ? Samples.Board : Samples.OtherBoard;

    internal ManualTime Time { get; } = new();

    internal HttpClient Client { get; private set; } = null!;

    internal SqliteDatabase Database => database;

    internal CollectorHost Host => host;

    internal string DataFolder => folder.Path;

    internal T Service<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    internal Account AccountOf(Role role) => accounts[role];

    internal string SessionOf(Role role) => sessions[role];

    internal string KeyOf(Role role) => keys[role];

    /// <summary>The form token that the account page prints for a role.</summary>
    internal string FormOf(Role role) => forms[role];

    /// <summary>The pseudonym that analysts see of an id inside a dwelling.</summary>
    internal string Pseudonym(string id) => Service<Pseudonyms>().Of(id);

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.Path, Time, CancellationToken.None);
        await new RegistryStore(database).SaveAsync(Registry(), "test", "made", CancellationToken.None);
        var store = new SqliteReadingStore(database);
        foreach (var building in new[] { "own", "other" })
        {
            await store.AppendAsync(Samples.Series(Time.Now.AddDays(-3), TimeSpan.FromMinutes(10), 400, Board(building)), CancellationToken.None);
        }

        host = CollectorHost.Create(Settings(), database, Time);
        await host.StartAsync(CancellationToken.None);
        Client = NewClient();
        foreach (var role in Enum.GetValues<Role>())
        {
            await AddAsync(role);
        }
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await host.StopAsync(CancellationToken.None);
        await host.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    internal static CollectorSettings Settings() => new() { Mqtt = new MqttSettings { Port = -1 }, Http = new HttpSettings { Port = 0 } };

    internal HttpClient NewClient() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{host.Http!.Port}"),
    };

    /// <summary>Asks as a role (null: nobody), the way a program or a browser's script does.</summary>
    internal async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, Role? role, IReadOnlyDictionary<string, string>? form = null, bool withKey = false, bool asPage = false, bool withToken = true, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Accept", asPage ? "text/html" : "application/json");
        if (role is { } somebody)
        {
            if (withKey)
            {
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + keys[somebody]);
            }
            else
            {
                request.Headers.TryAddWithoutValidation("Cookie", "metering-session=" + sessions[somebody]);
            }
        }

        if (method != HttpMethod.Get && method != HttpMethod.Head)
        {
            var fields = new Dictionary<string, string>(form ?? new Dictionary<string, string>());
            if (withToken && role is { } known && !withKey)
            {
                fields["form-token"] = forms[known];
            }

            if (fields.TryGetValue("form-token", out var token))
            {
                request.Headers.Add("X-Form-Token", token);
            }

            request.Content = json is null ? new FormUrlEncodedContent(fields) : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        }

        return await Client.SendAsync(request);
    }

    /// <summary>The body of a page that was answered with 200.</summary>
    internal async Task<string> PageAsync(string path, Role role, bool asPage = true)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, role, asPage: asPage);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The form token on a page.</summary>
    internal static string TokenOn(string page) => FieldPattern().Match(page).Groups[1].Value;

    /// <summary>A new account that requests may change.</summary>
    internal async Task<long> NewAccountAsync()
    {
        var number = Interlocked.Increment(ref made);
        var grant = new AccountGrant(Role.Occupant, [], []);
        return (await Service<AccountStore>().CreateAsync(FormattableString.Invariant($"guest-{number}"), grant, "test", CancellationToken.None)).Id;
    }

    /// <summary>Gives a role a new session, and the form token that goes with it.</summary>
    internal async Task LogInAgainAsync(Role role)
    {
        sessions[role] = await Service<SessionStore>().StartAsync(accounts[role].Id, "", CancellationToken.None);
        forms[role] = TokenOn(await PageAsync("/account", role));
    }

    private async Task AddAsync(Role role)
    {
        var grant = new AccountGrant(role, ["own"], [new DwellingReference("own", "d-own")]);
        var account = await Service<AccountStore>().CreateAsync(role.Name(), grant, "test", CancellationToken.None);
        account = await Service<AccountStore>().SetPasswordAsync(account.Id, SharedHash.Value, "test", CancellationToken.None);
        accounts[role] = account;
        var user = SessionStore.UserOf(account);
        keys[role] = await Service<ApiKeyStore>().CreateAsync(user, "test", [.. RoleTable.KeyScopes.Where(user.Has)], 30, CancellationToken.None);
        await LogInAgainAsync(role);
        Assert.Equal(43, forms[role].Length);
    }

    private static readonly Lazy<string> SharedHash = new(static () => PasswordHasher.Hash(Password));

    private RegistrySnapshot Registry() => new()
    {
        Sites = [new Site { Id = "site", Name = "Rue des Lilas", TimeZone = "Europe/Paris" }],
        Buildings = [.. Both(b => new Building { Id = b, SiteId = "site", Name = "Résidence " + b, Owner = "Office " + b, Address = "12 rue des Lilas", Use = BuildingUse.MetropolitanDwelling, Dwellings = 4 })],
        Zones = [.. Both(b => new Zone { Id = "flat-" + b, BuildingId = b, Name = "Famille Dupont-" + b, DwellingId = "d-" + b })],
        Boards = [.. Both(b => new BoardRecord { Board = Board(b), BuildingId = b, Place = "chez Dupont" })],
        Points =
        [
            .. Both(b => new MeteringPoint { Id = "common-" + b, BuildingId = b, Name = "Parties communes", Use = PointUse.CommonParts }),
            .. Both(b => new MeteringPoint { Id = "salon-dupont-" + b, BuildingId = b, ZoneId = "flat-" + b, Name = "Salon Dupont-" + b, Use = PointUse.IndoorClimate }),
        ],
        Assignments =
        [
            .. Both(b => Assignment("common-" + b, Board(b), "ch1", Quantity.PulseRegister)),
            .. Both(b => Assignment("salon-dupont-" + b, Board(b), "t1", Quantity.AirTemperature)),
            .. Both(b => Assignment("salon-dupont-" + b, Board(b), "rh1", Quantity.RelativeHumidity)),
        ],
    };

    private ChannelAssignment Assignment(string point, string board, string channel, Quantity quantity) => new()
    {
        PointId = point, Board = board, Channel = channel, Quantity = quantity, From = Time.Now.AddDays(-10), MeterSerial = "SN-" + board,
    };

    private static IEnumerable<T> Both<T>(Func<string, T> make) => new[] { "own", "other" }.Select(make);

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex FieldPattern();
}
