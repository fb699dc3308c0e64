using System.Globalization;
using System.Text.Json;
using Metering.Collector.Cli;
using Metering.Simulator.Fleet;

namespace Metering.Collector.Jobs.Campaign;

/// <summary><c>metering simulate --campaign</c>: the whole system in one process, and whether the store says what really happened.</summary>
internal static class CampaignCommand
{
    /// <summary>Runs a campaign in a folder that is deleted afterwards; 1 when anything differs.</summary>
    public static async Task<int> RunAsync(
        CampaignOptions options, bool json, TextWriter output, TextWriter error, TimeProvider clock, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("metering-campaign-");
        try
        {
            Task<CampaignReport> Run(IProgress<FleetProgress>? progress) =>
                CampaignRun.RunAsync(options, folder.FullName, progress, clock, cancellationToken);
            var report = json
                ? await Run(null).ConfigureAwait(false)
                : await DemoProgress.ShowAsync(output, Run).ConfigureAwait(false);
            await output.WriteLineAsync(json ? JsonSerializer.Serialize(report, JsonSerializerOptions.Web) : report.ToString()).ConfigureAwait(false);
            if (report.IsRight)
            {
                return ExitCode.Done;
            }

            var problems = report.Problems.Concat(report.Boards.SelectMany(b => b.Problems.Select(p => string.Create(CultureInfo.InvariantCulture, $"seed {b.Seed}: {p}")))).ToList();
            await error.WriteLineAsync("simulate: the store differs from what really happened; the same --seed, --days and --faults show it again.").ConfigureAwait(false);
            foreach (var problem in problems)
            {
                await error.WriteLineAsync("  " + problem).ConfigureAwait(false);
            }

            return ExitCode.Problem;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
