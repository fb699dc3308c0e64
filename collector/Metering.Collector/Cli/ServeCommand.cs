using System.CommandLine;
using Metering.Collector.Hosting;
using Metering.Collector.Identity.Accounts;

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
            await FirstLinkAsync(settings, host, parsed.InvocationConfiguration.Output, cancellationToken).ConfigureAwait(false);
            await host.WaitForShutdownAsync(cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return verb;
    }

    private static async Task FirstLinkAsync(CollectorSettings settings, CollectorHost host, TextWriter output, CancellationToken cancellationToken)
    {
        if (host.Http is not { } address || await FirstAdministrator.LinkAsync(
            host.Services.GetRequiredService<AccountStore>(), host.Services.GetRequiredService<OneTimeLinks>(), cancellationToken).ConfigureAwait(false) is not { } link)
        {
            return;
        }

        var site = settings.Http.PublicUrl?.TrimEnd('/') ?? $"{(host.HasHttpTls ? "https" : "http")}://{address}";
        await output.WriteLineAsync($"first administrator, once, within {OneTimeLinks.FirstAdministratorFor.TotalMinutes:0} minutes: {site}{link}").ConfigureAwait(false);
    }
}
