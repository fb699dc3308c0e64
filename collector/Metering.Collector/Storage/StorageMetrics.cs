using System.Diagnostics.Metrics;
using Metering.Collector.Storage.Sqlite;

namespace Metering.Collector.Storage;

/// <summary>Counters of the stores, meter <c>Metering.Storage</c>.</summary>
internal static class StorageMetrics
{
    internal const string MeterName = "Metering.Storage";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Stored = Meter.CreateCounter<long>("metering.store.samples.stored", "{sample}", "Samples stored that were not there before.");
    private static readonly Counter<long> Duplicates = Meter.CreateCounter<long>("metering.store.samples.duplicate", "{sample}", "Samples received again and dropped.");
    private static readonly Counter<long> Conflicts = Meter.CreateCounter<long>("metering.store.samples.conflict", "{sample}", "Samples with a known key and another content, quarantined.");
    private static readonly Counter<long> DatedLate = Meter.CreateCounter<long>("metering.store.samples.dated_late", "{sample}", "Samples without a clock that were dated from a later one of their boot.");

    internal static void Count(in AppendOutcome outcome)
    {
        Stored.Add(outcome.Stored);
        Duplicates.Add(outcome.Duplicates);
        if (outcome.Conflicts > 0)
        {
            Conflicts.Add(outcome.Conflicts);
        }

        if (outcome.DatedLate > 0)
        {
            DatedLate.Add(outcome.DatedLate);
        }
    }
}
