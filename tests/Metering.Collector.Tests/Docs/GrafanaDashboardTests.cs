using System.Globalization;
using System.Text.Json;
using Metering.Collector.Storage.Influx;
using Metering.Collector.Tests.Storage;
using Metering.Collector.Tests.Storage.Influx;
using Xunit;

namespace Metering.Collector.Tests.Docs;

/// <summary>Every query of docs/grafana against the real influxd, with a day of samples as the forwarder writes them.</summary>
[NeedsProgram("influxd")]
public sealed class GrafanaDashboardTests(InfluxdFixture fixture) : IClassFixture<InfluxdFixture>
{
    [StoreFact]
    public async Task Every_query_of_the_dashboards_finds_data()
    {
        var options = fixture.Server.Options(fixture.NewDatabase());
        using var store = new InfluxReadingStore(options, static (point, _) => throw new InvalidOperationException(point.Words));
        await store.EnsureDatabaseAsync(default);
        var first = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 600 * 600).AddDays(-1);
        await store.AppendAsync(Samples.Series(first, TimeSpan.FromMinutes(10), 144), default);
        await store.AppendAsync(Samples.Series(first, TimeSpan.FromMinutes(10), 144, Samples.OtherBoard), default);
        using var http = new InfluxHttp(options);
        var queries = 0;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Api.DocsFolder.Path, "grafana"), "*.json"))
        {
            using var dashboard = JsonDocument.Parse(await File.ReadAllTextAsync(file));
            foreach (var query in Queries(dashboard.RootElement))
            {
                using var answer = await http.QueryAsync(Substituted(query, first), default);
                var result = answer.RootElement.GetProperty("results")[0];
                Assert.True(!result.TryGetProperty("error", out var error), $"{Path.GetFileName(file)}: {query}: {error}");
                Assert.True(
                    result.TryGetProperty("series", out var series)
                    && series.EnumerateArray().Any(s => s.GetProperty("values").EnumerateArray().Any(row => row[row.GetArrayLength() - 1].ValueKind != JsonValueKind.Null)),
                    $"{Path.GetFileName(file)}: no data: {query}");
                queries++;
            }
        }

        Assert.True(queries >= 14, $"{queries} queries");
    }

    [Fact]
    public void Panels_have_ids_of_their_own_and_every_variable_that_is_used_is_declared()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Api.DocsFolder.Path, "grafana"), "*.json"))
        {
            using var dashboard = JsonDocument.Parse(File.ReadAllText(file));
            var root = dashboard.RootElement;
            var ids = root.GetProperty("panels").EnumerateArray().Select(p => p.GetProperty("id").GetInt32()).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
            var declared = root.GetProperty("templating").GetProperty("list").EnumerateArray().Select(v => v.GetProperty("name").GetString()!).ToList();
            foreach (var query in Queries(root))
            {
                var rest = declared.Concat(["timeFilter", "__interval"]).OrderByDescending(static name => name.Length)
                    .Aggregate(query.Replace("$/", "/", StringComparison.Ordinal), static (text, name) => text.Replace("$" + name, "", StringComparison.Ordinal));
                Assert.DoesNotContain("$", rest, StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<string> Queries(JsonElement dashboard) =>
        dashboard.GetProperty("panels").EnumerateArray().SelectMany(static p => p.GetProperty("targets").EnumerateArray()).Select(static t => t.GetProperty("query").GetString()!)
            .Concat(dashboard.GetProperty("templating").GetProperty("list").EnumerateArray()
                .Where(static v => v.GetProperty("type").GetString() == "query").Select(static v => v.GetProperty("query").GetString()!));

    /// <summary>As Grafana does: a variable of several values becomes (a|b) in a regular expression.</summary>
    private static string Substituted(string query, DateTimeOffset from) => query
        .Replace("$timeFilter", string.Create(CultureInfo.InvariantCulture, $"time >= {from.ToUnixTimeMilliseconds()}ms"), StringComparison.Ordinal)
        .Replace("$__interval", "10m", StringComparison.Ordinal)
        .Replace("$board", $"({Samples.Board}|{Samples.OtherBoard})", StringComparison.Ordinal)
        .Replace("$channel", "1", StringComparison.Ordinal)
        .Replace("$sensor", "1", StringComparison.Ordinal)
        .Replace("$weight", "10", StringComparison.Ordinal);
}
