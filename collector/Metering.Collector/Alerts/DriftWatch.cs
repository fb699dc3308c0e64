using Metering.Collector.Storage;
using Metering.Core.Alerts;
using Metering.Core.Energy;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Alerts;

/// <summary>
/// Counted energy against the meter's display, between the last two visits of a point that one assignment covers. The
/// readings of such a period seldom change, so it is worked out again once an hour and not at every look.
/// </summary>
internal sealed class DriftWatch(IReadingStore store)
{
    /// <summary>How long a result is good.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromHours(1);

    private readonly Dictionary<(string Point, DateTimeOffset First, DateTimeOffset Last), (DateTimeOffset At, double? Percent)> known = [];

    public async Task<IReadOnlyList<AlertObservation>> ObserveAsync(RegistrySnapshot registry, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var seen = new List<AlertObservation>();
        foreach (var visits in registry.IndexVisits.Where(v => v.At <= now).GroupBy(static v => v.PointId, StringComparer.Ordinal))
        {
            var ordered = visits.OrderBy(static v => v.At).TakeLast(2).ToArray();
            if (ordered is not [var first, var last]
                || registry.Points.FirstOrDefault(p => p.Id == visits.Key) is not { } point
                || registry.Assignments.FirstOrDefault(a => a.PointId == point.Id && a.Quantity == Quantity.PulseRegister
                    && a.From <= first.At && (a.To is null || a.To >= last.At)) is not { } assignment)
            {
                continue;
            }

            var key = (point.Id, first.At, last.At);
            if (!known.TryGetValue(key, out var result) || now - result.At > AgeMax || now < result.At)
            {
                known[key] = result = (now, await PercentAsync(point, assignment, first, last, cancellationToken).ConfigureAwait(false));
            }

            seen.Add(new AlertObservation(new AlertKey(AlertKind.IndexDrift, point.Id), result.Percent));
        }

        return seen;
    }

    private async Task<double?> PercentAsync(
        MeteringPoint point, ChannelAssignment assignment, IndexVisit first, IndexVisit last, CancellationToken cancellationToken)
    {
        var step = new IntervalOptions().Step;
        var readings = new List<Reading>();
        await foreach (var reading in store.ReadAsync(assignment.Key, first.At - step, last.At + step, cancellationToken).ConfigureAwait(false))
        {
            readings.Add(reading);
        }

        if (readings.Count < 2 || readings[0].Time > first.At + step || readings[^1].Time < last.At - step)
        {
            return null;
        }

        var series = IntervalBuilder.Build(point.Id, [new AssignedReadings(assignment, readings)], IntervalOptions.Of(point));
        var counted = LoadProfile.Build(series, first.At, last.At, ProfileResolution.Day, TimeZoneInfo.Utc).Sum(static day => day.EnergyWh) / 1000m;
        return DriftRule.Percent(counted, first.IndexKwh, last.IndexKwh, assignment.PulseWeightWh);
    }
}
