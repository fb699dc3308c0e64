using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Metering.Collector.Jobs;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Cli;

/// <summary><c>metering verify</c>: pulses sent = pulses stored = energy in the note, or each missing interval by name.</summary>
internal static class VerifyCommand
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
        var building = new Option<string?>("--building") { Description = "Building to verify; all when not given.", HelpName = "ID" };
        var from = new Option<string?>("--from") { Description = "Begin, such as 2016-02-01 or 2016-02-01T00:00:00Z; UTC.", HelpName = "D" };
        var to = new Option<string?>("--to") { Description = "End, in the same form.", HelpName = "D" };
        var json = CommonOptions.Json();
        var verb = new Command("verify", "Account for every pulse: example: metering verify --data metering-demo --building house")
        {
            data, building, from, to, json,
        };
        verb.Does(async (parsed, cancellationToken) =>
        {
            var begin = Instant(parsed.GetValue(from), "--from");
            var end = Instant(parsed.GetValue(to), "--to");
            if (begin >= end)
            {
                throw new UsageException("--to: must be later than --from.");
            }

            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            var registry = await new RegistryStore(database).SnapshotAsync(null, cancellationToken).ConfigureAwait(false);
            var wanted = parsed.GetValue(building);
            var ids = registry.Buildings.Select(b => b.Id).Where(id => wanted is null || id == wanted).ToArray();
            if (ids.Length == 0)
            {
                throw new UsageException($"--building: '{wanted ?? ""}' is not registered; known are {(registry.Buildings.Count == 0 ? "none" : string.Join(", ", registry.Buildings.Select(b => b.Id)))}.");
            }

            var quarantined = await new Quarantine(database).CountAsync(cancellationToken).ConfigureAwait(false);
            var verification = new Verification(CorrectedReadingStore.Of(database), registry);
            var reports = new List<VerificationReport>();
            foreach (var id in ids)
            {
                reports.Add(await verification.RunAsync(id, begin, end, quarantined, cancellationToken).ConfigureAwait(false));
            }

            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(reports, Json)).ConfigureAwait(false);
            }
            else
            {
                foreach (var report in reports)
                {
                    await VerifyText.WriteAsync(report, output).ConfigureAwait(false);
                }
            }

            if (reports.TrueForAll(r => r.IsExplained))
            {
                return ExitCode.Done;
            }

            await parsed.InvocationConfiguration.Error.WriteLineAsync("verify: something is unexplained; the report names each interval.").ConfigureAwait(false);
            return ExitCode.Problem;
        });
        return verb;
    }

    private static DateTimeOffset? Instant(string? text, string option) =>
        text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
        : throw new UsageException($"{option}: '{text}' was given; allowed is a date such as 2016-02-01 or 2016-02-01T00:00:00Z.");
}
