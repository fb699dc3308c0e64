using System.CommandLine;
using System.Text.Json;
using Metering.Collector.Cli;
using Metering.Collector.Provisioning;
using Xunit;

namespace Metering.Collector.Tests.Provisioning;

/// <summary>The exact commands of flashing, what is missing, and what happens when one fails. No board is touched here.</summary>
public sealed class FlashCommandTests : IDisposable
{
    private const string Mac = "24:0A:C4:80:4F:F1";
    private const string Eui = "240ac4fffe804ff1";

    private readonly string _root = Directory.CreateTempSubdirectory("metering-flash-").FullName;
    private readonly FakeRunner _runner = new();

    private string Nanoff => Path.Combine(_root, "artifacts/tools", OperatingSystem.IsWindows() ? "nanoff.exe" : "nanoff");

    public FlashCommandTests()
    {
        var device = Directory.CreateDirectory(Path.Combine(_root, "firmware", "Metering.Firmware.Device"));
        File.WriteAllText(Path.Combine(device.FullName, "Metering.Firmware.Device.nfproj"), "");
        var board = Directory.CreateDirectory(Path.Combine(_root, "data", "boards", Eui));
        File.WriteAllText(Path.Combine(board.FullName, "settings.json"), "{}");
        File.WriteAllText(Path.Combine(board.FullName, "network.json"), "{\"SerialPort\":\"\",\"CACertificatesPath\":\"ca.pem\"}");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Plan_prints_the_commands_in_order_and_does_nothing()
    {
        var result = await RunAsync("plan", "--board", Mac, "--port", "COM5");

        Assert.Equal(ExitCode.Done, result.Code);
        var commands = result.Output.Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0 && l[0] != '#');
        Assert.Equal(
            [
                "nuget restore firmware/Metering.Firmware.Device/packages.config -PackagesDirectory packages",
                "msbuild firmware/Metering.Firmware.Device/Metering.Firmware.Device.nfproj -p:Configuration=Release -p:Platform=AnyCPU -verbosity:minimal",
                "dotnet tool update nanoff --version 2.5.162 --allow-downgrade --tool-path artifacts/tools",
                $"{Nanoff} --update --target ESP32_REV3 --serialport COM5",
                $"{Nanoff} --target ESP32_REV3 --serialport COM5 --deploy --image firmware/Metering.Firmware.Device/bin/Release/Metering.Firmware.Device.bin",
                $"{Nanoff} --networkdeployment nanoff-network.json",
                $"{Nanoff} --filedeployment nanoff-files.json",
            ],
            commands);
        Assert.Empty(_runner.Ran);
        Assert.False(File.Exists(Path.Combine(_root, "data", "boards", Eui, "nanoff-network.json")));
    }

    [Fact]
    public async Task Plan_takes_target_runtime_erase_and_project_system_over()
    {
        var result = await RunAsync("plan", "--board", Eui, "--port", "/dev/ttyUSB0", "--target", "ESP32_PSRAM_REV3", "--runtime-version", "1.17.1.5", "--erase", "--project-system", "/opt/nano project/");

        Assert.Contains($"{Nanoff} --update --target ESP32_PSRAM_REV3 --serialport /dev/ttyUSB0 --fwversion 1.17.1.5 --masserase", result.Output, StringComparison.Ordinal);
        Assert.Contains("\"-p:NanoFrameworkProjectSystemPath=/opt/nano project/\"", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_writes_the_documents_with_the_port_and_runs_each_step_in_its_folder()
    {
        var result = await RunAsync("run", "--board", Mac, "--port", "COM5");

        Assert.Equal(ExitCode.Done, result.Code);
        Assert.Equal(["nuget", "msbuild", "dotnet", Nanoff, Nanoff, Nanoff, Nanoff], _runner.Ran.Select(s => s.Tool));
        var folder = Path.Combine(_root, "data", "boards", Eui);
        Assert.Equal([_root, _root, _root, _root, _root, folder, folder], _runner.Ran.Select(s => s.WorkingFolder));
        using var network = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "nanoff-network.json")));
        Assert.Equal(("COM5", "ca.pem"), (network.RootElement.GetProperty("SerialPort").GetString(), network.RootElement.GetProperty("CACertificatesPath").GetString()));
        using var files = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "nanoff-files.json")));
        var file = files.RootElement.GetProperty("Files")[0];
        Assert.Equal(("I:\\settings.json", "settings.json"), (file.GetProperty("DestinationFilePath").GetString(), file.GetProperty("SourceFilePath").GetString()));
    }

    [Fact]
    public async Task Run_names_each_missing_tool_with_how_to_get_it_and_does_nothing()
    {
        _runner.Missing.UnionWith(["nuget", "dotnet"]);

        var result = await RunAsync("run", "--board", Mac, "--port", "COM5");

        Assert.Equal(ExitCode.Problem, result.Code);
        Assert.StartsWith("flash: nuget, dotnet cannot be found.", result.Error, StringComparison.Ordinal);
        Assert.Contains("dotnet: install the .NET SDK", result.Error, StringComparison.Ordinal);
        Assert.Contains("nuget: download nuget.exe from the NuGet project", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("msbuild:", result.Error, StringComparison.Ordinal);
        Assert.Empty(_runner.Ran);
    }

    [Fact]
    public async Task Run_stops_at_the_step_that_fails_and_names_it()
    {
        _runner.FailAt = 4;

        var result = await RunAsync("run", "--board", Mac, "--port", "COM5");

        Assert.Equal(ExitCode.Problem, result.Code);
        Assert.Equal(4, _runner.Ran.Count);
        Assert.StartsWith("flash: step 4 of 7 (Flash the nanoFramework runtime) ended with 5; the steps after it were not run.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--board: 'xyz' was given;", "--board", "xyz", "--port", "COM5")]
    [InlineData("settings.json is not there; run 'metering provision board' first", "--board", "24:0A:C4:80:4F:F9", "--port", "COM5")]
    [InlineData("--runtime-version: '1.17.0.257' was given; allowed is 1.17.0.258 and up", "--board", Mac, "--port", "COM5", "--runtime-version", "1.17.0.257")]
    [InlineData("--runtime-version: 'newest' was given;", "--board", Mac, "--port", "COM5", "--runtime-version", "newest")]
    [InlineData("--port: nothing was given;", "--board", Mac, "--port", "")]
    public async Task Bad_input_ends_with_code_2_and_one_line(string message, params string[] arguments)
    {
        var result = await RunAsync(["plan", .. arguments]);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        string[] folders = ["--data", Path.Combine(_root, "data"), "--source", _root];
        var code = await FlashCommand.Create(_runner).Parse([.. arguments, .. folders])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private sealed class FakeRunner : ICommandRunner
    {
        public List<FlashStep> Ran { get; } = [];

        public HashSet<string> Missing { get; } = [];

        public int FailAt { get; set; }

        public bool Has(string tool) => !Missing.Contains(tool);

        public Task<int> RunAsync(FlashStep step, CancellationToken cancellationToken)
        {
            Ran.Add(step);
            return Task.FromResult(Ran.Count == FailAt ? 5 : 0);
        }
    }
}
