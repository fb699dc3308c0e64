using System.CommandLine;

namespace Metering.Collector.Cli;

/// <summary>Gives every verb the same outcome for the same trouble.</summary>
public static class VerbAction
{
    /// <summary>
    /// Runs <paramref name="action"/> as the verb: a <see cref="UsageException"/> becomes one line on the error stream and
    /// exit code 2, a cancelled run ends quietly. Any other exception is a defect and is left to be seen.
    /// </summary>
    public static void Does(this Command verb, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        ArgumentNullException.ThrowIfNull(verb);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await action(parsed, cancellationToken).ConfigureAwait(false);
            }
            catch (UsageException e)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync(verb.Name + ": " + e.Message).ConfigureAwait(false);
                return ExitCode.Usage;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCode.Problem;
            }
        });
    }
}
