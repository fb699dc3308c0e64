using System.Globalization;

namespace Metering.Benchmarks.Storage;

/// <summary>Two years of a fleet in one file: its size, and how long it takes to read one building back.</summary>
internal static class FleetBenchmark
{
    private const int WarmRuns = 3;
    private static readonly int[] BuildingSizes = [1, 4, 10];

    internal static async Task RunAsync(string directory, FleetOptions options)
    {
        var steps = FleetFill.Steps(options.Years);
        var file = Path.Combine(directory, Metering.Collector.Storage.Sqlite.SqliteDatabase.FileName);
        if (!File.Exists(file))
        {
            await FleetFill.RunAsync(directory, options.Boards, steps);
        }

        var bytes = new FileInfo(file).Length;
        SqliteBenchmark.Print("size of the file", bytes / 1e6, "MB");
        SqliteBenchmark.Print("size", bytes / (double)options.Boards / steps, "bytes a sample of six channels");
        SqliteBenchmark.Print("size", bytes / 1e6 / options.Boards / options.Years, "MB a board and year");

        foreach (var size in BuildingSizes.Where(size => size <= options.Boards))
        {
            await ReadAsync(directory, file, size, options.Boards - size);
        }

        await FleetReads.ChannelAsync(directory, "one channel of one board, reading by reading");
    }

    /// <summary>Once from the disk, then from the page cache.</summary>
    private static async Task ReadAsync(string directory, string file, int size, int firstBoard)
    {
        var building = string.Create(CultureInfo.InvariantCulture, $"building of {size} boards x 6 channels");
        if (PageCache.Evict(file))
        {
            await FleetReads.BuildingAsync(directory, size, building + ", from the disk", firstBoard);
        }

        for (var run = 0; run < WarmRuns; run++)
        {
            await FleetReads.BuildingAsync(directory, size, building + ", from the page cache", firstBoard);
        }
    }
}
