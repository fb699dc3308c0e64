using System.ComponentModel;
using System.Diagnostics;

namespace Metering.Collector.Provisioning;

/// <summary>Finds and runs other programs.</summary>
internal interface ICommandRunner
{
    /// <summary>Whether the program is on the search path.</summary>
    bool Has(string tool);

    /// <summary>Runs it, its output on this program's own, and returns its exit code.</summary>
    Task<int> RunAsync(FlashStep step, CancellationToken cancellationToken);
}

/// <summary>The programs of this machine.</summary>
internal sealed class ProcessRunner : ICommandRunner
{
    public bool Has(string tool)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] names = OperatingSystem.IsWindows() ? [tool + ".exe", tool + ".cmd", tool + ".bat"] : [tool];
        return folders.Any(folder => names.Any(name => File.Exists(Path.Combine(folder, name))));
    }

    public async Task<int> RunAsync(FlashStep step, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(step.Tool) { WorkingDirectory = step.WorkingFolder };
        foreach (var argument in step.Arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception)
        {
            return 127;
        }

        using (process)
        {
            if (process is null)
            {
                return 127;
            }

            try
            {
                await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            return process.ExitCode;
        }
    }
}
