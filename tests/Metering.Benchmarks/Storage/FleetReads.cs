using System.Diagnostics;
using System.Globalization;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;

namespace Metering.Benchmarks.Storage;

/// <summary>
/// Reading one building back the way a note does: a newly opened store, each board in one pass, through the ledger.
/// </summary>
internal static class FleetReads
{
    private static readonly string[] Channels = ["ch1", "ch2", "ch3", "ch4", "t1", "rh1"];

    /// <summary>Reads a building and returns the seconds that it took, opening of the file included.</summary>
    internal static async Task<double> BuildingAsync(string directory, int boards, string what, int firstBoard = 0)
    {
        var (clock, cpu) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        await using var database = await SqliteDatabase.OpenAsync(directory, TimeProvider.System, default);
        var keys = Enumerable.Range(firstBoard, boards).SelectMany(static board => Channels.Select(channel => new ChannelKey(BenchmarkSamples.Board(board), channel))).ToArray();
        var end = BenchmarkSamples.Start.AddYears(100);
        var readings = await BuildingReadings.ReadAsync(CorrectedReadingStore.Of(database), keys, BenchmarkSamples.Start, end, default);
        var (seconds, used) = (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        var count = keys.Sum(key => (long)readings.Of(key, BenchmarkSamples.Start, end).Count);
        SqliteBenchmark.Print(string.Create(CultureInfo.InvariantCulture, $"{what}, {count} readings, {used:0.00} s of processor time"), seconds, "s");
        return seconds;
    }

    /// <summary>Reads one channel of one board.</summary>
    internal static async Task ChannelAsync(string directory, string what)
    {
        await using var database = await SqliteDatabase.OpenAsync(directory, TimeProvider.System, default);
        var store = CorrectedReadingStore.Of(database);
        var clock = Stopwatch.StartNew();
        long count = 0;
        await foreach (var reading in store.ReadAsync(new ChannelKey(BenchmarkSamples.Board(1), "t1"), BenchmarkSamples.Start, BenchmarkSamples.Start.AddYears(100), default))
        {
            count += reading.Missing == MissingReason.None ? 1 : 0;
        }

        SqliteBenchmark.Print(string.Create(CultureInfo.InvariantCulture, $"{what}, {count} readings"), clock.Elapsed.TotalSeconds, "s");
    }
}
