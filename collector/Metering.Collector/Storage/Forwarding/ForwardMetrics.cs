using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Metering.Collector.Storage.Forwarding;

/// <summary>Gauges of forwarding, on the meter of the stores.</summary>
internal static class ForwardMetrics
{
    private static readonly ConcurrentDictionary<InfluxForwarder, byte> Forwarders = new();
    private static readonly Meter Meter = new(StorageMetrics.MeterName);

    static ForwardMetrics()
    {
        Meter.CreateObservableGauge("metering.forward.waiting", static () => Sum(static status => status.Waiting), "{entry}", "Entries that wait to be forwarded.");
        Meter.CreateObservableGauge("metering.forward.lag", static () => Sum(static status => status.Lag.TotalSeconds), "s", "Age of the oldest entry that waits.");
        Meter.CreateObservableCounter("metering.forward.readings", static () => Sum(static status => status.Forwarded), "{reading}", "Readings confirmed by the other store.");
        Meter.CreateObservableCounter("metering.forward.refused", static () => Sum(static status => status.Refused), "{point}", "Points refused for good.");
    }

    internal static void Observe(InfluxForwarder forwarder) => Forwarders.TryAdd(forwarder, 0);

    internal static void Forget(InfluxForwarder forwarder) => Forwarders.TryRemove(forwarder, out _);

    private static double Sum(Func<ForwardStatus, double> value)
    {
        double sum = 0;
        foreach (var forwarder in Forwarders.Keys)
        {
            try
            {
                // A metrics listener asks seldom and synchronously.
                sum += value(forwarder.StatusAsync(default).GetAwaiter().GetResult());
            }
            catch (Exception failure) when (failure is StoreUnavailableException or ObjectDisposedException)
            {
                // The store cannot be asked now, or is closing: the other gauges still answer.
            }
        }

        return sum;
    }
}
