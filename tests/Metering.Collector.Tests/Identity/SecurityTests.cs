using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Metering.Collector.Cli;
using Metering.Collector.Hosting;
using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Audit;
using Metering.Collector.Storage.Sqlite;
using Metering.Collector.Tests.Mqtt;
using Metering.Collector.Tests.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Metering.Collector.Tests.Identity;

/// <summary>The lines of the threat model in docs/security.md that show in requests and answers.</summary>
public sealed partial class SecurityTests(GuardedCollector collector) : IClassFixture<GuardedCollector>
{
    [Fact]
    public async Task A_landlord_is_told_of_own_buildings_only()
    {
        var lists = collector.Host.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.Parameters.Count == 0 && e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Where(e => e.Metadata.GetMetadata<NeededPermission>() is { Permission: { } needed } && RoleTable.Allows(Role.Landlord, needed))
            .Select(e => e.RoutePattern.RawText!)
            .ToList();
        Assert.True(lists.Count > 8, $"{lists.Count} addresses list something.");
        foreach (var path in lists)
        {
            using var answer = await collector.SendAsync(HttpMethod.Get, path, Role.Landlord, asPage: true);
            var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            foreach (var name in new[] { "common-other", "dupont-other", "Dupont-other", "Résidence other", GuardedCollector.Board("other") })
            {
                Assert.False(text.Contains(name, StringComparison.Ordinal), $"{path} tells a landlord of {name}.");
            }
        }

        Assert.Equal(["own"], await IdsAsync("/api/v1/buildings", Role.Landlord));
        Assert.Equal(["common-own", "salon-dupont-own"], await IdsAsync("/api/v1/points", Role.Landlord));
        Assert.Equal(["salon-dupont-own"], await IdsAsync("/api/v1/points", Role.Occupant));
        Assert.Equal(["other", "own"], await IdsAsync("/api/v1/buildings", Role.Technician));
        Assert.DoesNotContain("Résidence other", WebUtility.HtmlDecode(await collector.PageAsync("/", Role.Landlord)), StringComparison.Ordinal);
        Assert.DoesNotContain(GuardedCollector.Board("other"), await collector.PageAsync("/boards", Role.Landlord), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_analysts_pages_and_answers_hold_no_name_of_a_dwelling()
    {
        var point = collector.Pseudonym("salon-dupont-own");
        string[] paths =
        [
            "/", "/buildings/own", "/buildings/own/note", "/quality", $"/points/{point}", "/api/v1/buildings", "/api/v1/points",
            "/api/v1/buildings/own/verification", $"/api/v1/points/{point}/readings?board={Samples.Board}&channel=t1",
        ];
        foreach (var path in paths)
        {
            Assert.Contains("upont", WebUtility.HtmlDecode(await collector.PageAsync("/points/salon-dupont-own", Role.Technician)), StringComparison.Ordinal);
            var page = WebUtility.HtmlDecode(await collector.PageAsync(path, Role.Analyst));
            foreach (var name in new[] { "upont", "Lilas", "Résidence", "Office own", "SN-" })
            {
                Assert.False(page.Contains(name, StringComparison.Ordinal), $"{path} says '{name}'.");
            }
        }
    }

    [Fact]
    public async Task A_wrong_name_and_a_wrong_password_get_the_same_answer()
    {
        var (cookie, token) = await FormAsync();
        var unknown = await LogInAsync(cookie, token, "no-such-name", "wrong");
        var known = await LogInAsync(cookie, token, "technician", "wrong");

        Assert.Equal(HttpStatusCode.Forbidden, unknown.Status);
        Assert.Equal(unknown.Status, known.Status);
        Assert.Equal(unknown.Body.Replace("no-such-name", "technician", StringComparison.Ordinal), known.Body);
    }

    [Theory]
    [InlineData("/quality", "/quality")]
    [InlineData("/points/x?lang=en", "/points/x?lang=en")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    public async Task Login_leads_back_inside_this_site_only(string wanted, string expected)
    {
        var (cookie, token) = await FormAsync();
        var answer = await LogInAsync(cookie, token, "analyst", GuardedCollector.Password, wanted);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Equal(expected, answer.Location);
    }

    [Fact]
    public async Task The_session_cookie_is_closed_to_scripts_and_under_TLS_to_plain_connections()
    {
        var (cookie, token) = await FormAsync();
        var answer = await LogInAsync(cookie, token, "landlord", GuardedCollector.Password);

        Assert.Matches("^metering-session=[A-Za-z0-9_-]{43}; path=/; samesite=lax; httponly$", answer.Cookie);
    }

    [Fact]
    public async Task A_change_without_the_form_token_is_refused_everywhere()
    {
        var changes = collector.Host.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Any(m => m is "POST" or "PUT" or "PATCH" or "DELETE") == true)
            .ToList();
        Assert.True(changes.Count > 8, $"{changes.Count} endpoints change something.");
        foreach (var endpoint in changes)
        {
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            var path = PlaceholderPattern().Replace(endpoint.RoutePattern.RawText!, m => m.Value.Contains("long", StringComparison.Ordinal) ? "1" : "own");
            using var answer = await collector.SendAsync(new HttpMethod(method), path, Role.Administrator, withToken: false);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.UnsupportedMediaType, $"{method} {path}: {answer.StatusCode}");
        }

        Assert.Null((await collector.Service<AccountStore>().FindAsync(collector.AccountOf(Role.Administrator).Id, CancellationToken.None))!.Disabled);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task A_form_from_another_site_is_refused_even_with_the_token(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/account/keys");
        request.Headers.Add("Cookie", "metering-session=" + collector.SessionOf(Role.Analyst));
        request.Headers.TryAddWithoutValidation(header, value);
        request.Headers.Add("X-Form-Token", collector.FormOf(Role.Analyst));
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["key-name"] = "stolen", ["scope"] = "view-buildings", ["days"] = "1" });
        using var answer = await collector.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("stolen", await collector.PageAsync("/account", Role.Analyst), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    [InlineData("192.0.2.1", 400)]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.2", 200)]
    [InlineData("[::1]", 200)]
    public async Task A_strange_host_name_is_refused(string host, int expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = host;
        using var answer = await collector.Client.SendAsync(request);

        Assert.Equal(expected, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Every_page_has_the_headers_and_no_inline_script_or_style()
    {
        string[] paths = ["/login", "/", "/buildings/own", "/points/common-own", "/boards", "/quality", "/account", "/users", "/audit", "/nothing-here", "/buildings/own/note"];
        foreach (var path in paths)
        {
            using var answer = await collector.SendAsync(HttpMethod.Get, path, Role.Administrator, asPage: true);
            var page = await answer.Content.ReadAsStringAsync();
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
            Assert.False(answer.Headers.Contains("Server"));
            Assert.DoesNotMatch("""(?i)<[^>]+\s(on[a-z]+|style)\s*=""", page);
            Assert.DoesNotMatch("""(?i)<script(?![^>]*\ssrc=)""", page);
            Assert.All(StylePattern().Matches(page), style => Assert.Contains(
                Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(style.Groups[1].Value))), policy, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_read_of_a_dwelling_and_a_change_are_in_the_audit_log()
    {
        using (var read = await collector.SendAsync(HttpMethod.Get, "/points/salon-dupont-own", Role.Occupant, asPage: true))
        {
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        }

        using (var common = await collector.SendAsync(HttpMethod.Get, "/points/common-own", Role.Landlord, asPage: true))
        {
            Assert.Equal(HttpStatusCode.OK, common.StatusCode);
        }

        using (var change = await collector.SendAsync(HttpMethod.Post, "/account/keys", Role.Technician))
        {
            Assert.Equal(HttpStatusCode.BadRequest, change.StatusCode);
        }

        var entries = await collector.Service<IAuditLog>().ReadAsync(null, 1000, CancellationToken.None);
        string Actor(Role role) => FormattableString.Invariant($"account:{collector.AccountOf(role).Id}");
        Assert.Contains(entries, e => e is { Action: "read", Subject: "point:salon-dupont-own", Address: "127.0.0.1" } && e.Actor == Actor(Role.Occupant));
        Assert.DoesNotContain(entries, e => e.Subject == "point:common-own");
        Assert.Contains(entries, e => e is { Action: "change", Detail: "POST /account/keys" } && e.Actor == Actor(Role.Technician));
    }

    [Theory]
    [InlineData("0.0.0.0", null, "Http:Address")]
    [InlineData("192.0.2.1", null, "Http:Address")]
    [InlineData("127.0.0.1", "not a url", "Http:PublicUrl")]
    [InlineData("127.0.0.1", "https://example.org/path", "Http:PublicUrl")]
    public void Plain_HTTP_beyond_loopback_is_refused_at_start(string address, string? site, string key)
    {
        var settings = new CollectorSettings { Http = new HttpSettings { Address = address, PublicUrl = site } };

        Assert.StartsWith(key, Assert.Throws<UsageException>(settings.Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_over_TLS_say_so_in_cookie_and_headers()
    {
        using var certificates = new TestCertificates();
        using var folder = new TemporaryFolder();
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, CancellationToken.None);
        var settings = GuardedCollector.Settings() with
        {
            Http = new HttpSettings { Port = 0, Certificate = certificates.File("server.crt"), CertificateKey = certificates.File("server.key") },
        };
        settings.Check();
        await using var host = CollectorHost.Create(settings, database, TimeProvider.System);
        await host.StartAsync(CancellationToken.None);
        var link = await FirstAdministrator.LinkAsync(host.Services.GetRequiredService<AccountStore>(), host.Services.GetRequiredService<OneTimeLinks>(), CancellationToken.None);
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.Subject == "CN=localhost" } });
        using var answer = await client.GetAsync(new Uri($"https://127.0.0.1:{host.Http!.Port}{link}"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("max-age=", answer.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        Assert.Matches("^__Host-metering-form=.*; path=/; secure; samesite=lax; httponly$", answer.Headers.GetValues("Set-Cookie").Single());
        Assert.StartsWith("ready https://", ReadyLine.Of(host), StringComparison.Ordinal);
        await host.StopAsync(CancellationToken.None);
    }

    private async Task<string[]> IdsAsync(string path, Role role)
    {
        using var answer = JsonDocument.Parse(await collector.PageAsync(path, role, asPage: false));
        var list = answer.RootElement.ValueKind == JsonValueKind.Array ? answer.RootElement : answer.RootElement.EnumerateObject().First(p => p.Value.ValueKind == JsonValueKind.Array).Value;
        return [.. list.EnumerateArray().Select(b => b.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)];
    }

    private async Task<(string Cookie, string Token)> FormAsync()
    {
        using var page = await collector.SendAsync(HttpMethod.Get, "/login", null, asPage: true);
        return (page.Headers.GetValues("Set-Cookie").Single().Split(';')[0], GuardedCollector.TokenOn(await page.Content.ReadAsStringAsync()));
    }

    private async Task<(HttpStatusCode Status, string Body, string? Location, string Cookie)> LogInAsync(string cookie, string token, string name, string password, string back = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login");
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add("Accept", "text/html");
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = name, ["password"] = password, ["form-token"] = token, ["return"] = back });
        using var answer = await collector.Client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location?.OriginalString,
            answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.First() : "");
    }

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.CultureInvariant)]
    private static partial Regex PlaceholderPattern();

    [GeneratedRegex("(?s)<style>(.*?)</style>", RegexOptions.CultureInvariant)]
    private static partial Regex StylePattern();
}
