namespace Metering.Simulator.Scenarios;

/// <summary>A scenario's data cannot be used. The message names the file, the place in it, what was found and what is allowed.</summary>
public sealed class ScenarioDataException : Exception
{
    public ScenarioDataException()
    {
    }

    public ScenarioDataException(string message)
        : base(message)
    {
    }

    public ScenarioDataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="source">File or data set.</param>
    /// <param name="place">Line, column or step in it.</param>
    /// <param name="found">What is there.</param>
    /// <param name="allowed">What may be there.</param>
    public ScenarioDataException(string source, string place, string found, string allowed)
        : base($"{source}, {place}: {found}; allowed: {allowed}.")
    {
    }
}
