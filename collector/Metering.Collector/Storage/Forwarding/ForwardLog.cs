namespace Metering.Collector.Storage.Forwarding;

/// <summary>Log events of forwarding, 3100-3199.</summary>
internal static partial class ForwardLog
{
    [LoggerMessage(3100, LogLevel.Warning, "Forwarding to InfluxDB stopped, readings wait in the intake: {Reason}")]
    internal static partial void Stopped(ILogger logger, string reason);

    [LoggerMessage(3101, LogLevel.Information, "Forwarding to InfluxDB works again")]
    internal static partial void Resumed(ILogger logger);

    [LoggerMessage(3102, LogLevel.Warning, "The database at InfluxDB could not be made: {Reason}")]
    internal static partial void NotProvisioned(ILogger logger, string reason);

    // Highest id used: 3102.
}
