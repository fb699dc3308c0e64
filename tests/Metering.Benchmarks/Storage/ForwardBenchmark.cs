using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using Metering.Collector.Storage.Forwarding;
using Metering.Collector.Storage.Influx;
using Metering.Collector.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Metering.Benchmarks.Storage;

/// <summary>
/// Forwarding from the intake into the real influxd beside the same points written directly, in lines made beforehand,
/// by a client that does nothing else. The ratio is the figure; direct runs before and after, their mean counts.
/// </summary>
internal static class ForwardBenchmark
{
    private const int Boards = 50;
    private const int BatchLines = 5000;
    private const int ReadingsPerSample = 6;

    internal static async Task RunAsync(string directory, int samples)
    {
        await using var influxd = await PlainInfluxd.StartAsync(Path.Combine(directory, "influx"));
        await using var database = await SqliteDatabase.OpenAsync(directory, TimeProvider.System, default);
        var intake = new SqliteReadingStore(database);
        var batches = await FillAsync(intake, samples);
        double readings = (double)samples * ReadingsPerSample;

        var before = readings / await DirectAsync(influxd.Url, "before", batches);
        using var forwarder = new InfluxForwarder(
            database, intake, new InfluxOptions { Url = influxd.Url, Database = "forwarded" }, new ForwardOptions(), NullLogger<InfluxForwarder>.Instance);
        await forwarder.EnsureDatabaseAsync(default);
        await forwarder.TurnOnAsync(default);
        var clock = Stopwatch.StartNew();
        var confirmed = await forwarder.DrainAsync(default);
        var forward = confirmed / clock.Elapsed.TotalSeconds;
        var after = readings / await DirectAsync(influxd.Url, "after", batches);

        SqliteBenchmark.Print("direct, 5,000-line batches, before", before, "readings/s");
        SqliteBenchmark.Print(string.Create(CultureInfo.InvariantCulture, $"forwarded {confirmed} readings"), forward, "readings/s");
        SqliteBenchmark.Print("direct, 5,000-line batches, after", after, "readings/s");
        SqliteBenchmark.Print("ratio", forward / ((before + after) / 2), "(0.8 or more is the aim)");
    }

    private static async Task<List<ReadOnlyMemory<byte>>> FillAsync(SqliteReadingStore intake, int samples)
    {
        var source = new BenchmarkSamples(3);
        var batches = new List<ReadOnlyMemory<byte>>();
        var lines = new ArrayBufferWriter<byte>();
        var count = 0;
        const int chunk = 100;
        for (var first = 0; first < samples / Boards; first += chunk)
        {
            for (var board = 0; board < Boards; board++)
            {
                var part = source.Of(board, first, chunk);
                await intake.AppendAsync(part, default);
                foreach (var sample in part)
                {
                    LineProtocol.WriteSample(lines, sample);
                    if (++count % BatchLines == 0)
                    {
                        batches.Add(lines.WrittenSpan.ToArray());
                        lines.ResetWrittenCount();
                    }
                }
            }
        }

        batches.Add(lines.WrittenSpan.ToArray());
        return batches;
    }

    private static async Task<double> DirectAsync(Uri url, string name, List<ReadOnlyMemory<byte>> batches)
    {
        using var client = new HttpClient { BaseAddress = url };
        using var created = await client.PostAsync(new Uri("query?q=CREATE%20DATABASE%20" + name, UriKind.Relative), null);
        var clock = Stopwatch.StartNew();
        foreach (var batch in batches.Where(static batch => !batch.IsEmpty))
        {
            using var packed = new MemoryStream();
            await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            {
                await gzip.WriteAsync(batch);
            }

            using var content = new ByteArrayContent(packed.GetBuffer(), 0, (int)packed.Length);
            content.Headers.ContentEncoding.Add("gzip");
            using var response = await client.PostAsync(new Uri("write?precision=ns&db=" + name, UriKind.Relative), content);
            if (response.StatusCode != HttpStatusCode.NoContent)
            {
                throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
            }
        }

        return clock.Elapsed.TotalSeconds;
    }
}
