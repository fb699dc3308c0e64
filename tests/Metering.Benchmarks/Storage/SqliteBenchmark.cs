using System.Diagnostics;
using System.Globalization;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;

namespace Metering.Benchmarks.Storage;

/// <summary>Intake, size on disk and reading back of the embedded store.</summary>
internal static class SqliteBenchmark
{
    private const int InFlight = 1000;

    /// <summary>Appends as an endpoint with 50 connections of 20 messages in flight does, one sample a message.</summary>
    internal static async Task IntakeAsync(string directory, int messages)
    {
        const int boards = 50;
        var source = new BenchmarkSamples(1);
        var samples = Enumerable.Range(0, boards).Select(board => source.Of(board, 0, messages / boards)).ToArray();
        await using var database = await SqliteDatabase.OpenAsync(directory, TimeProvider.System, default);
        var store = new SqliteReadingStore(database);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(worker => Task.Run(async () =>
        {
            var mine = samples[worker % boards];
            for (var i = worker / boards; i < mine.Length; i += InFlight / boards)
            {
                await store.AppendAsync([mine[i]], default);
            }
        })));
        Print("intake, one sample a message, 1000 in flight", messages / clock.Elapsed.TotalSeconds, "samples/s");
    }

    /// <summary>Fills two years of a fleet, then reads one building.</summary>
    internal static async Task TwoYearsAsync(string directory, int boards, int boardsOfBuilding)
    {
        const int steps = 731 * 144; // 2024 is a leap year
        var source = new BenchmarkSamples(2);
        var clock = Stopwatch.StartNew();
        await using (var filling = await SqliteDatabase.OpenAsync(directory, TimeProvider.System, default))
        {
            await FillAsync(new SqliteReadingStore(filling), source, boards, steps);
        }

        long rows = (long)boards * steps;
        Print(string.Create(CultureInfo.InvariantCulture, $"fill {boards} boards x 2 years"), rows / clock.Elapsed.TotalSeconds, "samples/s");
        await using var database = await SqliteDatabase.OpenAsync(directory, TimeProvider.System, default);
        var bytes = new FileInfo(database.Path).Length;
        Print("size", bytes / (double)rows, "bytes a sample of six channels");
        Print("size", bytes / 1e6 / boards / 2, "MB a board and year");
        for (var run = 0; run < 3; run++)
        {
            await ReadBuildingAsync(new SqliteReadingStore(database), boardsOfBuilding);
            await FleetReads.BuildingAsync(directory, boardsOfBuilding, "the same building, each board at once");
        }
    }

    /// <summary>Day by day over all boards, as they arrive.</summary>
    private static async Task FillAsync(SqliteReadingStore store, BenchmarkSamples source, int boards, int steps)
    {
        const int day = 144;
        for (var first = 0; first < steps; first += day)
        {
            for (var board = 0; board < boards; board++)
            {
                await store.AppendAsync(source.Of(board, first, Math.Min(day, steps - first)), default);
            }
        }
    }

    private static async Task ReadBuildingAsync(SqliteReadingStore store, int boards)
    {
        var clock = Stopwatch.StartNew();
        long readings = 0;
        for (var board = 0; board < boards; board++)
        {
            foreach (var channel in new[] { "ch1", "ch2", "ch3", "ch4", "t1", "rh1" })
            {
                await foreach (var reading in store.ReadAsync(new ChannelKey(BenchmarkSamples.Board(board), channel), DateTimeOffset.UnixEpoch, BenchmarkSamples.Start.AddYears(3), default))
                {
                    readings += reading.Missing == MissingReason.None ? 1 : 0;
                }
            }
        }

        Print(string.Create(CultureInfo.InvariantCulture, $"read {boards} boards x 6 channels x 2 years, {readings} readings"), clock.Elapsed.TotalSeconds, "s");
    }

    internal static void Print(string what, double value, string unit) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {value:0.##} {unit}"));
}
