using System.Globalization;
using Metering.Collector.Jobs.Demo;

namespace Metering.Collector.Cli;

/// <summary>Says what a demo found.</summary>
internal static class DemoText
{
    public static async Task WriteAsync(DemoSummary summary, DemoFolder folder, TextWriter output)
    {
        await Line(output, $"pulses: {summary.PulsesEmitted} sent, {summary.PulsesStored} stored{(summary.PulsesWhileDown > 0 ? FormattableString.Invariant($", {summary.PulsesWhileDown} while a board had no supply") : "")}").ConfigureAwait(false);
        await Line(output, $"samples: {summary.SamplesExpected} expected, {summary.SamplesStored} stored; {summary.DuplicatesDropped} duplicates dropped, {summary.Quarantined} messages in quarantine").ConfigureAwait(false);
        foreach (var (point, energy) in summary.EnergyKwh)
        {
            await Line(output, $"energy: {point} {energy} kWh").ConfigureAwait(false);
        }

        await Line(output, $"note: {Path.Combine(folder.Path, summary.Note)}").ConfigureAwait(false);
        await Line(output, $"{summary.Messages} messages of {summary.Boards} boards in {summary.WallS} s").ConfigureAwait(false);
    }

    private static Task Line(TextWriter output, FormattableString text) =>
        output.WriteLineAsync(text.ToString(CultureInfo.InvariantCulture));
}
