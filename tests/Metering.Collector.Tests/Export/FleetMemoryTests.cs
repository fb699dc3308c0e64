using System.IO.Compression;
using Metering.Collector.Export;
using Metering.Core.Notes.Dossier;
using Xunit;

namespace Metering.Collector.Tests.Export;

/// <summary>Alone in the process while it runs: what is alive is counted, and others would be counted with it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    public const string Name = "alone in the process";
}

/// <summary>
/// Memory of the package does not grow with the fleet. What is alive after a collection is compared, when the third and when the
/// last building begin: no time, no allocation rate.
/// </summary>
[Collection(AloneInTheProcess.Name)]
public sealed class FleetMemoryTests
{
    private const int Buildings = 14;
    private const int Days = 45;

    /// <summary>Eleven buildings' readings alone take over 17 MB (45 days, 144 a day, 5 channels, 48 bytes each), and their intervals and hours as much again.</summary>
    private const long GrowthBytesMax = 4L << 20;

    [Fact]
    public async Task What_is_alive_does_not_grow_with_the_number_of_buildings()
    {
        var alive = new List<long>();
        var fleet = new StreamedFleet(Buildings, Days, _ => alive.Add(GC.GetTotalMemory(forceFullCollection: true)));
        var file = Path.GetTempFileName();
        try
        {
            await using (var stream = File.Create(file))
            {
                await DataPackageWriter.WriteAsync(
                    new ExportRequest { Buildings = [.. fleet.Registry.Buildings.Select(b => b.Id)], Version = "0.0.0-test", Salt = new byte[32], Dossier = _ => NoteDossier.Empty },
                    fleet, fleet.Registry, stream, CancellationToken.None);
            }

            Assert.Equal(Buildings, alive.Count);
            Assert.True(alive[^1] - alive[2] < GrowthBytesMax, $"alive at each building, bytes: {string.Join(", ", alive)}");
            // Not flat because empty: every reading of every building is in the package.
            using var zip = ZipFile.OpenRead(file);
            Assert.Equal(2L * Buildings * Days * 144, Rows(zip, "energy_10min.csv.gz"));
            Assert.Equal(2L * Buildings * Days * 144, Rows(zip, "climate_10min.csv.gz"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static long Rows(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(new GZipStream(zip.GetEntry(name)!.Open(), CompressionMode.Decompress));
        var rows = -1L;
        while (reader.ReadLine() is not null)
        {
            rows++;
        }

        return rows;
    }
}
