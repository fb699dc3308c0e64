using System.Net;
using System.Net.Sockets;
using Metering.Collector.Cli;
using Metering.Collector.Tests.Storage;
using Xunit;

namespace Metering.Collector.Tests.Demo;

/// <summary>Exit code 2 and one clear line, and nothing left behind that a second try would trip over.</summary>
public sealed class BadDemoInputTests
{
    [Fact]
    public async Task A_truncated_data_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        var whole = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "appliances", "appliances_energy_10min.csv.gz"));
        var file = folder.File("cut.csv.gz");
        await File.WriteAllBytesAsync(file, whole[..(whole.Length / 2)]);

        var error = await RefusedAsync("--trace", file, "--out", folder.File("out"));

        Assert.Contains("--trace: ", error, StringComparison.Ordinal);
        Assert.Contains("cut.csv.gz", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_file_that_is_not_there_is_refused()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("none.csv", await RefusedAsync("--trace", folder.File("none.csv"), "--out", folder.File("out")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var error = await RefusedAsync("--mqtt-port", port, "--out", folder.Path);

        Assert.Contains($"port {port} is in use", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_does_not_exist_is_refused()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("Mqtt:Port: 70000", await RefusedAsync("--mqtt-port", "70000", "--out", folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_refused()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("file"), "");

        Assert.Contains("cannot be written", await RefusedAsync("--out", folder.File("file/below")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_no_demo_made_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("metering.db"), "precious");

        Assert.Contains("holds a store that no demo made", await RefusedAsync("--force", "--out", folder.Path), StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(folder.File("metering.db")));
    }

    private static async Task<string> RefusedAsync(params string[] arguments)
    {
        var (code, _, error) = await HouseDemo.RunAsync(["demo", "--once", .. arguments]);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Single(error.TrimEnd().Split('\n'));
        return error;
    }
}
