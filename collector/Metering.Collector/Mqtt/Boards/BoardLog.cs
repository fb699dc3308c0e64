namespace Metering.Collector.Mqtt.Boards;

/// <summary>What is said about messages towards boards. Event ids 4300 to 4319.</summary>
internal static partial class BoardLog
{
    [LoggerMessage(4300, LogLevel.Information, "Board {Board} has no clock of its own; it was told {UnixSeconds}.")]
    public static partial void TimeSent(ILogger logger, string board, long unixSeconds);

    [LoggerMessage(4301, LogLevel.Warning, "Board {Board} could not be told the time: {Reason}")]
    public static partial void NotSent(ILogger logger, string board, string reason);
}
