namespace Metering.Collector.Alerts;

/// <summary>Log of alerts. Event ids 1200 to 1299; the highest used is 1203. A raised alert is logged whether it is sent or not.</summary>
internal static partial class AlertLog
{
    [LoggerMessage(1200, LogLevel.Warning, "Alert raised: {Sentence}")]
    public static partial void Raised(ILogger logger, string sentence);

    [LoggerMessage(1201, LogLevel.Information, "Alert cleared: {Code} {Subject}")]
    public static partial void Cleared(ILogger logger, string code, string subject);

    [LoggerMessage(1202, LogLevel.Warning, "{Count} alert messages could not be sent by {Channel}, attempt {Attempt}: {Reason}")]
    public static partial void NotSent(ILogger logger, int count, string channel, int attempt, string reason);

    [LoggerMessage(1203, LogLevel.Error, "Alerts could not be looked at: {Reason}")]
    public static partial void Failed(ILogger logger, string reason);
}
