namespace Metering.Collector.Cli;

/// <summary>Exit codes of every verb (docs/cli.md).</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Done, but something is wrong: one line first on the error stream, details after.</summary>
    public const int Problem = 1;

    /// <summary>Bad usage or configuration: names the option or section:key, what was given and what is allowed.</summary>
    public const int Usage = 2;
}
