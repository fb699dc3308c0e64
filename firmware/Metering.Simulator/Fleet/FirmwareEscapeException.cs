namespace Metering.Simulator.Fleet;

/// <summary>An exception left one of the firmware's loops; on a device that thread would be dead. It must never happen.</summary>
public sealed class FirmwareEscapeException : Exception
{
    public FirmwareEscapeException()
    {
    }

    public FirmwareEscapeException(string message)
        : base(message)
    {
    }

    public FirmwareEscapeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
