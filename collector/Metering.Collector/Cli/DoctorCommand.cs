using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Metering.Collector.Diagnostics;

namespace Metering.Collector.Cli;

/// <summary><c>metering doctor</c>: is everything well?</summary>
internal static class DoctorCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public static Command Create()
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var verb = new Command("doctor", "Check disk, clock, store, quarantine and silent boards: example: metering doctor --data metering-demo") { data, json };
        verb.Does(async (parsed, cancellationToken) =>
        {
            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            var findings = await new Doctor(database, TimeProvider.System).ExamineAsync(cancellationToken).ConfigureAwait(false);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(findings, Json)).ConfigureAwait(false);
            }
            else
            {
                foreach (var finding in findings)
                {
                    var mark = finding.Severity switch { DoctorSeverity.Good => "ok     ", DoctorSeverity.Warning => "warning", _ => "TROUBLE" };
                    await output.WriteLineAsync($"{mark}  {finding.Check}: {finding.Sentence}{(finding.Advice is null ? "" : " " + finding.Advice)}").ConfigureAwait(false);
                }
            }

            var wrong = findings.Count(f => f.Severity != DoctorSeverity.Good);
            if (wrong == 0)
            {
                return ExitCode.Done;
            }

            await parsed.InvocationConfiguration.Error.WriteLineAsync($"doctor: {wrong} of {findings.Count} checks need attention.").ConfigureAwait(false);
            return ExitCode.Problem;
        });
        return verb;
    }
}
