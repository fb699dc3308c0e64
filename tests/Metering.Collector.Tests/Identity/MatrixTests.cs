using System.Net;
using Metering.Collector.Hosting;
using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Tests.Docs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace Metering.Collector.Tests.Identity;

/// <summary>
/// Every endpoint × every role × own and other building, with a session, with a key, with nothing. What is allowed comes from the
/// tables of docs/security.md, what exists from the running collector.
/// </summary>
public sealed class MatrixTests(GuardedCollector collector) : IClassFixture<GuardedCollector>
{
    private static readonly string Document = Repository.Read("docs", "security.md");

    private static readonly Dictionary<string, Role[]> Rights = Repository.Table(Document, "## Roles").ToDictionary(
        r => r[0].Trim('`'), r => Enum.GetValues<Role>().Where((_, i) => r[1 + i] == "x").ToArray(), StringComparer.Ordinal);

    private static readonly List<Row> Rows = [.. Repository.Table(Document, "## Endpoints").Select(r => new Row(
        r[0].Trim('`'), r[1] == "open" ? null : r[1].Trim('`'), r[2], r[3] == "yes"))];

    /// <summary>The request reached its handler, which finds fault with the empty document: any answer but the gate's.</summary>
    private const int Answered = 0;

    /// <summary>What an allowed request needs to be answered with 200, where the bare address is not enough: query, form, expected status.</summary>
    private static readonly Dictionary<string, Sample> Prepared = new(StringComparer.Ordinal)
    {
        ["POST /login"] = new(null, [], 403),
        ["POST /welcome"] = new(null, [], 404),
        ["GET /welcome"] = new(null, [], 404),
        ["GET /assets/{name}"] = new(null, [], 200),
        ["POST /logout"] = new(null, [], 302),
        ["POST /account/password"] = new(null, [], 400),
        ["POST /account/keys"] = new(null, [], 400),
        ["POST /account/keys/{id:long}/revoke"] = new(null, [], 404),
        ["POST /users"] = new(null, [], 400),
        ["POST /users/{id:long}/grant"] = new(null, new() { ["role"] = "analyst" }, 302),
        ["POST /users/{id:long}/disable"] = new(null, [], 302),
        ["POST /users/{id:long}/enable"] = new(null, [], 302),
        ["POST /users/{id:long}/erase"] = new(null, [], 302),
        ["POST /users/{id:long}/link"] = new(null, [], 200),
        ["ANY {**path:page}"] = new(null, [], 404),
        ["GET /points/{id}/curve"] = new("kind={curve}", [], 200),
        ["GET /points/{id}/figure"] = new("kind={curve}", [], 200),
        ["POST /alerts/{id:long}/acknowledgement"] = new(null, [], 404),
        ["GET /commissioning/{board}"] = new(null, [], Answered),
        ["GET /commissioning/{board}/live"] = new(null, [], Answered),
        ["POST /commissioning/{board}/mode"] = new(null, [], Answered),
        ["POST /commissioning/{board}/identify"] = new(null, [], Answered),
        ["POST /commissioning/{board}/index"] = new(null, [], Answered),
        ["POST /commissioning/{board}/acceptances"] = new(null, [], Answered),
        ["GET /commissioning/{board}/acceptances/{id:long}"] = new(null, [], Answered),
        ["GET /commissioning/{board}/acceptances/{id:long}/pdf"] = new(null, [], Answered),
        ["POST /api/v1/boards/{board}/commands"] = new(null, [], Answered, "{}"),
        ["PUT /api/v1/registry"] = new(null, [], 428, "{}"),
        ["PUT /api/v1/registry/{collection}/{name}"] = new(null, [], 400, "{}"),
        ["DELETE /api/v1/registry/{collection}/{name}"] = new(null, [], 400),
        ["POST /api/v1/registry/{collection}"] = new(null, [], Answered, "{}"),
        ["POST /api/v1/corrections"] = new(null, [], Answered, "{}"),
        ["POST /api/v1/corrections/{id:long}/revocation"] = new(null, [], Answered, "{}"),
        ["POST /api/v1/alerts/{id:long}/acknowledgement"] = new(null, [], Answered, "{}"),
        ["GET /api/v1/alerts/{id:long}"] = new(null, [], 404),
        ["GET /api/v1/quarantine/{id:long}"] = new(null, [], 404),
        ["GET /api/v1/weather/{station}"] = new(null, [], 404),

        // Registers have intervals, rooms have comfort; the other of the two is not there.
        ["GET /api/v1/points/{id}/intervals"] = new(null, [], 200) { InDwelling = 404 },
        ["GET /api/v1/points/{id}/profile"] = new(null, [], 200) { InDwelling = 404 },
        ["GET /api/v1/points/{id}/comfort"] = new(null, [], 404) { InDwelling = 200 },
        ["GET /api/v1/points/{id}/readings"] = new("board={board}&channel={channel}", [], 200),
        ["GET /api/v1/points/{id}/series"] = new("board={board}&channel={channel}", [], 200),
    };

    [Fact]
    public void Every_endpoint_of_the_collector_is_in_the_table_and_the_other_way_round()
    {
        var mapped = collector.Host.Endpoints.OfType<RouteEndpoint>().SelectMany(Names).ToHashSet(StringComparer.Ordinal);
        var written = Rows.Select(r => r.Endpoint).ToHashSet(StringComparer.Ordinal);

        Assert.True(mapped.IsSubsetOf(written), "docs/security.md lacks: " + string.Join(", ", mapped.Except(written)));
        Assert.True(written.IsSubsetOf(mapped), "docs/security.md has what is not there: " + string.Join(", ", written.Except(mapped)));
    }

    [Fact]
    public async Task Every_endpoint_answers_every_role_exactly_as_the_table_says()
    {
        var wrong = new List<string>();
        var asked = 0;
        foreach (var row in Rows)
        {
            foreach (var resource in Resources(row.Of))
            {
                await AskAsync(row, resource, null, withKey: false);
                foreach (var role in Enum.GetValues<Role>())
                {
                    await AskAsync(row, resource, role, withKey: false);
                    await AskAsync(row, resource, role, withKey: true);
                }
            }
        }

        Assert.True(asked > 500, $"{asked} requests were made.");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {asked} answers:\n" + string.Join('\n', wrong));

        async Task AskAsync(Row row, Resource? resource, Role? role, bool withKey)
        {
            var sample = Prepared.GetValueOrDefault(row.Endpoint) ?? new Sample(null, [], 200);
            var (method, path) = await AddressAsync(row, resource, sample, role);
            using var answer = await collector.SendAsync(method, path, role, sample.Form, withKey, json: sample.Json);
            asked++;
            var expected = Expected(row, resource, role, withKey, resource is { IsPersonal: true } ? sample.InDwelling ?? sample.Status : sample.Status);
            if (expected == Answered ? (int)answer.StatusCode is 401 or 403 or 405 or 415 or >= 500 : (int)answer.StatusCode != expected)
            {
                wrong.Add($"{method} {path} as {role?.Name() ?? "nobody"}{(withKey ? " by key" : "")}: {(int)answer.StatusCode} instead of {expected}");
            }

            if (row.Endpoint == "POST /logout" && role is { } left && !withKey)
            {
                await collector.LogInAgainAsync(left);
            }
        }
    }

    [Fact]
    public async Task Nothing_but_health_login_and_their_assets_answers_without_a_login()
    {
        var open = collector.Host.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<NeededPermission>() is { Permission: null })
            .SelectMany(Names).Order(StringComparer.Ordinal);
        Assert.Equal(["GET /assets/{name}", "GET /health/live", "GET /health/ready", "GET /login", "GET /welcome", "POST /login", "POST /welcome"], open);

        foreach (var path in new[] { "/", "/buildings/own", "/nothing-here", "/api/v1/buildings", "/metrics", "/.env", "/robots.txt" })
        {
            using var page = await collector.SendAsync(HttpMethod.Get, path, null, asPage: true);
            var isLogin = page.StatusCode == HttpStatusCode.Redirect && page.Headers.Location!.OriginalString.StartsWith("/login", StringComparison.Ordinal);
            Assert.True(isLogin || page.StatusCode == HttpStatusCode.Unauthorized, $"{path}: {page.StatusCode}");
        }
    }

    [Fact]
    public async Task An_endpoint_without_a_declaration_stops_the_collector()
    {
        await using var application = WebApplication.CreateSlimBuilder().Build();
        application.MapGet("/declared", () => "").RequirePermission(Permission.UseAccount);
        application.MapGet("/forgotten", () => "");

        var refused = Assert.Throws<InvalidOperationException>(application.CheckDeclarations);
        Assert.Contains("/forgotten", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/declared", refused.Message, StringComparison.Ordinal);
    }

    private static int Expected(Row row, Resource? resource, Role? role, bool withKey, int allowed)
    {
        if (row.Needs is null)
        {
            // A form without its token is refused even where no login is needed; a key changes nothing there.
            return row.Endpoint.StartsWith("POST", StringComparison.Ordinal) && (role is null || withKey) ? 400 : allowed;
        }

        if (role is not { } who || withKey && !row.Key)
        {
            return 401;
        }

        // docs/security.md: no key commissions, and the page of a dwelling is for people.
        if (!Rights[row.Needs].Contains(who) || withKey && (row.Needs is "commission" or "view-dwelling"))
        {
            return 403;
        }

        if (resource is null)
        {
            return allowed;
        }

        var isVisible = who switch
        {
            Role.Administrator or Role.Technician => true,
            Role.Landlord => resource.Building == "own",
            Role.Analyst => true,
            _ => resource.Building == "own" && (resource.IsPersonal || row.Of == "building?"),
        };
        return !isVisible ? 404
            : resource.IsPersonal && row.Needs == "view-readings" && !Rights["view-personal-readings"].Contains(who) ? 403
            : allowed;
    }

    private static IEnumerable<Resource?> Resources(string of) => of switch
    {
        "" => [null],
        "building?" => [new("own", "own", false, ""), new("other", "other", false, "")],
        "point?" => Resources("point"),
        "building" => [new("own", "own", false, ""), new("other", "other", false, "")],
        "point" => new[] { "own", "other" }.SelectMany(b => new Resource?[]
        {
            new(b, "common-" + b, false, "ch1"), new(b, "salon-dupont-" + b, true, "t1"),
        }),
        "board" => [new("own", GuardedCollector.Board("own"), false, ""), new("other", GuardedCollector.Board("other"), false, "")],
        "dwelling" => [new("own", "d-own", true, ""), new("other", "d-other", true, "")],
        _ => throw new InvalidOperationException($"docs/security.md: '{of}' is no resource."),
    };

    private static IEnumerable<string> Names(RouteEndpoint endpoint)
    {
        var raw = endpoint.RoutePattern.RawText!;
        var path = raw.Length > 1 ? raw.TrimEnd('/') : raw;
        var methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"];
        return methods.Select(m => $"{m} {path}");
    }

    private async Task<(HttpMethod Method, string Path)> AddressAsync(Row row, Resource? resource, Sample sample, Role? role)
    {
        var (name, path) = (row.Endpoint.Split(' ')[0], row.Endpoint.Split(' ')[1]);
        var id = resource is null ? "" : role == Role.Analyst && resource.IsPersonal ? PseudonymOf(resource) : resource.Id;
        if (path.StartsWith("/users/", StringComparison.Ordinal))
        {
            id = System.FormattableString.Invariant($"{await collector.NewAccountAsync()}");
        }

        path = path.Replace("{**path:page}", "/nothing-here", StringComparison.Ordinal)
            .Replace("assets/{name}", "assets/pages.css", StringComparison.Ordinal)
            .Replace("{name}", "nothing", StringComparison.Ordinal)
            .Replace("{collection}", "sites", StringComparison.Ordinal)
            .Replace("{documentName}", "v1", StringComparison.Ordinal)
            .Replace("{**path}", "", StringComparison.Ordinal)
            .Replace("{station}", "nowhere", StringComparison.Ordinal)
            .Replace("{id:long}", path.StartsWith("/users/", StringComparison.Ordinal) ? id : "999999", StringComparison.Ordinal)
            .Replace("{building}", resource?.Building, StringComparison.Ordinal)
            .Replace("{id}", id, StringComparison.Ordinal)
            .Replace("{board}", id, StringComparison.Ordinal)
            .Replace("{dwelling}", id, StringComparison.Ordinal);
        var query = sample.Query?.Replace("{board}", GuardedCollector.Board(resource?.Building ?? "own"), StringComparison.Ordinal)
            .Replace("{channel}", resource?.Channel, StringComparison.Ordinal)
            .Replace("{curve}", resource is { IsPersonal: true } ? "temperature" : "power", StringComparison.Ordinal);
        if (row.Of.EndsWith('?'))
        {
            query = $"{row.Of.TrimEnd('?')}={id}" + (query is null ? "" : "&" + query);
        }

        return (new HttpMethod(name == "ANY" ? "GET" : name), query is null ? path : path + "?" + query);
    }

    private string PseudonymOf(Resource resource) => resource.Id.StartsWith("d-", StringComparison.Ordinal)
        ? collector.Pseudonym(resource.Building + "/" + resource.Id)
        : collector.Pseudonym(resource.Id);

    private sealed record Row(string Endpoint, string? Needs, string Of, bool Key);

    private sealed record Resource(string Building, string Id, bool IsPersonal, string Channel);

    /// <param name="Query">Query, with placeholders.</param>
    /// <param name="Form">Fields of a form.</param>
    /// <param name="Status">What an allowed request is answered with.</param>
    /// <param name="Json">A body in JSON instead of the form.</param>
    private sealed record Sample(string? Query, Dictionary<string, string> Form, int Status, string? Json = null)
    {
        /// <summary>The same for a point inside a dwelling, where it differs.</summary>
        public int? InDwelling { get; init; }
    }
}
