using System.Text.Json;
using Metering.Collector.Cli;
using Metering.Collector.Tests.Storage;
using Xunit;

namespace Metering.Collector.Tests.Demo;

/// <summary>The README's first command, run once for all tests of the house.</summary>
public sealed class HouseDemo : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Folder of the demo.</summary>
    public string Folder => folder.Path;

    public int ExitCode { get; private set; }

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public JsonElement Summary { get; private set; }

    public async Task InitializeAsync()
    {
        (ExitCode, Output, Error) = await RunAsync("demo", "--once", "--out", Folder);
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

    /// <summary>Runs one command line.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Verbs.RunAsync(arguments, output, error, CancellationToken.None);
        return (code, output.ToString(), error.ToString());
    }
}
