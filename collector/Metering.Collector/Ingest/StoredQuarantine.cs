using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Ingest;

/// <summary>The quarantine of the embedded store.</summary>
internal sealed class StoredQuarantine(Quarantine quarantine) : IQuarantine
{
    public Task AddAsync(QuarantinedMessage message, CancellationToken cancellationToken) =>
        quarantine.HoldAsync(new HeldMessage("mqtt", message.Topic, message.Payload, $"{message.Code}: {message.Reason}"), cancellationToken);

    public Task<long> CountAsync(CancellationToken cancellationToken) => quarantine.CountAsync(cancellationToken);
}
