using System.Text;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Forwarding;
using Metering.Collector.Storage.Influx;
using Metering.Collector.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Metering.Collector.Tests.Storage.Influx;

/// <summary>
/// The real influxd without room: under a limit of its files' size, which works everywhere, and on a small file system
/// where this process may mount one.
/// </summary>
[NeedsProgram("influxd")]
public sealed class InfluxdFullDiskTests
{
    private const int LinesPerWrite = 2000;
    private const int WritesMax = 500;
    private const int FileKibibytes = 6 << 10; // above the 4 MiB of a series file, below the 10 MiB of a log segment
    private const int DiskMebibytes = 24;

    [StoreFact]
    public async Task A_log_that_cannot_grow_is_retryable_and_nothing_acknowledged_is_lost()
    {
        await using var server = await InfluxdServer.StartNewAsync(fileKibibytes: FileKibibytes);
        await FillAndRecoverAsync(server, static () => { });
    }

    [StoreFact]
    public async Task A_full_file_system_or_else_the_same_limit_twice_is_retryable_and_nothing_acknowledged_is_lost()
    {
        using var disk = SmallDisk.TryMount(DiskMebibytes);
        await using var server = await InfluxdServer.StartNewAsync(
            disk is null ? null : Path.Combine(disk.Path, "influx"), disk is null ? FileKibibytes : null);
        await FillAndRecoverAsync(server, () => disk?.Grow(megabytes: 200));
    }

    private static async Task FillAndRecoverAsync(InfluxdServer server, Action makeRoom)
    {
        using var folder = new TemporaryFolder();
        await using var database = await SqliteDatabase.OpenAsync(folder.Path, TimeProvider.System, default);
        var intake = new SqliteReadingStore(database);
        using var forwarder = new InfluxForwarder(database, intake, server.Options("metering"), new ForwardOptions(), NullLogger<InfluxForwarder>.Instance);
        using var http = new InfluxHttp(server.Options("metering"));
        await forwarder.EnsureDatabaseAsync(default);
        await forwarder.TurnOnAsync(default);

        var acknowledged = await FillAsync(http);
        await intake.AppendAsync(Samples.Series(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), TimeSpan.FromMinutes(1), 400), default);
        Assert.Equal(InfluxErrorKind.Retryable, (await Assert.ThrowsAsync<InfluxException>(() => forwarder.DrainAsync(default))).Kind);
        Assert.Equal(401, (await forwarder.StatusAsync(default)).Waiting); // 400 samples and what dates their boot
        Assert.Equal(0, await new Quarantine(database).CountAsync(default));

        makeRoom();
        await server.KillAsync();
        await server.StartAsync();
        Assert.InRange(await CountAsync(http, "0024befffe000001"), acknowledged, acknowledged + LinesPerWrite);
        Assert.Equal(400 * 3, await forwarder.DrainAsync(default));
        Assert.Equal(400, await CountAsync(http, Samples.Board));
    }

    /// <summary>Writes until the server takes no more; returns the points that it acknowledged.</summary>
    private static async Task<long> FillAsync(InfluxHttp http)
    {
        var random = new Random(5);
        for (var written = 0; written < WritesMax; written++)
        {
            var lines = string.Concat(Enumerable.Range(0, LinesPerWrite).Select(i => FormattableString.Invariant(
                $"sample,board=0024befffe000001 ch1={random.NextInt64()}i,t1={random.NextInt64()}i {1_700_000_000_000_000_000 + ((long)written * LinesPerWrite + i) * 1_000_000_000}\n")));
            try
            {
                await http.WriteAsync(Encoding.ASCII.GetBytes(lines), default);
            }
            catch (InfluxException refused)
            {
                Assert.Equal(InfluxErrorKind.Retryable, refused.Kind);
                Assert.InRange(written, 1, WritesMax);
                return (long)written * LinesPerWrite;
            }
        }

        throw new InvalidOperationException("The disk did not become full.");
    }

    private static async Task<long> CountAsync(InfluxHttp http, string board)
    {
        using var count = await http.QueryAsync($"SELECT count(ch1) FROM sample WHERE board = '{board}'", default);
        return InfluxRows.Of(count)[0].Rows[0][1]!.Value;
    }
}
