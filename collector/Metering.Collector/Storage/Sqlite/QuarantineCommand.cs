using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Metering.Collector.Cli;

namespace Metering.Collector.Storage.Sqlite;

/// <summary><c>metering quarantine list|show|replay|adopt|drop</c>: what could not be used.</summary>
internal static class QuarantineCommand
{
    private const int PageEntries = 1000;
    private const int PreviewBytes = 400;

    public static Command Create() => new("quarantine", "Messages that could not be read and points that a store refused: example: metering quarantine list")
    {
        List(),
        Show(),
        Replay(),
        QuarantineAdoptCommand.Create(),
        Drop(),
    };

    private static Command List()
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var verb = new Command("list", "What is kept and why: example: metering quarantine list --data metering-data") { data, json };
        verb.Does(async (parsed, cancellationToken) =>
        {
            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            var quarantine = new Quarantine(database);
            var output = parsed.InvocationConfiguration.Output;
            long after = 0;
            while (await quarantine.ListAsync(after, PageEntries, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
            {
                foreach (var entry in page)
                {
                    await output.WriteLineAsync(parsed.GetValue(json) ? JsonLine(entry) : Line(entry)).ConfigureAwait(false);
                }

                after = page[^1].Id;
            }

            if (await quarantine.DroppedAsync(cancellationToken).ConfigureAwait(false) is > 0 and var dropped)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture, $"{dropped} older entries gave way: the quarantine holds at most {Quarantine.EntriesMax}.")).ConfigureAwait(false);
                return ExitCode.Problem;
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static Command Show()
    {
        var id = new Argument<long>("ID") { Description = "Number of the entry." };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var verb = new Command("show", "One entry with its bytes: example: metering quarantine show 12") { id, data, json };
        verb.Does(async (parsed, cancellationToken) =>
        {
            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            var entry = await new Quarantine(database).ShowAsync(parsed.GetValue(id), cancellationToken).ConfigureAwait(false) ?? throw NoSuch(parsed.GetValue(id));
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteLineAsync(JsonLine(entry)).ConfigureAwait(false);
                return ExitCode.Done;
            }

            await output.WriteLineAsync(Line(entry)).ConfigureAwait(false);
            await output.WriteLineAsync(Printable(entry.Message.Payload.Span, entry.Message.Payload.Length)).ConfigureAwait(false);
            await output.WriteLineAsync(await AdviceAsync(database, entry, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return verb;
    }

    private static Command Replay()
    {
        var id = new Argument<long?>("ID") { Description = "One entry; all when not given.", Arity = ArgumentArity.ZeroOrOne };
        var data = CommonOptions.Data();
        var verb = new Command("replay", "Read entries again, after a fix: example: metering quarantine replay 12") { id, data };
        verb.Does(async (parsed, cancellationToken) =>
        {
            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            var quarantine = new Quarantine(database);
            if (parsed.GetValue(id) is { } one && await quarantine.ShowAsync(one, cancellationToken).ConfigureAwait(false) is null)
            {
                throw NoSuch(one);
            }

            var replay = new QuarantineReplay(database, new SqliteReadingStore(database));
            var result = await quarantine.ReplayAsync(parsed.GetValue(id), replay.ReadAsync, cancellationToken).ConfigureAwait(false);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{result.Taken} taken, {result.Kept} stay.")).ConfigureAwait(false);
            return result.Kept == 0 ? ExitCode.Done : ExitCode.Problem;
        });
        return verb;
    }

    private static Command Drop()
    {
        var id = new Argument<long>("ID") { Description = "Number of the entry." };
        var data = CommonOptions.Data();
        var verb = new Command("drop", "Remove an entry for good: example: metering quarantine drop 12") { id, data };
        verb.Does(async (parsed, cancellationToken) =>
        {
            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            return await new Quarantine(database).DropAsync(parsed.GetValue(id), cancellationToken).ConfigureAwait(false)
                ? ExitCode.Done
                : throw NoSuch(parsed.GetValue(id));
        });
        return verb;
    }

    /// <summary>What to do about an entry.</summary>
    private static async Task<string> AdviceAsync(SqliteDatabase database, QuarantineEntry entry, CancellationToken cancellationToken)
    {
        if (ConflictingSample.Read(entry.Message) is { } sample)
        {
            var highest = await new SqliteReadingStore(database).HighestBootAsync(sample.Board, cancellationToken).ConfigureAwait(false) ?? 0;
            return string.Create(
                CultureInfo.InvariantCulture,
                $"What to do: if board {sample.Board} lost its boot counter, 'metering quarantine adopt {entry.Id} --boot N --reason TEXT' takes in all conflicts of its boot {sample.Boot} as boot N, above {highest}; if another board has its identity, add --board EUI64. If it is a copy gone wrong, drop it.");
        }

        return entry.Message.Source switch
        {
            "influx" => string.Create(CultureInfo.InvariantCulture, $"What to do: the reading is safe in this store; mend what InfluxDB says, then 'metering quarantine replay {entry.Id}' queues it again."),
            _ => string.Create(CultureInfo.InvariantCulture, $"What to do: mend what sent it, or install a version that reads it, then 'metering quarantine replay {entry.Id}'; drop it if it is no reading."),
        };
    }

    internal static UsageException NoSuch(long id) => new(string.Create(CultureInfo.InvariantCulture, $"ID: there is no entry {id}."));

    private static string Line(QuarantineEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entry.Id}  {entry.LastReceived:yyyy-MM-ddTHH:mm:ssZ}  {entry.Times}x  {entry.Message.Source}  {Printable(Encoding.UTF8.GetBytes(entry.Message.Topic), PreviewBytes)}  {entry.Message.Payload.Length} bytes  {entry.Message.Reason}");

    private static string JsonLine(QuarantineEntry entry) => JsonSerializer.Serialize(
        new
        {
            id = entry.Id,
            first = entry.FirstReceived,
            last = entry.LastReceived,
            times = entry.Times,
            source = entry.Message.Source,
            topic = entry.Message.Topic,
            reason = entry.Message.Reason,
            payload = Convert.ToBase64String(entry.Message.Payload.Span),
        });

    /// <summary>Text for a terminal: a hostile payload must not move its cursor.</summary>
    private static string Printable(ReadOnlySpan<byte> bytes, int bytesMax)
    {
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, bytesMax)]);
        return string.Concat(text.Select(static c => char.IsControl(c) ? '·' : c));
    }
}
