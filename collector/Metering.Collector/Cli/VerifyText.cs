using System.Globalization;
using Metering.Collector.Jobs;
using Metering.Core.Energy;

namespace Metering.Collector.Cli;

/// <summary>Prints a <see cref="VerificationReport"/> for people.</summary>
internal static class VerifyText
{
    public static async Task WriteAsync(VerificationReport report, TextWriter output)
    {
        await Line(output, $"building {report.Building}, {Instant(report.From)} to {Instant(report.To)}").ConfigureAwait(false);
        foreach (var circuit in report.Circuits)
        {
            var audit = circuit.Audit;
            await Line(output, $"  {circuit.Point} ({audit.Assignment.Key}): {audit.Samples} samples, {audit.Boots.Count} boots, register {audit.First?.Value} to {audit.Last?.Value}").ConfigureAwait(false);
            await Line(output, $"    {audit.RegisterPulses} pulses by register = {audit.IntervalPulses} in the intervals{(audit.WithheldPulses == 0 ? "" : $" + {audit.WithheldPulses} withheld")}; {audit.EnergyWh / 1000m:0.###} kWh, {(circuit.IsExact ? "exact" : "see below")}").ConfigureAwait(false);
            foreach (var gap in audit.Gaps)
            {
                var unreported = circuit.Unreported.Contains(gap) ? "; the board did not report dropping any" : "";
                await Line(output, $"    {Instant(gap.Start)} to {Instant(gap.End)}: {Cause(gap)}{unreported}; {Energy(gap)}").ConfigureAwait(false);
            }
        }

        foreach (var sensor in report.Sensors)
        {
            await Line(output, $"  {sensor.Point} ({sensor.Channel}): {sensor.Samples} samples, {sensor.Missing} without a value").ConfigureAwait(false);
            foreach (var gap in sensor.Gaps)
            {
                await Line(output, $"    {Instant(gap.Start)} to {Instant(gap.End)}: {(gap.MissingSamples == 0 ? "the board started again" : $"{gap.MissingSamples} samples are not in the store")}{(gap.IsExplained ? "" : "; the board did not report dropping any")}").ConfigureAwait(false);
            }
        }

        if (report.Quarantined > 0)
        {
            await Line(output, $"  {report.Quarantined} messages are in quarantine ('metering quarantine list').").ConfigureAwait(false);
        }

        await output.WriteLineAsync(report.IsExplained ? "every pulse is accounted for" : "something is unexplained").ConfigureAwait(false);
    }

    /// <summary>One interval that is not a plain step, as a line.</summary>
    public static string Describe(AuditGap gap) =>
        $"{Instant(gap.Start)} to {Instant(gap.End)}: {Cause(gap)}; {Energy(gap)}";

    private static string Cause(AuditGap gap) => gap.Kind switch
    {
        AuditGapKind.MessagesLost => $"{gap.MissingSamples} samples are not in the store",
        AuditGapKind.Restart => "the board started again",
        AuditGapKind.RegisterRestored => "the board started again without warning or from an older copy of its register",
        AuditGapKind.RegisterLost => "the register was lost",
        AuditGapKind.RegisterSet => "the register was set by command",
        AuditGapKind.MeterExchange => "the meter was exchanged",
        AuditGapKind.DoubtfulClock => "the board's clock was doubtful",
        AuditGapKind.NotSampled => $"{gap.MissingInstants} instants were not sampled",
        AuditGapKind.Reversed => "the register fell without evidence",
        AuditGapKind.Spike => $"{gap.WithheldPulses} pulses are more than the circuit can cause and are withheld",
        AuditGapKind.SetAside => "a reading contradicts the others and was set aside",
        AuditGapKind.NotMeasured => "nothing was measured",
        _ => throw new ArgumentOutOfRangeException(nameof(gap), gap.Kind, "Unknown kind of gap."),
    };

    private static string Energy(AuditGap gap) => gap.Energy switch
    {
        EnergyKnowledge.Exact => $"{gap.Pulses} pulses inside, energy exact",
        EnergyKnowledge.AtLeast => $"{gap.Pulses} pulses counted inside, at least",
        _ => "energy unknown, not counted",
    };

    private static string Instant(DateTimeOffset? time) =>
        time is { } t ? t.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : "-";

    private static Task Line(TextWriter output, FormattableString text) =>
        output.WriteLineAsync(text.ToString(CultureInfo.InvariantCulture));
}
