using System.Globalization;

namespace Metering.Benchmarks.Storage;

/// <summary><c>storage intake|two-years|forward [n]</c> and <c>storage fleet</c></summary>
internal static class StorageBenchmarks
{
    internal static async Task<int> RunAsync(string[] args)
    {
        if (args.FirstOrDefault() == "fleet")
        {
            return await FleetAsync(args[1..]);
        }

        var folder = Directory.CreateTempSubdirectory("metering-benchmark-").FullName;
        try
        {
            var size = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : (int?)null;
            switch (args.FirstOrDefault())
            {
                case "intake":
                    await SqliteBenchmark.IntakeAsync(folder, size ?? 400_000);
                    return 0;
                case "two-years":
                    await SqliteBenchmark.TwoYearsAsync(folder, size ?? 200, boardsOfBuilding: 4);
                    return 0;
                case "forward":
                    await ForwardBenchmark.RunAsync(folder, size ?? 250_000);
                    return 0;
                default:
                    await Console.Error.WriteLineAsync("storage intake|two-years|forward [n]");
                    await Console.Error.WriteLineAsync(FleetOptions.Usage);
                    return 2;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> FleetAsync(string[] args)
    {
        if (FleetOptions.Parse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(FleetOptions.Usage);
            return 2;
        }

        var folder = options.Directory ?? Directory.CreateTempSubdirectory("metering-benchmark-").FullName;
        try
        {
            await FleetBenchmark.RunAsync(folder, options);
            return 0;
        }
        finally
        {
            if (options.Directory is null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
