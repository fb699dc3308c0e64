using System.Diagnostics;

namespace Metering.Collector.Tests.Notes;

/// <summary>Runs a program that tests/install-servers.sh installs. Where it is missing the test fails and says so.</summary>
internal static class ExternalTool
{
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException($"'{program}' is not installed; run tests/install-servers.sh.", e);
        }

        using (process ?? throw new InvalidOperationException($"'{program}' does not start."))
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"'{program}' failed with {process.ExitCode}: {await errors}");
        }
    }
}
