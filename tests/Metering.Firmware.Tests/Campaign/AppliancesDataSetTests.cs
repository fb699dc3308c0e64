using System.IO.Compression;
using System.Text;
using Metering.Simulator.Appliances;
using Metering.Simulator.Scenarios;
using Xunit;

namespace Metering.Firmware.Tests.Campaign;

/// <summary>The real house's data: read exactly or refused with file, place and what is allowed.</summary>
public sealed class AppliancesDataSetTests : IDisposable
{
    private static readonly string Original =
        Path.Combine(AppContext.BaseDirectory, "ReferenceData", "appliances", "appliances_energy_10min.csv.gz");

    private readonly string _folder = Directory.CreateTempSubdirectory("metering-appliances-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Embedded_copy_holds_the_published_totals_and_values()
    {
        var data = AppliancesDataSet.LoadEmbedded();

        // SOURCE.md: sums and extremes; first line of the file.
        Assert.Equal(19_735, data.AppliancesWhByStep.Count);
        Assert.Equal(1_928_010, data.AppliancesWhByStep.Sum(v => (long)v));
        Assert.Equal(75_030, data.LightsWhByStep.Sum(v => (long)v));
        Assert.Equal((10, 1_080), (data.AppliancesWhByStep.Min(), data.AppliancesWhByStep.Max()));
        Assert.Equal((0, 70), (data.LightsWhByStep.Min(), data.LightsWhByStep.Max()));
        Assert.Equal((19.89, 47.6), (data.RoomTemperature[0][0], data.RoomHumidity[0][0]));
        Assert.Equal((17.03, 45.53), (data.RoomTemperature[8][0], data.RoomHumidity[8][0]));
    }

    [Fact]
    public void File_on_disk_reads_as_the_embedded_copy()
    {
        Assert.Equal(AppliancesDataSet.LoadEmbedded().AppliancesWhByStep, AppliancesDataSet.Load(Original).AppliancesWhByStep);
    }

    [Fact]
    public void Gzip_file_cut_short_is_refused_as_truncated()
    {
        var bytes = File.ReadAllBytes(Original);
        var path = Write("cut.csv.gz", bytes[..(bytes.Length / 2)]);

        var error = Assert.Throws<ScenarioDataException>(() => AppliancesDataSet.Load(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains("allowed:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_that_misses_its_last_line_is_refused_with_the_count()
    {
        var lines = Lines();
        var path = Write("short.csv", string.Join('\n', lines[..^1]));

        var error = Assert.Throws<ScenarioDataException>(() => AppliancesDataSet.Load(path));

        Assert.Equal($"{path}, line 19735: the file ends after 19734 steps; allowed: 19735 steps.", error.Message);
    }

    [Theory]
    [InlineData("", "line 1: an empty file; allowed: the header time_local,appliances_wh,...,pressure_mmhg.")]
    [InlineData("a,b\n", "line 1: 'a,b'; allowed: the header time_local,appliances_wh,...,pressure_mmhg.")]
    public void File_without_the_header_is_refused(string content, string message)
    {
        var path = Write("bad.csv", content);

        var error = Assert.Throws<ScenarioDataException>(() => AppliancesDataSet.Load(path));

        Assert.Equal($"{path}, {message}", error.Message);
    }

    [Theory]
    [InlineData("2016-01-11T17:10:00,60,", "2016-01-11T17:20:00,60,", "line 3, time_local: '2016-01-11T17:20:00'; allowed: 2016-01-11T17:10:00 (ten minutes after the line before).")]
    [InlineData("2016-01-11T17:10:00,60,", "2016-01-11T17:10:00,65,", "line 3, appliances_wh: '65'; allowed: a multiple of 10 Wh from 0 to 2000.")]
    [InlineData("2016-01-11T17:10:00,60,", "2016-01-11T17:10:00,-60,", "line 3, appliances_wh: '-60'; allowed: a multiple of 10 Wh from 0 to 2000.")]
    [InlineData("2016-01-11T17:10:00,60,30,19.89,", "2016-01-11T17:10:00,60,30,NaN,", "line 3, t1_c: 'NaN'; allowed: a number from -40 to 60.")]
    [InlineData("2016-01-11T17:10:00,60,30,19.89,46.69,", "2016-01-11T17:10:00,60,30,19.89,146.69,", "line 3, rh1_pct: '146.69'; allowed: a number from 0 to 100.")]
    [InlineData("2016-01-11T17:10:00,60,30,", "2016-01-11T17:10:00,60,", "line 3: 24 values; allowed: 25 values.")]
    [InlineData("2016-01-11T17:10:00,60,", "2016-01-11T17:10:00,70,", "totals: 1928020 and 75030 Wh; allowed: 1928010 Wh of appliances and 75030 Wh of lights.")]
    public void File_with_a_wrong_value_is_refused_with_line_and_column(string find, string replace, string message)
    {
        var text = string.Join('\n', Lines()) + "\n";
        Assert.Contains(find, text, StringComparison.Ordinal);
        var path = Write("bad.csv", text.Replace(find, replace, StringComparison.Ordinal));

        var error = Assert.Throws<ScenarioDataException>(() => AppliancesDataSet.Load(path));

        Assert.Equal($"{path}, {message}", error.Message);
    }

    [Fact]
    public void File_without_line_ends_does_not_fill_the_memory()
    {
        var path = Write("endless.csv", string.Join('\n', Lines()[..1]) + "\n" + new string('1', 1_000_000));

        var error = Assert.Throws<ScenarioDataException>(() => AppliancesDataSet.Load(path));

        Assert.Equal($"{path}, line 2: over 512 characters; allowed: a line of 25 values.", error.Message);
    }

    [Fact]
    public void Missing_file_is_refused_by_name()
    {
        var error = Assert.Throws<ScenarioDataException>(() => AppliancesDataSet.Load(Path.Combine(_folder, "none.csv.gz")));

        Assert.Contains("none.csv.gz: cannot be read", error.Message, StringComparison.Ordinal);
    }

    private static string[] Lines()
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Original), CompressionMode.Decompress), Encoding.ASCII);
        return reader.ReadToEnd().TrimEnd().Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
    }

    private string Write(string name, string content) => Write(name, Encoding.ASCII.GetBytes(content));

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
