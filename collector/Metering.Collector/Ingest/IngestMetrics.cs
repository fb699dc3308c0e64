using System.Diagnostics.Metrics;

namespace Metering.Collector.Ingest;

/// <summary>Counts of the way in. Names follow OpenTelemetry's style; units and descriptions travel with each.</summary>
public sealed class IngestMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Metering.Ingest";

    private readonly Counter<long> messages;
    private readonly Counter<long> stored;
    private readonly Counter<long> duplicates;
    private readonly Counter<long> quarantined;
    private readonly Counter<long> unavailable;
    private long messagesTotal;
    private long storedTotal;
    private long duplicatesTotal;
    private long quarantinedTotal;

    public IngestMetrics(IMeterFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        var meter = factory.Create(MeterName);
        messages = meter.CreateCounter<long>("metering.ingest.messages", "{message}", "Messages of boards that were received.");
        stored = meter.CreateCounter<long>("metering.ingest.samples", "{sample}", "Samples that were new and are stored.");
        duplicates = meter.CreateCounter<long>("metering.ingest.duplicates", "{sample}", "Samples that were there already.");
        quarantined = meter.CreateCounter<long>("metering.ingest.quarantined", "{message}", "Messages that could not be read and are kept.");
        unavailable = meter.CreateCounter<long>("metering.ingest.unavailable", "{message}", "Messages left unacknowledged because the store could not write.");
    }

    public long Messages => Interlocked.Read(ref messagesTotal);

    public long Stored => Interlocked.Read(ref storedTotal);

    public long Duplicates => Interlocked.Read(ref duplicatesTotal);

    public long Quarantined => Interlocked.Read(ref quarantinedTotal);

    internal void Received()
    {
        Interlocked.Increment(ref messagesTotal);
        messages.Add(1);
    }

    internal void Appended(int newSamples, int duplicateSamples)
    {
        Interlocked.Add(ref storedTotal, newSamples);
        Interlocked.Add(ref duplicatesTotal, duplicateSamples);
        stored.Add(newSamples);
        if (duplicateSamples > 0)
        {
            duplicates.Add(duplicateSamples);
        }
    }

    internal void Refused()
    {
        Interlocked.Increment(ref quarantinedTotal);
        quarantined.Add(1);
    }

    internal void Unavailable() => unavailable.Add(1);
}
