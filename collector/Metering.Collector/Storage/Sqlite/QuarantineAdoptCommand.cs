using System.CommandLine;
using System.Globalization;
using Metering.Collector.Cli;
using Metering.Collector.Registry;

namespace Metering.Collector.Storage.Sqlite;

/// <summary><c>metering quarantine adopt</c>: conflicting samples under a boot, or board, of their own.</summary>
internal static class QuarantineAdoptCommand
{
    public static Command Create()
    {
        var id = new Argument<long>("ID") { Description = "A conflict; all others of its board and boot go with it." };
        var data = CommonOptions.Data();
        var boot = new Option<long>("--boot") { Description = "Boot number they become, above those that the store knows.", HelpName = "N", Required = true };
        var board = new Option<string?>("--board") { Description = "Board they become (EUI-64); the same one when not given.", HelpName = "EUI64" };
        var reason = new Option<string>("--reason") { Description = "Why; kept for good.", HelpName = "TEXT", Required = true };
        var author = RegistryCommand.AuthorOption();
        var verb = new Command("adopt", "Take in samples whose key is taken, of a board that lost its boot counter or of a second board: example: metering quarantine adopt 12 --boot 1000 --reason \"board was reflashed\"")
        {
            id, data, boot, board, reason, author,
        };
        verb.Does(async (parsed, cancellationToken) =>
        {
            await using var database = await DataFolder.OpenAsync(parsed.GetValue(data)!, cancellationToken).ConfigureAwait(false);
            var number = parsed.GetValue(id);
            var entry = await new Quarantine(database).ShowAsync(number, cancellationToken).ConfigureAwait(false) ?? throw QuarantineCommand.NoSuch(number);
            var sample = ConflictingSample.Read(entry.Message)
                ?? throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"ID: entry {number} is no conflict of keys; 'metering quarantine show {number}' says what to do."));
            try
            {
                var adoption = await new QuarantineAdoption(database).AdoptAsync(
                    new AdoptionRequest(sample.Board, sample.Boot, parsed.GetValue(board) ?? sample.Board, parsed.GetValue(boot)),
                    parsed.GetValue(author)!, parsed.GetValue(reason)!, cancellationToken).ConfigureAwait(false);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{adoption.Samples} samples of board {sample.Board}, boot {sample.Boot}, are now of board {adoption.What.ToBoard}, boot {adoption.What.ToBoot}.")).ConfigureAwait(false);
                return ExitCode.Done;
            }
            catch (ArgumentException fault)
            {
                throw new UsageException("--boot: " + fault.Message, fault);
            }
        });
        return verb;
    }
}
