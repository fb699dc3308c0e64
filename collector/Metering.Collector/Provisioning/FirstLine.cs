using Metering.Collector.Cli;

namespace Metering.Collector.Provisioning;

/// <summary>Secrets come from files: a command line can be seen by everybody on the machine.</summary>
internal static class FirstLine
{
    /// <summary>The first line of a file, or null without a file.</summary>
    /// <exception cref="UsageException">It cannot be read.</exception>
    public static async Task<string?> ReadAsync(FileInfo? file, string option, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            return null;
        }

        try
        {
            using var reader = file.OpenText();
            return await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option}: '{file}' cannot be read ({e.Message}).", e);
        }
    }
}
