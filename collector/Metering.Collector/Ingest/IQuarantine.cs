namespace Metering.Collector.Ingest;

/// <summary>Where messages stay that could not be read (law 5): kept whole, with the reason, replayable after a fix.</summary>
public interface IQuarantine
{
    /// <summary>Keeps one message. Durable when the task completes.</summary>
    Task AddAsync(QuarantinedMessage message, CancellationToken cancellationToken);

    /// <summary>How many messages are kept.</summary>
    Task<long> CountAsync(CancellationToken cancellationToken);
}

/// <summary>A message that could not be read.</summary>
/// <param name="Received">When it arrived, by the collector's clock.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Payload">Its bytes, unchanged.</param>
/// <param name="Code">Stable name of the reason.</param>
/// <param name="Reason">One sentence.</param>
public sealed record QuarantinedMessage(DateTimeOffset Received, string Topic, byte[] Payload, string Code, string Reason);
