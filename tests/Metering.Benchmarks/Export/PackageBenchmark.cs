using System.Diagnostics;
using System.Globalization;
using Metering.Collector.Export;
using Metering.Collector.Tests.Export;
using Metering.Core.Notes.Dossier;

namespace Metering.Benchmarks.Export;

/// <summary>
/// The data package of a fleet that is made up while it is read (two meters, a room, the air outdoors; every ten minutes): what is
/// alive when a building begins, the peak of the working set, time and size.
/// </summary>
internal static class PackageBenchmark
{
    public static async Task<int> RunAsync(string[] args)
    {
        var buildings = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
        var days = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 730;
        using var process = Process.GetCurrentProcess();
        var clock = Stopwatch.StartNew();
        var every = Math.Max(1, buildings / 10);
        var fleet = new StreamedFleet(buildings, days, building =>
        {
            if (building % every == 0)
            {
                process.Refresh();
                Line($"building {building,5}: alive {GC.GetTotalMemory(true) / 1e6,7:F1} MB, working set {process.WorkingSet64 / 1e6,7:F1} MB, {clock.Elapsed.TotalSeconds,7:F1} s");
            }
        });
        var file = Path.GetTempFileName();
        try
        {
            await using (var stream = File.Create(file))
            {
                await DataPackageWriter.WriteAsync(
                    new ExportRequest { Buildings = [.. fleet.Registry.Buildings.Select(b => b.Id)], Version = "benchmark", Salt = new byte[32], Dossier = _ => NoteDossier.Empty },
                    fleet, fleet.Registry, stream, CancellationToken.None).ConfigureAwait(false);
            }

            process.Refresh();
            Line($"{buildings} buildings, {days} days: {fleet.Readings} readings read, package {new FileInfo(file).Length / 1e6:F1} MB, peak working set {process.PeakWorkingSet64 / 1e6:F1} MB, {clock.Elapsed.TotalSeconds:F1} s");
            return 0;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
