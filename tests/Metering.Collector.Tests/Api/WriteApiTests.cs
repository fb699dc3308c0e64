using System.Text;
using System.Text.Json;
using Metering.Mqtt.Client;
using Metering.Mqtt.Codec;
using Xunit;

namespace Metering.Collector.Tests.Api;

/// <summary>Changes, made from a session as a page makes them. Tests share a collector and look at what they changed only.</summary>
public sealed class WriteApiTests(DemoApiHost demo) : IClassFixture<DemoApiHost>
{
    private readonly ApiHost host = demo.Host;

    [Fact]
    public async Task An_edit_of_the_registry_is_a_version_and_a_stale_one_is_refused()
    {
        using var read = await host.Http.GetAsync(new Uri("api/v1/registry", UriKind.Relative));
        var tag = read.Headers.ETag!.ToString();
        const string zone = """{ "buildingId": "b1", "name": "Chambre", "dwellingId": "d1" }""";

        var saved = await host.SendAsync(HttpMethod.Put, "api/v1/registry/zones/z2?reason=forgotten", zone, 200, tag);
        Assert.NotEqual(tag, $"\"registry-{saved.GetProperty("version").GetInt64()}\"");
        await host.SendAsync(HttpMethod.Put, "api/v1/registry/zones/z3?reason=late", zone, 412, tag);
        await host.SendAsync(HttpMethod.Put, "api/v1/registry/zones/z2?reason=again", zone, 200);
        Assert.Equal(["z1", "z2"], (await host.JsonAsync("api/v1/zones")).GetProperty("items").EnumerateArray().Select(z => z.GetProperty("id").GetString()));
        Assert.Equal("forgotten", (await host.JsonAsync("api/v1/registry/history")).GetProperty("items").EnumerateArray().Last().GetProperty("reason").GetString());

        using var deleted = await host.Http.DeleteAsync(new Uri("api/v1/registry/zones/z2?reason=wrong", UriKind.Relative));
        Assert.Equal(200, (int)deleted.StatusCode);
        Assert.Single((await host.JsonAsync("api/v1/zones")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_whole_registry_is_replaced_only_by_who_has_read_it()
    {
        using var read = await host.Http.GetAsync(new Uri("api/v1/registry", UriKind.Relative));
        var document = await read.Content.ReadAsStringAsync();
        var edited = document.Replace("Résidence A", "Résidence B", StringComparison.Ordinal);

        await host.SendAsync(HttpMethod.Put, "api/v1/registry?reason=rename", edited, 428);
        await host.SendAsync(HttpMethod.Put, "api/v1/registry?reason=rename", edited, 412, "\"registry-99\"");
        await host.SendAsync(HttpMethod.Put, "api/v1/registry?reason=rename", edited, 200, read.Headers.ETag!.ToString());
        Assert.Equal("Résidence B", (await host.JsonAsync("api/v1/buildings/b1")).GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("PUT", "api/v1/registry/zones/z2?reason=x", """{ "buildingId": "none", "name": "Z" }""", 422)]
    [InlineData("PUT", "api/v1/registry/zones/z2?reason=x", """{ "buildingId": "b1", "name": "Z", "colour": "red" }""", 422)]
    [InlineData("PUT", "api/v1/registry/zones/z2", """{ "buildingId": "b1", "name": "Z" }""", 400)]
    [InlineData("PUT", "api/v1/registry/users/me?reason=x", """{ "role": "administrator" }""", 400)]
    [InlineData("PUT", "api/v1/registry/zones/z2?reason=x", "[]", 400)]
    [InlineData("PUT", "api/v1/registry/zones/z2?reason=x", "{", 400)]
    [InlineData("DELETE", "api/v1/registry/zones/z9?reason=x", "{}", 404)]
    [InlineData("DELETE", "api/v1/registry/zones/z1?reason=x", "{}", 422)]
    [InlineData("POST", "api/v1/registry/indexVisits?reason=x", """{ "pointId": "none", "at": "2026-03-02T00:00:00Z", "indexKwh": 1, "author": "a" }""", 422)]
    [InlineData("POST", "api/v1/corrections", """{ "kind": "Erase" }""", 400)]
    [InlineData("POST", "api/v1/corrections", """{ "kind": "Exclude", "board": "x", "channel": "t1", "from": "1", "to": "2", "reason": "r" }""", 404)]
    [InlineData("POST", "api/v1/corrections", """{ "kind": "Add", "board": "0024befffe804ff1", "channel": "ch1", "from": "2026-03-01", "to": "2026-03-02", "amount": 0.5, "reason": "r" }""", 400)]
    [InlineData("POST", "api/v1/corrections", """{ "kind": "Exclude", "board": "0024befffe804ff1", "channel": "t1", "from": "2030-03-01", "to": "2030-03-02", "reason": "r" }""", 400)]
    [InlineData("POST", "api/v1/corrections/9/revocation", """{ "reason": "r" }""", 404)]
    [InlineData("POST", "api/v1/alerts/9/acknowledgement", "{}", 404)]
    [InlineData("POST", "api/v1/boards/0024befffe804ff1/commands", """{ "cmd": "explode" }""", 400)]
    [InlineData("POST", "api/v1/boards/0024befffe804ff1/commands", """{ "cmd": "set-index", "channel": 9, "value": 1 }""", 400)]
    [InlineData("POST", "api/v1/boards/0024befffe804ff1/commands", """{ "cmd": "identify" }""", 409)]
    [InlineData("POST", "api/v1/boards/none/commands", """{ "cmd": "identify" }""", 404)]
    public async Task A_change_that_cannot_be_made_is_a_problem_and_changes_nothing(string method, string address, string body, int status)
    {
        var history = (await host.JsonAsync("api/v1/registry/history")).GetRawText();
        var corrections = (await host.JsonAsync("api/v1/corrections")).GetRawText();
        var problem = await host.SendAsync(new HttpMethod(method), address, body, status);

        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(history, (await host.JsonAsync("api/v1/registry/history")).GetRawText());
        Assert.Equal(corrections, (await host.JsonAsync("api/v1/corrections")).GetRawText());
    }

    [Fact]
    public async Task A_body_of_another_kind_or_beyond_the_bound_is_refused()
    {
        using var plain = await host.Http.PostAsync(new Uri("api/v1/corrections", UriKind.Relative), new StringContent("x", Encoding.UTF8, "text/plain"));
        Assert.Equal(415, (int)plain.StatusCode);
        Assert.Equal("application/problem+json", plain.Content.Headers.ContentType!.MediaType);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/corrections")
        {
            Content = new StringContent("\"" + new string('x', 5 << 20) + "\"", Encoding.UTF8, "application/json"),
        };
        request.Headers.ExpectContinue = true; // answered before the body is sent
        using var large = await host.Http.SendAsync(request);
        Assert.Equal(413, (int)large.StatusCode);
    }

    [Fact]
    public async Task A_correction_changes_what_is_read_until_it_is_revoked()
    {
        var made = await host.SendAsync(
            HttpMethod.Post, "api/v1/corrections",
            $$"""{ "kind": "Add", "board": "{{ApiHost.Board}}", "channel": "t1", "from": "2026-03-01T00:00:00Z", "to": "2026-03-02T00:00:00Z", "amount": -0.5, "reason": "calibration 17" }""", 201);
        Assert.Equal(144, made.GetProperty("readings").GetInt64());
        Assert.Equal(26.5, await FirstAsync());

        var id = made.GetProperty("id").GetInt64();
        await host.SendAsync(HttpMethod.Post, $"api/v1/corrections/{id}/revocation", """{ "reason": "wrong sensor" }""", 200);
        await host.SendAsync(HttpMethod.Post, $"api/v1/corrections/{id}/revocation", """{ "reason": "again" }""", 409);
        Assert.Equal(27.0, await FirstAsync());

        async Task<double> FirstAsync() =>
            (await host.JsonAsync("api/v1/points/room/readings?channel=t1&limit=1")).GetProperty("items")[0].GetProperty("value").GetDouble();
    }

    [Fact]
    public async Task An_alert_is_acknowledged_once()
    {
        var alert = await host.SendAsync(HttpMethod.Post, "api/v1/alerts/1/acknowledgement?lang=fr", """{ "note": "fusible" }""", 200);
        Assert.Equal("fusible", alert.GetProperty("acknowledgedNote").GetString());
        Assert.NotNull(alert.GetProperty("acknowledgedBy").GetString());
        await host.SendAsync(HttpMethod.Post, "api/v1/alerts/1/acknowledgement", "{}", 409);
    }

    [Theory]
    [InlineData("""{ "cmd": "identify" }""", "identify", null, null)]
    [InlineData("""{ "cmd": "commissioning", "on": true }""", "commissioning", "on", "true")]
    [InlineData("""{ "cmd": "set-index", "channel": 1, "value": 123456 }""", "set-index", "value", "123456")]
    public async Task A_command_reaches_the_board_in_the_words_of_the_wire_format(string body, string cmd, string? field, string? value)
    {
        var received = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var board = await MqttClientConnection.ConnectAsync(
            new MqttClientOptions
            {
                Port = host.MqttPort, ClientId = ApiHost.Board,
                Received = message =>
                {
                    received.TrySetResult(message.Payload.ToArray());
                    return message.AcknowledgeAsync();
                },
            },
            default);
        await board.SubscribeAsync([new MqttSubscription($"metering/v1/{ApiHost.Board}/command", 1)], default);

        var answer = await host.SendAsync(HttpMethod.Post, $"api/v1/boards/{ApiHost.Board}/commands", body, 202);
        using var sent = JsonDocument.Parse(await received.Task.WaitAsync(TimeSpan.FromMinutes(1)));

        Assert.Equal(cmd, sent.RootElement.GetProperty("cmd").GetString());
        Assert.Equal(answer.GetProperty("id").GetInt64(), sent.RootElement.GetProperty("id").GetInt64());
        if (field is not null)
        {
            Assert.Equal(value, sent.RootElement.GetProperty(field).GetRawText());
        }
    }
}
