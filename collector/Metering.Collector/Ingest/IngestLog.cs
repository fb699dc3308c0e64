namespace Metering.Collector.Ingest;

/// <summary>Log of the way in. Event ids 1000 to 1099; the highest used is 1002. Accepted messages are counted, not logged.</summary>
internal static partial class IngestLog
{
    [LoggerMessage(1001, LogLevel.Warning, "A message on {Topic} could not be read and is in quarantine ({Code}): {Reason}")]
    public static partial void Quarantined(ILogger logger, string topic, string code, string reason);

    [LoggerMessage(1002, LogLevel.Error, "The store cannot write; boards are not acknowledged and keep their journals.")]
    public static partial void StoreUnavailable(ILogger logger, Exception exception);
}
