using System.Net;
using System.Text;
using Metering.Collector.Storage.Influx;
using Xunit;

namespace Metering.Collector.Tests.Storage.Influx;

/// <summary>
/// Answers of 1.6.7 as observed, of 2.x and 3 Core as documented by the vendor (docs.influxdata.com, /write and error
/// handling pages); 2.x and 3 were not run.
/// </summary>
public sealed class InfluxErrorTests
{
    [Theory]
    // 1.6.7, observed
    [InlineData(400, """{"error":"partial write: field type conflict: input field \"v\" on measurement \"tc\" is type integer, already exists as type float dropped=1"}""", InfluxErrorKind.Permanent)]
    [InlineData(400, """{"error":"partial write: unable to parse 'sy v= 1700000001': missing field value dropped=0"}""", InfluxErrorKind.Permanent)]
    [InlineData(400, """{"error":"partial write: points beyond retention policy dropped=1"}""", InfluxErrorKind.Permanent)]
    [InlineData(400, """{"error":"database is required"}""", InfluxErrorKind.Misconfigured)]
    [InlineData(400, """{"error":"timeout"}""", InfluxErrorKind.Retryable)]
    [InlineData(401, """{"error":"authorization failed"}""", InfluxErrorKind.Misconfigured)]
    [InlineData(403, """{"error":"\"w\" user is not authorized to write to database \"d\""}""", InfluxErrorKind.Misconfigured)]
    [InlineData(404, """{"error":"database not found: \"nope\""}""", InfluxErrorKind.Misconfigured)]
    [InlineData(500, """{"error":"retention policy not found: nope"}""", InfluxErrorKind.Misconfigured)]
    [InlineData(413, """{"error":"Request Entity Too Large"}""", InfluxErrorKind.TooLarge)]
    [InlineData(500, """{"error":"write /data/wal/_00001.wal: no space left on device"}""", InfluxErrorKind.Retryable)]
    // 2.x, documented
    [InlineData(400, """{"code":"invalid","message":"unable to parse 'x': missing fields"}""", InfluxErrorKind.Permanent)]
    [InlineData(422, """{"code":"unprocessable entity","message":"failure writing points to database: partial write: points beyond retention policy dropped=1"}""", InfluxErrorKind.Permanent)]
    [InlineData(401, """{"code":"unauthorized","message":"unauthorized access"}""", InfluxErrorKind.Misconfigured)]
    [InlineData(404, """{"code":"not found","message":"bucket \"metering\" not found"}""", InfluxErrorKind.Misconfigured)]
    [InlineData(429, """{"code":"too many requests","message":"rate limited"}""", InfluxErrorKind.Throttled)]
    [InlineData(503, """{"code":"unavailable","message":"service unavailable"}""", InfluxErrorKind.Retryable)]
    // 3 Core, documented
    [InlineData(400, """{"error":"partial write of line protocol occurred","data":[{"error_message":"invalid column type for column 'ch1'","line_number":2,"original_line":"x"}]}""", InfluxErrorKind.Permanent)]
    // a proxy in between
    [InlineData(502, "<html>Bad Gateway</html>", InfluxErrorKind.Retryable)]
    [InlineData(504, "", InfluxErrorKind.Retryable)]
    public void An_answer_is_sorted_by_what_it_means(int status, string body, InfluxErrorKind kind) =>
        Assert.Equal(kind, InfluxErrors.Of((HttpStatusCode)status, body, null).Kind);

    [Fact]
    public void The_servers_words_are_kept_whichever_generation_says_them()
    {
        Assert.Equal("authorization failed", InfluxErrors.Of(HttpStatusCode.Unauthorized, """{"error":"authorization failed"}""", null).Words);
        Assert.Equal("bucket not found", InfluxErrors.Of(HttpStatusCode.NotFound, """{"code":"not found","message":"bucket not found"}""", null).Words);
        Assert.Equal(
            "partial write of line protocol occurred; invalid column type for column 'ch1'",
            InfluxErrors.Of(HttpStatusCode.BadRequest, """{"error":"partial write of line protocol occurred","data":[{"error_message":"invalid column type for column 'ch1'","line_number":2}]}""", null).Words);
        Assert.Equal("plain words", InfluxErrors.Of(HttpStatusCode.BadGateway, " plain words \n", null).Words);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_request_for_a_pause_carries_its_length(int status)
    {
        await using var server = new ScriptedServer(_ => new(status, "{}", new() { ["Retry-After"] = "17" }));
        using var http = new InfluxHttp(new InfluxOptions { Url = server.Url });
        var failure = await Assert.ThrowsAsync<InfluxException>(() => http.WriteAsync("m f=1i 1\n"u8.ToArray(), default));
        Assert.Equal((InfluxErrorKind.Throttled, TimeSpan.FromSeconds(17)), (failure.Kind, failure.RetryAfter));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_retryable()
    {
        Uri url;
        await using (var server = new ScriptedServer(_ => new(204)))
        {
            url = server.Url;
        }

        using var http = new InfluxHttp(new InfluxOptions { Url = url });
        Assert.Equal(InfluxErrorKind.Retryable, (await Assert.ThrowsAsync<InfluxException>(() => http.WriteAsync("m f=1i 1\n"u8.ToArray(), default))).Kind);
    }

    [Fact]
    public async Task An_error_inside_a_successful_answer_is_an_error()
    {
        await using var server = new ScriptedServer(_ => new(200, """{"results":[{"statement_id":0,"error":"database not found: x"}]}"""));
        using var http = new InfluxHttp(new InfluxOptions { Url = server.Url });
        Assert.Equal(InfluxErrorKind.Misconfigured, (await Assert.ThrowsAsync<InfluxException>(() => http.QueryAsync("SELECT 1", default))).Kind);
    }

    [Fact]
    public async Task A_write_says_its_precision_is_packed_and_authenticates_with_a_password_or_token()
    {
        await using var server = new ScriptedServer(_ => new(204));
        using var http = new InfluxHttp(new InfluxOptions { Url = server.Url, Database = "my db", Secret = "token==" });
        await http.WriteAsync("m f=1i 1\n"u8.ToArray(), default);
        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/write?precision=ns&db=my%20db", "m f=1i 1\n"), (request.Method, request.Path, request.Body));
        Assert.Equal("Basic " + Convert.ToBase64String("metering:token=="u8), request.Authorization);
    }

    [Fact]
    public async Task One_bad_line_is_refused_alone_and_the_others_are_written()
    {
        var stored = new HashSet<string>();
        await using var server = new ScriptedServer(request =>
        {
            stored.UnionWith(request.Lines.Where(line => !line.Contains("bad", StringComparison.Ordinal)));
            return request.Lines.Any(line => line.Contains("bad", StringComparison.Ordinal))
                ? new(400, """{"error":"partial write: field type conflict dropped=1"}""")
                : new(204);
        });
        using var http = new InfluxHttp(new InfluxOptions { Url = server.Url });
        var lines = Enumerable.Range(0, 1000).Select(i => i is 0 or 413 or 999 ? $"bad f={i}i {i}" : $"good f={i}i {i}").ToArray();

        var refused = await new InfluxPointWriter(http).WriteAsync(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"), default);

        Assert.Equal(["bad f=0i 0", "bad f=413i 413", "bad f=999i 999"], refused.Select(line => line.Line));
        Assert.All(refused, line => Assert.Equal("partial write: field type conflict dropped=1", line.Words));
        Assert.Equal(997, stored.Count);
    }

    [Fact]
    public async Task A_batch_that_is_too_large_is_halved_until_it_passes()
    {
        await using var server = new ScriptedServer(request => request.Lines.Length > 100 ? new(413, "{}") : new(204));
        using var http = new InfluxHttp(new InfluxOptions { Url = server.Url });
        var lines = string.Concat(Enumerable.Range(0, 1000).Select(i => $"m f={i}i {i}\n"));
        Assert.Empty(await new InfluxPointWriter(http).WriteAsync(Encoding.UTF8.GetBytes(lines), default));
        Assert.Equal(1000, server.Requests.Where(request => request.Lines.Length <= 100).SelectMany(request => request.Lines).Distinct().Count());
    }

    [Fact]
    public async Task Provisioning_of_2_makes_a_bucket_in_the_only_organisation_once()
    {
        var made = false;
        await using var server = new ScriptedServer(request => (request.Method, request.Path) switch
        {
            ("GET", "/api/v2/buckets?name=metering") => new(200, made ? """{"buckets":[{"id":"b1","name":"metering"}]}""" : """{"buckets":[]}"""),
            ("GET", "/api/v2/orgs") => new(200, """{"orgs":[{"id":"0a1b","name":"aula"}]}"""),
            ("POST", "/api/v2/buckets") => Make(),
            _ => new(404, "{}"),
        });
        ScriptedServer.Answer Make()
        {
            made = true;
            return new(201, """{"id":"b1"}""");
        }

        using var http = new InfluxHttp(new InfluxOptions { Url = server.Url, Generation = InfluxGeneration.V2, Secret = "token" });
        await InfluxProvisioning.EnsureDatabaseAsync(http, default);
        await InfluxProvisioning.EnsureDatabaseAsync(http, default);

        var post = Assert.Single(server.Requests, request => request.Method == "POST");
        Assert.Equal("Token token", post.Authorization);
        Assert.Equal("""{"orgID":"0a1b","name":"metering","retentionRules":[]}""", post.Body);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(409)] // there already
    public async Task Provisioning_of_3_makes_a_database_or_finds_it(int status)
    {
        await using var server = new ScriptedServer(_ => new(status, "{}"));
        using var http = new InfluxHttp(new InfluxOptions { Url = server.Url, Generation = InfluxGeneration.V3, Secret = "token" });
        await InfluxProvisioning.EnsureDatabaseAsync(http, default);
        var request = Assert.Single(server.Requests);
        Assert.Equal(("POST", "/api/v3/configure/database", "Bearer token", """{"db":"metering"}"""), (request.Method, request.Path, request.Authorization, request.Body));
    }

    [Fact]
    public async Task Queries_of_3_stay_within_the_span_that_it_allows()
    {
        await using var server = new ScriptedServer(_ => new(200, """{"results":[{"statement_id":0}]}"""));
        using var store = new InfluxReadingStore(new InfluxOptions { Url = server.Url, Generation = InfluxGeneration.V3 }, static (_, _) => Task.CompletedTask);
        var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await foreach (var unexpected in store.ReadAsync(Samples.Ch1, from, from.AddDays(7), default))
        {
            Assert.Fail($"{unexpected}");
        }

        var windows = server.Requests.Select(request => Uri.UnescapeDataString(request.Path)).Where(path => path.Contains("FROM sample", StringComparison.Ordinal)).ToArray();
        Assert.Equal(3, windows.Length); // 168 h in pieces of at most 71 h
    }
}
