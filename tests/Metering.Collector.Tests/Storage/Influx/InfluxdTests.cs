using Metering.Collector.Storage;
using Metering.Collector.Storage.Influx;
using Metering.Core.Readings;
using Xunit;

namespace Metering.Collector.Tests.Storage.Influx;

/// <summary>What the real server does with credentials, certificates, type conflicts, kills and a full disk.</summary>
[NeedsProgram("influxd")]
public sealed class InfluxdTests(InfluxdFixture fixture) : IClassFixture<InfluxdFixture>
{
    private static readonly DateTimeOffset T0 = new(2026, 1, 11, 16, 0, 0, TimeSpan.Zero);

    [StoreFact]
    public async Task Wrong_credentials_are_a_misconfiguration_and_not_a_bad_point()
    {
        using var http = new InfluxHttp(fixture.Server.Options("any") with { Secret = "wrong" });
        var failure = await Assert.ThrowsAsync<InfluxException>(() => http.WriteAsync("m f=1i 1\n"u8.ToArray(), default));
        Assert.Equal(InfluxErrorKind.Misconfigured, failure.Kind);
        Assert.Contains("authorization failed", failure.Words, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task A_certificate_of_an_unknown_authority_is_refused()
    {
        using var http = new InfluxHttp(fixture.Server.Options("any") with { CertificateAuthorityFile = null });
        var failure = await Assert.ThrowsAsync<InfluxException>(() => http.PingAsync(default));
        Assert.Equal(InfluxErrorKind.Misconfigured, failure.Kind);
        Assert.StartsWith("TLS", failure.Words, StringComparison.Ordinal);
    }

    [StoreFact]
    public async Task A_database_that_is_missing_is_a_misconfiguration()
    {
        using var http = new InfluxHttp(fixture.Server.Options("nowhere"));
        Assert.Equal(InfluxErrorKind.Misconfigured, (await Assert.ThrowsAsync<InfluxException>(() => http.WriteAsync("m f=1i 1\n"u8.ToArray(), default))).Kind);
        Assert.Equal(InfluxErrorKind.Misconfigured, (await Assert.ThrowsAsync<InfluxException>(() => http.QueryAsync("SELECT f FROM m", default))).Kind);
    }

    [StoreFact]
    public async Task A_type_conflict_costs_its_own_point_only_and_the_servers_words_are_kept()
    {
        var options = fixture.Server.Options(fixture.NewDatabase());
        var refused = new List<RefusedPoint>();
        using var store = new InfluxReadingStore(options, (point, _) =>
        {
            refused.Add(point);
            return Task.CompletedTask;
        });
        await store.EnsureDatabaseAsync(default);
        using var http = new InfluxHttp(options);
        await http.WriteAsync("sample,board=x t1=21.5 1700000000000000000\n"u8.ToArray(), default); // somebody's float

        // The conflict is per shard: only samples of that week are hit.
        var conflicting = Samples.Of(1, 1, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        await store.AppendAsync([conflicting, Samples.Of(1, 2, T0)], default);

        var point = Assert.Single(refused);
        Assert.Contains("field type conflict", point.Words, StringComparison.Ordinal);
        Assert.Contains("seq=1i", point.Line, StringComparison.Ordinal);
        Assert.Equal(2, (await store.LatestAsync(Samples.Ch1, default))!.Value.Sequence);
    }

    [StoreFact]
    public async Task What_was_acknowledged_is_there_after_the_server_was_killed_in_the_middle_of_writing()
    {
        await using var server = await InfluxdServer.StartNewAsync();
        using var store = new InfluxReadingStore(server.Options("metering"), static (_, _) => throw new InvalidOperationException("refused"));
        await store.EnsureDatabaseAsync(default);
        var series = Samples.Series(T0, TimeSpan.FromMinutes(10), 400);
        var acknowledged = 0;
        var reached = new TaskCompletionSource();
        var writing = Task.Run(async () =>
        {
            foreach (var sample in series)
            {
                await store.AppendAsync([sample], default);
                if (++acknowledged == 50)
                {
                    reached.SetResult();
                }
            }
        });

        await reached.Task;
        await server.KillAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => writing);
        await server.StartAsync();

        var kept = await CountAsync(store);
        Assert.InRange(kept, acknowledged, acknowledged + 1); // the one under way may have been stored
        Assert.Equal(new AppendResult(series.Length - kept, kept), await store.AppendAsync(series, default));
        Assert.Equal(series.Length, await CountAsync(store));
    }

    private static async Task<int> CountAsync(InfluxReadingStore store) =>
        (int)(await store.StatisticsAsync(Samples.Ch1, DateTimeOffset.UnixEpoch, T0.AddYears(1), default)).Count;
}
