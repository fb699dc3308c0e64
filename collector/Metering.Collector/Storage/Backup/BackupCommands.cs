using System.CommandLine;
using System.Globalization;
using Metering.Collector.Cli;

namespace Metering.Collector.Storage.Backup;

/// <summary><c>metering backup FILE</c> and <c>metering restore FILE</c></summary>
internal static class BackupCommands
{
    public static Command CreateBackup()
    {
        var file = new Argument<string>("FILE") { Description = "The backup." };
        var data = CommonOptions.Data();
        var force = CommonOptions.Force();
        var verb = new Command("backup", "Copy the whole store into one file, also while it serves: example: metering backup /media/disk/metering-2026-11-22.db")
        {
            file, data, force,
        };
        verb.Does(async (parsed, cancellationToken) =>
        {
            try
            {
                var made = await StoreBackup.CreateAsync(parsed.GetValue(data)!, parsed.GetValue(file)!, parsed.GetValue(force), cancellationToken).ConfigureAwait(false);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    string.Create(CultureInfo.InvariantCulture, $"{made.Path}: {made.Bytes} bytes, checked, sha256 {made.Hash}")).ConfigureAwait(false);
                return ExitCode.Done;
            }
            catch (BackupException failure)
            {
                throw new UsageException(failure.Message, failure);
            }
        });
        return verb;
    }

    public static Command CreateRestore()
    {
        var file = new Argument<string>("FILE") { Description = "A backup." };
        var data = CommonOptions.Data();
        var force = new Option<bool>("--force") { Description = "Take the place of a store that is there; it is kept beside under another name." };
        var verb = new Command("restore", "Put a backup into a data folder: example: metering restore metering-2026-11-22.db --data /var/lib/metering")
        {
            file, data, force,
        };
        verb.Does(async (parsed, cancellationToken) =>
        {
            try
            {
                var former = await StoreBackup.RestoreAsync(
                    parsed.GetValue(file)!, parsed.GetValue(data)!, TimeProvider.System, parsed.GetValue(force), cancellationToken).ConfigureAwait(false);
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    former is null ? "Restored." : $"Restored; the former store is {former}").ConfigureAwait(false);
                return ExitCode.Done;
            }
            catch (BackupException failure)
            {
                throw new UsageException(failure.Message, failure);
            }
        });
        return verb;
    }
}
