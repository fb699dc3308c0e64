using Metering.Collector.Storage;
using Metering.Core.Energy;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Jobs;

/// <summary>
/// Accounts for every pulse and every sample of a building: pulses by register = pulses of the intervals that the note
/// is made of, and each interval without sample by name.
/// </summary>
public sealed class Verification(IReadingStore store, RegistrySnapshot registry)
{
    /// <summary>Verifies one building.</summary>
    /// <param name="buildingId">Identifier of the building.</param>
    /// <param name="from">Begin, or null: from the first reading of each channel.</param>
    /// <param name="to">End, or null: to the last reading of each channel.</param>
    /// <param name="quarantined">Messages in quarantine.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="KeyNotFoundException">No such building.</exception>
    public async Task<VerificationReport> RunAsync(
        string buildingId, DateTimeOffset? from, DateTimeOffset? to, long quarantined, CancellationToken cancellationToken)
    {
        var building = registry.Buildings.FirstOrDefault(b => b.Id == buildingId)
            ?? throw new KeyNotFoundException($"There is no building '{buildingId}'.");
        var circuits = new List<CircuitVerification>();
        var sensors = new List<SensorVerification>();
        DateTimeOffset? first = null, last = null;

        foreach (var point in registry.Points.Where(p => p.BuildingId == buildingId))
        {
            foreach (var assignment in registry.Assignments.Where(a => a.PointId == point.Id))
            {
                var readings = await ReadAsync(assignment, from, to, cancellationToken).ConfigureAwait(false);
                if (readings.Count == 0)
                {
                    continue;
                }

                first = first is null || readings[0].Time < first ? readings[0].Time : first;
                last = last is null || readings[^1].Time > last ? readings[^1].Time : last;
                if (assignment.Quantity != Quantity.PulseRegister)
                {
                    sensors.Add(Sensor(point, assignment, readings));
                }
                else if (readings.Count > 1)
                {
                    var audit = PulseAudit.Of(
                        new AssignedReadings(assignment, readings), from ?? readings[0].Time, to ?? readings[^1].Time,
                        IntervalOptions.Of(point, building));
                    circuits.Add(new CircuitVerification(point.Id, audit, Unreported(audit, readings)));
                }
            }
        }

        return new VerificationReport(buildingId, from ?? first, to ?? last, circuits, sensors, quarantined);
    }

    private async Task<List<Reading>> ReadAsync(
        ChannelAssignment assignment, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        var begin = from is { } f && f > assignment.From ? f : assignment.From;
        var limit = to is { } t ? t.AddTicks(1) : DateTimeOffset.MaxValue;
        // A reading at the very end of an assignment closes its last interval.
        var end = assignment.To is { } closed && closed < limit ? closed.AddTicks(1) : limit;
        var readings = new List<Reading>();
        if (begin < end)
        {
            await foreach (var reading in store.ReadAsync(assignment.Key, begin, end, cancellationToken).ConfigureAwait(false))
            {
                readings.Add(reading);
            }
        }

        return readings;
    }

    private static AuditGap[] Unreported(ChannelAudit audit, List<Reading> readings)
    {
        var reported = readings.Where(r => r.Flags.HasFlag(SampleFlags.JournalDropped)).Select(r => r.Time).ToHashSet();
        return [.. audit.Gaps.Where(g => g.Kind == AuditGapKind.MessagesLost && !reported.Contains(g.End))];
    }

    private static SensorVerification Sensor(MeteringPoint point, ChannelAssignment assignment, List<Reading> readings)
    {
        var ordered = readings.OrderBy(r => r.Boot).ThenBy(r => r.Sequence).ToList();
        var gaps = new List<SampleGap>();
        for (var i = 1; i < ordered.Count; i++)
        {
            var (before, after) = (ordered[i - 1], ordered[i]);
            if (after.Boot != before.Boot)
            {
                gaps.Add(new SampleGap(before.Time, after.Time, after.Boot, 0, true));
            }
            else if (after.Sequence > before.Sequence + 1)
            {
                gaps.Add(new SampleGap(
                    before.Time, after.Time, after.Boot, after.Sequence - before.Sequence - 1,
                    after.Flags.HasFlag(SampleFlags.JournalDropped)));
            }
        }

        return new SensorVerification(
            point.Id, assignment.Key, readings.Count, readings.LongCount(r => r.Missing != MissingReason.None), gaps);
    }
}
