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
/// Forwarding from the intake into the real influxd beside the same points written directly, in 5,000-line batches made
/// beforehand, by a client that does nothing else. Rounds of both, one after the other and in turn first, each into a database
/// of its own; the median of the rounds' ratios is the figure, since a loaded machine slows both of a round alike.
/// </summary>
internal static class ForwardBenchmark
{
    private const int Boards = 50;
    private const int BatchLines = 5000;
    private const int ReadingsPerSample = 6;
    private const int Rounds = 7;

    internal static async Task RunAsync(string directory, int samples)
    {
        await using var influxd = await PlainInfluxd.StartAsync(Path.Combine(directory, "influx"));
        await using var database = await SqliteDatabase.OpenAsync(directory, TimeProvider.System, default);
        var intake = new SqliteReadingStore(database);
        var batches = await FillAsync(intake, samples);
        var readings = (double)samples * ReadingsPerSample;

        // Once each to warm up, not counted.
        await ForwardAsync(database, intake, influxd);
        await DirectAsync(influxd, batches);
        var rounds = new List<(Run Direct, Run Forward)>();
        for (var round = 0; round < Rounds; round++)
        {
            Run direct, forward;
            if (round % 2 == 0)
            {
                direct = await DirectAsync(influxd, batches);
                forward = await ForwardAsync(database, intake, influxd);
            }
            else
            {
                forward = await ForwardAsync(database, intake, influxd);
                direct = await DirectAsync(influxd, batches);
            }

            rounds.Add((direct, forward));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"round {round + 1}: direct {readings / direct.Seconds:0} readings/s (client {direct.Cpu:0.00} s of CPU, influxd {direct.Server:0.00} s), forwarded {readings / forward.Seconds:0} readings/s ({forward.Cpu:0.00} s, influxd {forward.Server:0.00} s), ratio {direct.Seconds / forward.Seconds:0.00}"));
        }

        await database.Writer.WriteAsync(Outbox.TurnOff, default);
        await database.Writer.WriteAsync(static session => Outbox.TurnOn(session, 0), default);
        var alone = Run.Begin(influxd);
        await PagesAsync(database, intake);
        alone = alone.End(influxd);
        SqliteBenchmark.Print("reading, encoding and packing alone", readings / alone.Seconds, "readings/s");
        SqliteBenchmark.Print("reading, encoding and packing alone, processor time", alone.Cpu, "s");
        SqliteBenchmark.Print("direct, 5,000-line batches, median", readings / Median(rounds.Select(static round => round.Direct.Seconds)), "readings/s");
        SqliteBenchmark.Print("forwarded, median", readings / Median(rounds.Select(static round => round.Forward.Seconds)), "readings/s");
        SqliteBenchmark.Print("ratio, median of the rounds", Median(rounds.Select(static round => round.Direct.Seconds / round.Forward.Seconds)), "(0.8 or more is the aim)");
    }

    private static async Task<Run> ForwardAsync(SqliteDatabase database, SqliteReadingStore intake, PlainInfluxd influxd)
    {
        const string name = "forwarded";
        using var forwarder = new InfluxForwarder(
            database, intake, new InfluxOptions { Url = influxd.Url, Database = name }, new ForwardOptions(), NullLogger<InfluxForwarder>.Instance);
        await forwarder.EnsureDatabaseAsync(default);
        await database.Writer.WriteAsync(Outbox.TurnOff, default);
        await forwarder.TurnOnAsync(default);
        var run = Run.Begin(influxd);
        await forwarder.DrainAsync(default);
        run = run.End(influxd);
        await QueryAsync(influxd.Url, "DROP DATABASE " + name);
        return run;
    }

    /// <summary>What the forwarder does without a server.</summary>
    private static async Task PagesAsync(SqliteDatabase database, SqliteReadingStore intake)
    {
        await using var pages = new OutboxPages(database, new OutboxReader(intake.Layout), default);
        while (await pages.NextAsync() is { } page)
        {
            pages.Return(page);
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return ordered[ordered.Length / 2];
    }

    /// <summary>Wall time, this process's and the server's processor time, seconds.</summary>
    private readonly record struct Run(double Seconds, double Cpu, double Server)
    {
        internal static Run Begin(PlainInfluxd server) =>
            new(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency, Environment.CpuUsage.TotalTime.TotalSeconds, server.CpuSeconds);

        internal Run End(PlainInfluxd server) => Begin(server) is var now ? new Run(now.Seconds - Seconds, now.Cpu - Cpu, now.Server - Server) : default;
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
            // As boards report: all of one instant, then all of the next; the outbox has them in the same order.
            var columns = Enumerable.Range(0, Boards).Select(board => source.Of(board, first, chunk)).ToArray();
            var part = Enumerable.Range(0, chunk).SelectMany(step => columns.Select(column => column[step])).ToArray();
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

        batches.Add(lines.WrittenSpan.ToArray());
        return batches;
    }

    private static async Task<Run> DirectAsync(PlainInfluxd influxd, List<ReadOnlyMemory<byte>> batches)
    {
        const string name = "direct";
        await QueryAsync(influxd.Url, "CREATE DATABASE " + name);
        using var client = new HttpClient { BaseAddress = influxd.Url };
        var run = Run.Begin(influxd);
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

        run = run.End(influxd);
        await QueryAsync(influxd.Url, "DROP DATABASE " + name);
        return run;
    }

    private static async Task QueryAsync(Uri url, string statement)
    {
        using var client = new HttpClient { BaseAddress = url };
        using var response = await client.PostAsync(new Uri("query?q=" + Uri.EscapeDataString(statement), UriKind.Relative), null);
        response.EnsureSuccessStatusCode();
    }
}
