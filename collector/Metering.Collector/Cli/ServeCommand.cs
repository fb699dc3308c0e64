using System.CommandLine;
using Metering.Collector.Hosting;

namespace Metering.Collector.Cli;

/// <summary><c>metering serve</c>: the collector.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var config = new Option<string?>("--config") { Description = "Settings, JSON (docs/operations.md).", HelpName = "FILE" };
        var verb = new Command("serve", "Run the collector: example: metering serve --data /var/lib/metering --config metering.json") { data, config };
        verb.Does(async (parsed, cancellationToken) =>
        {
            var settings = CollectorSettings.Load(parsed.GetValue(config));
            await using var database = await DataFolder.OpenOrCreateAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            await using var host = CollectorHost.Create(settings, database, TimeProvider.System);
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(ReadyLine.Of(host)).ConfigureAwait(false);
            await host.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return verb;
    }
}
