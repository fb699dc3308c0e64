using System.CommandLine;
using Metering.Collector.Export;
using Metering.Collector.Identity.Accounts;
using Metering.Collector.Identity.Privacy;
using Metering.Collector.Import;
using Metering.Collector.Notes;
using Metering.Collector.Provisioning;
using Metering.Collector.Registry;
using Metering.Collector.Storage.Backup;
using Metering.Collector.Storage.Corrections;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Cli;

/// <summary>The table of contents of <c>metering</c>.</summary>
public static class Verbs
{
    /// <summary>The root command with every verb.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("metering: from a pulse to a note. Counts, stores and proves what works on a building achieved.")
        {
            BackupCommands.CreateBackup(),
            BackupCommands.CreateRestore(),
            CorrectCommand.Create(),
            DemoCommand.Create(),
            DoctorCommand.Create(),
            ExportCommand.Create(),
            FlashCommand.Create(),
            ImportCommand.Create(),
            NoteCommand.Create(),
            PrivacyCommand.Create(),
            ProvisionCommand.Create(),
            QuarantineCommand.Create(),
            RegistryCommand.Create(),
            ServeCommand.Create(),
            SimulateCommand.Create(),
            UsersCommand.Create(),
            VerifyCommand.Create(),
        };
        return root;
    }

    /// <summary>Runs one command line.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync($"metering: {parsed.Errors[0].Message} See 'metering {string.Join(' ', parsed.CommandResult.Command is RootCommand ? [] : new[] { parsed.CommandResult.Command.Name })} --help'.".Replace("  ", " ", StringComparison.Ordinal)).ConfigureAwait(false);
            return ExitCode.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, cancellationToken).ConfigureAwait(false);
    }
}
