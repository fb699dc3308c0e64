using System.Net.Http.Headers;
using System.Text.Json;
using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Xunit;

namespace Metering.Collector.Tests.Api;

/// <summary>The same addresses with the keys of others: who may not see a building finds it nowhere, not even by its alerts.</summary>
public sealed class ScopeTests(ApiHost host) : IClassFixture<ApiHost>
{
    [Fact]
    public async Task A_landlord_finds_nothing_of_a_building_of_others()
    {
        var key = await host.KeyAsync(new AccountGrant(Role.Landlord, ["b2"], []), "landlord-of-b2");

        Assert.Equal(["b2"], Ids(await ReadAsync(key, "api/v1/buildings", 200), "id"));
        Assert.Equal(["b2"], Ids(await ReadAsync(key, "sensorthings/v1.1/Things", 200), "@iot.id"));
        Assert.Empty(Ids(await ReadAsync(key, "sensorthings/v1.1/Datastreams", 200), "@iot.id"));
        Assert.Empty(Ids(await ReadAsync(key, "sensorthings/v1.1/Observations", 200), "@iot.id"));
        foreach (var list in new[] { "points", "channels", "zones", "boards", "alerts", "quarantine", "corrections", "notes" })
        {
            Assert.Empty(Ids(await ReadAsync(key, "api/v1/" + list, 200), "id"));
        }

        foreach (var hidden in new[] { "buildings/b1", "buildings/b1/consumption", "points/meter", "points/meter/readings", "points/meter/quality", $"boards/{ApiHost.Board}", "alerts/1", "quarantine/1" })
        {
            await ReadAsync(key, "api/v1/" + hidden, 404);
        }

        await ReadAsync(key, "api/v1/registry", 403);
        await ReadAsync(key, "metrics", 403);
    }

    [Fact]
    public async Task An_occupant_reads_no_building_and_no_board()
    {
        var key = await host.KeyAsync(new AccountGrant(Role.Occupant, [], [new DwellingReference("b1", "none")]), "occupant");

        foreach (var address in new[] { "api/v1/buildings", "api/v1/buildings/b1/comfort", "api/v1/boards", "api/v1/alerts", "api/v1/quarantine", "api/v1/corrections" })
        {
            await ReadAsync(key, address, 403);
        }

        Assert.Empty(Ids(await ReadAsync(key, "api/v1/points", 200), "id"));
        Assert.Empty(Ids(await ReadAsync(key, "sensorthings/v1.1/Datastreams", 200), "@iot.id"));
    }

    [Fact]
    public async Task An_analyst_gets_readings_and_no_words_that_people_wrote()
    {
        var made = await host.SendAsync(
            HttpMethod.Post, "api/v1/corrections",
            $$"""{ "kind": "Exclude", "board": "{{ApiHost.Board}}", "channel": "rh1", "from": "2026-03-01", "to": "2026-03-02", "reason": "Madame X moved the sensor" }""", 201);
        Assert.Contains("Madame X", made.GetProperty("reason").GetString(), StringComparison.Ordinal);
        var key = await host.KeyAsync(new AccountGrant(Role.Analyst, [], []), "analyst");

        Assert.DoesNotContain("Madame X", (await ReadAsync(key, "api/v1/corrections", 200)).GetRawText(), StringComparison.Ordinal);
        var buildings = await ReadAsync(key, "api/v1/buildings", 200);
        Assert.Equal(2, buildings.GetProperty("items").GetArrayLength());
        Assert.DoesNotContain("Résidence A", buildings.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Résidence A", (await ReadAsync(key, "sensorthings/v1.1/Things?$expand=Datastreams", 200)).GetRawText(), StringComparison.Ordinal);
        Assert.Empty(Ids(await ReadAsync(key, "api/v1/quarantine", 200), "id"));
        await ReadAsync(key, "api/v1/boards", 403);
    }

    [Fact]
    public async Task Without_a_key_there_is_nothing()
    {
        foreach (var address in new[] { "api/v1/buildings", "api/v1/nothing", "sensorthings/v1.1", "metrics", "openapi/v1.json" })
        {
            await ReadAsync(null, address, 401);
        }
    }

    private static List<string?> Ids(JsonElement page, string name) =>
        [.. (page.TryGetProperty("items", out var items) ? items : page.GetProperty("value")).EnumerateArray().Select(e => e.TryGetProperty(name, out var id) ? id.ToString() : "?")];

    private async Task<JsonElement> ReadAsync(string? key, string address, int status)
    {
        using var http = new HttpClient { BaseAddress = host.Http.BaseAddress };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http.GetAsync(new Uri(address, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode} {address}: {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
