namespace Metering.Collector.Cli;

/// <summary>
/// Bad usage or configuration. The message is one line that names the option or <c>section:key</c>, what was given and
/// what is allowed; it is all the user sees, with exit code 2.
/// </summary>
public sealed class UsageException : Exception
{
    public UsageException()
    {
    }

    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
