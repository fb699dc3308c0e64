using System.CommandLine;
using System.Text.Json;
using Metering.Collector.Cli;
using Metering.Collector.Identity.Access;
using Metering.Collector.Identity.Accounts;

namespace Metering.Collector.Identity.Privacy;

/// <summary><c>metering privacy</c>: what personal data is held, what is over its time, and erasure; each prints its report as JSON.</summary>
internal static class PrivacyCommand
{
    private const string Actor = "cli";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create() => new("privacy", "Personal data: example: metering privacy report --data /var/lib/metering") { Report(), Erase(), Retention() };

    private static Command Report()
    {
        var data = CommonOptions.Data();
        var verb = new Command("report", "What personal data the store holds, and since when.") { data };
        verb.Does((parsed, cancellationToken) => RunAsync(parsed, parsed.GetValue(data)!, static (service, stop) => service.ReportAsync(stop), cancellationToken));
        return verb;
    }

    private static Command Erase()
    {
        var data = CommonOptions.Data();
        var building = new Option<string>("--building") { Description = "Building of the dwelling.", HelpName = "ID", Required = true };
        var dwelling = new Option<string>("--dwelling") { Description = "Id of the dwelling in the registry.", HelpName = "ID", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why; no names, it stays in the audit log.", HelpName = "TEXT", Required = true };
        var force = new Option<bool>("--force") { Description = "Erase. Without it nothing is changed: it cannot be taken back." };
        var verb = new Command("erase", "Take every reading of a dwelling out of the store, for good.") { building, dwelling, reason, force, data };
        verb.Does((parsed, cancellationToken) =>
        {
            if (!parsed.GetValue(force))
            {
                throw new UsageException("--force: erasing cannot be taken back; give --force to do it, or look with 'metering privacy report'.");
            }

            var which = new DwellingReference(parsed.GetValue(building)!, parsed.GetValue(dwelling)!);
            return RunAsync(parsed, parsed.GetValue(data)!, (service, stop) => service.EraseAsync(which, parsed.GetValue(reason)!, Actor, stop), cancellationToken);
        });
        return verb;
    }

    private static Command Retention()
    {
        var data = CommonOptions.Data();
        var apply = new Option<bool>("--apply") { Description = "Remove it; without: only say what would go." };
        var verb = new Command("retention", "What is over its time: audit log and disabled accounts after 365 days.") { apply, data };
        verb.Does((parsed, cancellationToken) => RunAsync(parsed, parsed.GetValue(data)!, (service, stop) => service.RetainAsync(parsed.GetValue(apply), Actor, stop), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync<T>(ParseResult parsed, string folder, Func<PrivacyService, CancellationToken, Task<T>> run, CancellationToken cancellationToken)
    {
        await using var database = await DataFolder.OpenAsync(folder, cancellationToken).ConfigureAwait(false);
        try
        {
            var report = await run(new PrivacyService(database), cancellationToken).ConfigureAwait(false);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(JsonSerializer.Serialize(report, Json)).ConfigureAwait(false);
            return ExitCode.Done;
        }
        catch (AccountException e)
        {
            throw new UsageException($"--dwelling: {e.Message}", e);
        }
    }
}
