using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Metering.Collector.Alerts;
using Metering.Collector.Hosting;
using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Keys;
using Metering.Collector.Identity.Sessions;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Storage.Weather;
using Metering.Collector.Tests.Storage;
using Metering.Collector.Web;
using Metering.Core.Alerts;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Metering.Collector.Tests.Api;

/// <summary>
/// A real collector on loopback with ten days of one board: a meter of 10 Wh a pulse that counts 3 pulses each ten minutes,
/// and a room. The examples of docs/api.md run against it.
/// </summary>
public sealed partial class ApiHost : IAsyncLifetime
{
    internal const string Board = Samples.Board;
    internal const int SampleCount = 10 * 144;
    internal static readonly DateTimeOffset T0 = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private SqliteDatabase database = null!;
    private CollectorHost host = null!;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>The demo, whose visitor is an administrator with a session; else an API key with every scope that a key may have.</summary>
    internal bool IsDemo { get; init; }

    internal string Key { get; private set; } = "";

    internal IServiceProvider Services => host.Services;

    internal int MqttPort => host.Mqtt!.Port;

    public async Task InitializeAsync()
    {
        database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        await new RegistryStore(database).SaveAsync(Registry(), "anne", "set up", default);
        await new SqliteReadingStore(database).AppendAsync(
            [.. Enumerable.Range(0, SampleCount).Select(i => Samples.Of(
                1, i + 1, T0.AddMinutes(10 * i), pulses: 1000 + (3L * i), temperature: 2700 + (i % 144), humidity: 7000, up: 600L * (i + 1)))],
            default);
        await new Quarantine(database).HoldAsync(new HeldMessage("mqtt", $"metering/v1/{Board}/readings", "{"u8.ToArray(), "The payload is not JSON in UTF-8."), default);
        await new WeatherStore(database).AddAsync(
            "97101001", [.. Enumerable.Range(0, 48).Select(i => new WeatherHour(T0.AddHours(i), 25 + i % 3, 80, 1014, 3, 0, 0))], "test", default);
        await new AlertLedger(database).SaveAsync([new AlertChange(new AlertKey(AlertKind.SilentBoard, Board), true, 90)], [], T0, default);
        host = CollectorHost.Create(
            new CollectorSettings
            {
                Mqtt = new MqttSettings { Port = 0, Anonymous = true },
                Http = new HttpSettings { Port = 0 },
                Alerts = new AlertSettings { EverySeconds = 3600 },
            },
            database, TimeProvider.System, IsDemo ? new PageScope(static request => request) { Gate = new AlertGate(T0) } : null);
        await host.StartAsync(default);
        Http = new HttpClient { BaseAddress = new Uri($"http://{host.Http}/") };
        if (IsDemo)
        {
            var page = await Http.GetStringAsync(new Uri("/", UriKind.Relative));
            Http.DefaultRequestHeaders.Add(FormToken.HeaderName, FormTokenOf().Match(page).Groups[1].Value);
        }
        else
        {
            Key = await KeyAsync(new AccountGrant(Role.Administrator, [], []), "program");
            Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        }
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await host.StopAsync(default);
        await host.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>A new account and a key of it with every scope.</summary>
    internal async Task<string> KeyAsync(AccountGrant grant, string name)
    {
        var account = await Services.GetRequiredService<AccountStore>().CreateAsync(name, grant, "test", default);
        var owner = new CurrentUser { AccountId = account.Id, Name = name, Role = grant.Role, Buildings = grant.Buildings, Dwellings = grant.Dwellings };
        return await Services.GetRequiredService<ApiKeyStore>().CreateAsync(
            owner, "test", [.. RoleTable.KeyScopes.Where(scope => RoleTable.Allows(grant.Role, scope))], 30, default);
    }

    internal async Task<JsonElement> JsonAsync(string address, int status = 200)
    {
        using var answer = await Http.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));
        return await ReadAsync(answer, status);
    }

    internal async Task<JsonElement> SendAsync(HttpMethod method, string address, string body, int status, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (ifMatch is not null)
        {
            request.Headers.IfMatch.Add(EntityTagHeaderValue.Parse(ifMatch));
        }

        using var answer = await Http.SendAsync(request);
        return await ReadAsync(answer, status);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {answer.RequestMessage!.RequestUri}: {text}");
        Assert.Equal(status < 400 ? "application/json" : "application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    internal static RegistrySnapshot Registry() => new()
    {
        Sites = [new Site { Id = "pap", Name = "Pointe-à-Pitre", TimeZone = "America/Guadeloupe", Latitude = 16.24, Longitude = -61.53, AltitudeM = 8 }],
        Buildings =
        [
            new Building { Id = "b1", SiteId = "pap", Name = "Résidence A", Use = BuildingUse.NaturallyVentilatedTropicalDwelling, FloorAreaM2 = 100, Simulated = true },
            new Building { Id = "b2", SiteId = "pap", Name = "Office", Use = BuildingUse.AirConditionedOffice },
        ],
        Zones = [new Zone { Id = "z1", BuildingId = "b1", Name = "Séjour" }],
        Boards = [new BoardRecord { Board = Board, BuildingId = "b1", Place = "panel" }],
        Points =
        [
            new MeteringPoint { Id = "meter", BuildingId = "b1", Name = "Main meter", Use = PointUse.Total, MaxPowerW = 9000 },
            new MeteringPoint { Id = "room", BuildingId = "b1", ZoneId = "z1", Name = "Séjour", Use = PointUse.IndoorClimate },
        ],
        Assignments =
        [
            new ChannelAssignment { PointId = "meter", Board = Board, Channel = "ch1", Quantity = Quantity.PulseRegister, From = T0 },
            new ChannelAssignment { PointId = "room", Board = Board, Channel = "t1", Quantity = Quantity.AirTemperature, From = T0 },
            new ChannelAssignment { PointId = "room", Board = Board, Channel = "rh1", Quantity = Quantity.RelativeHumidity, From = T0 },
        ],
        RegulatoryValues =
        [
            new RegulatoryValue { BuildingId = "b1", Kind = RegulatoryKind.Dpeg, Phase = Phase.Before, Label = "F", MethodVersion = "2021", Author = "office", Date = new DateOnly(2024, 5, 1) },
        ],
    };

    [GeneratedRegex("<meta name=\"form-token\" content=\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex FormTokenOf();
}

/// <summary>The demo of <see cref="ApiHost"/>, for tests that make changes from a session.</summary>
public sealed class DemoApiHost : IAsyncLifetime
{
    internal ApiHost Host { get; } = new() { IsDemo = true };

    public Task InitializeAsync() => Host.InitializeAsync();

    public Task DisposeAsync() => Host.DisposeAsync();
}
