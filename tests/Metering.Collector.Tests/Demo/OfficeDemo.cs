using System.Text.Json;
using Metering.Collector.Tests.Storage;
using Xunit;

namespace Metering.Collector.Tests.Demo;

/// <summary>Three years of the invented office with everyday faults over real TCP, run once for all tests of the office.</summary>
public sealed class OfficeDemo : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Folder of the demo.</summary>
    public string Folder => folder.Path;

    public int ExitCode { get; private set; }

    public string Error { get; private set; } = "";

    public JsonElement Summary { get; private set; }

    public async Task InitializeAsync()
    {
        (ExitCode, _, Error) = await HouseDemo.RunAsync("demo", "--once", "--scenario", "office", "--out", Folder);
        var file = Path.Combine(Folder, "summary.json");
        if (File.Exists(file))
        {
            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
            Summary = document.RootElement.Clone();
        }
    }

    public Task DisposeAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }
}
