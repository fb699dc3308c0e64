using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Metering.Collector.Cli;
using Metering.Collector.Registry;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;

namespace Metering.Collector.Storage.Corrections;

/// <summary><c>metering correct exclude|add|revoke|list</c>: the correction ledger.</summary>
internal static class CorrectCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create() => new("correct", "The correction ledger: raw readings are never rewritten, corrections apply when they are read: example: metering correct list")
    {
        Make("exclude", CorrectionKind.Exclude, "Take readings out: example: metering correct exclude --channel 0024befffe804ff1/t1 --from 2026-03-01T00:00:00Z --to 2026-03-02T00:00:00Z --reason \"sensor in the sun\""),
        Make("add", CorrectionKind.Add, "Add an amount to values: example: metering correct add --channel 0024befffe804ff1/t1 --amount -0.4 --from 2026-03-01T00:00:00Z --to 2026-09-01T00:00:00Z --reason \"calibration 17\""),
        Revoke(),
        List(),
    };

    private static Command Make(string name, CorrectionKind kind, string description)
    {
        var data = CommonOptions.Data();
        var channel = ChannelOption(required: true);
        var from = Required("--from", "First instant, inclusive.", "INSTANT");
        var to = Required("--to", "Last instant, exclusive.", "INSTANT");
        var reason = Required("--reason", "Why; printed in the note.", "TEXT");
        var author = RegistryCommand.AuthorOption();
        var amount = Required("--amount", "What is added, in the unit of the quantity: °C, %, Pa or pulses.", "NUMBER");
        var verb = new Command(name, description) { data, channel, from, to, reason, author };
        if (kind == CorrectionKind.Add)
        {
            verb.Add(amount);
        }

        verb.Does(async (parsed, cancellationToken) =>
        {
            var key = Channel(parsed.GetValue(channel)!);
            var request = new CorrectionRequest(
                kind,
                key,
                RegistryCommand.Instant(parsed.GetValue(from), "--from")!.Value,
                RegistryCommand.Instant(parsed.GetValue(to), "--to")!.Value,
                kind == CorrectionKind.Add ? Amount(parsed.GetValue(amount)!, key) : null);
            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            try
            {
                var entry = await new CorrectionLedger(database).AddAsync(
                    request, parsed.GetValue(author)!, parsed.GetValue(reason)!, new SqliteReadingStore(database), cancellationToken).ConfigureAwait(false);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"Correction {entry.Id}: {entry.Before.Readings} readings; revoke it with 'metering correct revoke {entry.Id}'.")).ConfigureAwait(false);
                return ExitCode.Done;
            }
            catch (ArgumentException fault)
            {
                throw new UsageException(fault.Message, fault);
            }
        });
        return verb;
    }

    private static Command Revoke()
    {
        var id = new Argument<long>("ID") { Description = "Number of the correction." };
        var data = CommonOptions.Data();
        var reason = Required("--reason", "Why; printed in the note.", "TEXT");
        var author = RegistryCommand.AuthorOption();
        var verb = new Command("revoke", "Take a correction back; the entry stays: example: metering correct revoke 3 --reason \"wrong sensor\"") { id, data, reason, author };
        verb.Does(async (parsed, cancellationToken) =>
        {
            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            var revoked = await new CorrectionLedger(database).RevokeAsync(
                parsed.GetValue(id), parsed.GetValue(author)!, parsed.GetValue(reason)!, cancellationToken).ConfigureAwait(false);
            return revoked
                ? ExitCode.Done
                : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"ID: there is no correction {parsed.GetValue(id)} that is not revoked."));
        });
        return verb;
    }

    private static Command List()
    {
        var data = CommonOptions.Data();
        var channel = ChannelOption(required: false);
        var json = CommonOptions.Json();
        var verb = new Command("list", "Every entry of the ledger: example: metering correct list --json") { data, channel, json };
        verb.Does(async (parsed, cancellationToken) =>
        {
            var key = parsed.GetValue(channel) is { } name ? Channel(name) : (ChannelKey?)null;
            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            var entries = await new CorrectionLedger(database).ListAsync(key, cancellationToken).ConfigureAwait(false);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(entries, Json)).ConfigureAwait(false);
                return ExitCode.Done;
            }

            foreach (var entry in entries)
            {
                await output.WriteLineAsync(Line(entry)).ConfigureAwait(false);
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static string Line(Correction entry)
    {
        var what = entry.What;
        var amount = what.Amount is { } added ? string.Create(CultureInfo.InvariantCulture, $" {added / (double)Scale(what.Channel):+0.##;-0.##}") : "";
        var revoked = entry.Revoked is { } by ? $" [revoked by {by.Author}: {by.Reason}]" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.Id}  {entry.Made:yyyy-MM-ddTHH:mm:ssZ}  {what.Kind}{amount}  {what.Channel}  {what.From:yyyy-MM-ddTHH:mm:ssZ} to {what.To:yyyy-MM-ddTHH:mm:ssZ}  {entry.Before.Readings} readings  {entry.Author}: {entry.Reason}{revoked}");
    }

    private static Option<string?> ChannelOption(bool required) => new("--channel")
    {
        Description = "Board and channel, such as 0024befffe804ff1/ch1.",
        HelpName = "BOARD/CHANNEL",
        Required = required,
    };

    private static Option<string> Required(string name, string description, string help) => new(name)
    {
        Description = description,
        HelpName = help,
        Required = true,
    };

    private static ChannelKey Channel(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2 && SampleRules.IsBoard(parts[0]) && Quantities.OfChannel(parts[1]) is not null
            ? new ChannelKey(parts[0], parts[1])
            : throw new UsageException($"--channel: '{text}' is none; give board and channel, such as 0024befffe804ff1/ch1.");
    }

    private static int Scale(ChannelKey channel) => Quantities.Scale(Quantities.OfChannel(channel.Channel)!.Value);

    private static long Amount(string text, ChannelKey channel)
    {
        var scale = Scale(channel);
        return decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
            && amount * scale is var scaled && scaled == decimal.Truncate(scaled) && Math.Abs(scaled) < long.MaxValue / 4
            ? (long)scaled
            : throw new UsageException($"--amount: '{text}' is no number with at most {(scale == 1 ? "no" : "two")} decimals.");
    }
}
