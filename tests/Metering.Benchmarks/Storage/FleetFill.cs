using System.Diagnostics;
using System.Globalization;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;

namespace Metering.Benchmarks.Storage;

/// <summary>
/// Fills a store at full size through its own append, in the order in which a fleet reports: all boards of one instant,
/// then all of the next.
/// </summary>
internal static class FleetFill
{
    /// <summary>Samples of one append, at most: what the store takes at once.</summary>
    private const int SamplesPerAppend = 20_000;

    private const int StepsPerDay = 144;

    internal static int Steps(int years) =>
        (int)((BenchmarkSamples.Start.AddYears(years) - BenchmarkSamples.Start).TotalDays * StepsPerDay);

    internal static async Task RunAsync(string directory, int boards, int steps)
    {
        await using var database = await SqliteDatabase.OpenAsync(directory, TimeProvider.System, default);
        var store = new SqliteReadingStore(database);
        var source = new BenchmarkSamples(2);
        var clock = Stopwatch.StartNew();
        var stepsPerAppend = Math.Max(1, SamplesPerAppend / boards);
        var batch = new List<Sample>(SamplesPerAppend);
        Task pending = Task.CompletedTask;
        for (var first = 0; first < steps; first += stepsPerAppend)
        {
            var count = Math.Min(stepsPerAppend, steps - first);
            var columns = Enumerable.Range(0, boards).Select(board => source.Of(board, first, count)).ToArray();
            batch = new List<Sample>(boards * count);
            for (var step = 0; step < count; step++)
            {
                batch.AddRange(columns.Select(column => column[step]));
            }

            await pending;
            pending = AppendAsync(store, batch);
            Report(first, steps, boards, clock);
        }

        await pending;
        SqliteBenchmark.Print(
            string.Create(CultureInfo.InvariantCulture, $"fill {(long)boards * steps} samples of six channels"),
            (double)boards * steps / clock.Elapsed.TotalSeconds,
            "samples/s");
    }

    private static async Task AppendAsync(SqliteReadingStore store, List<Sample> samples)
    {
        foreach (var part in samples.Chunk(SamplesPerAppend))
        {
            await store.AppendAsync(part, default);
        }
    }

    private static void Report(int first, int steps, int boards, Stopwatch clock)
    {
        if (first / StepsPerDay % 50 == 0 && first % StepsPerDay < Math.Max(1, SamplesPerAppend / boards) && first > 0)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"day {first / StepsPerDay} of {steps / StepsPerDay}, {(double)boards * first / clock.Elapsed.TotalSeconds:0} samples/s"));
        }
    }
}
