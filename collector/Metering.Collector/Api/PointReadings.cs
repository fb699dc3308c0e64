using Metering.Collector.Storage;
using Metering.Core.Energy;
using Metering.Core.Notes.Model;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Api;

/// <summary>Reads what one answer about a point is computed from.</summary>
internal static class PointReadings
{
    /// <summary>Readings of the channels that served a point, each within its assignment and the period; a reading at the very end closes the last interval.</summary>
    public static async Task<IReadOnlyList<AssignedReadings>> ReadAsync(
        ApiCaller caller, IReadingStore store, MeteringPoint point, Func<ChannelAssignment, bool> which, NotePeriod period, CancellationToken cancellationToken)
    {
        var found = new List<AssignedReadings>();
        foreach (var assignment in caller.Registry.Assignments.Where(a => a.PointId == point.Id && which(a)))
        {
            var from = assignment.From > period.From ? assignment.From : period.From;
            var to = (assignment.To is { } end && end < period.To ? end : period.To).AddTicks(1);
            var readings = new List<Reading>();
            if (from < to)
            {
                await foreach (var reading in store.ReadAsync(assignment.Key, from, to, cancellationToken).ConfigureAwait(false))
                {
                    if (readings.Count == ApiLimits.ReadingsReadMax)
                    {
                        throw new ApiProblemException(ApiProblem.Bad("from, to", $"the period holds more than {ApiLimits.ReadingsReadMax} readings of a channel; ask for a shorter one"));
                    }

                    readings.Add(reading);
                }
            }

            found.Add(new AssignedReadings(assignment, readings));
        }

        return found;
    }

    /// <summary>The period that is asked for; without one, from the first to the last reading of the channels, or null when there is none.</summary>
    public static async Task<NotePeriod?> PeriodAsync(
        ApiCaller caller, IReadingStore store, IEnumerable<MeteringPoint> points, string? from, string? to, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var (begin, end) = ApiQuery.Period(from, to);
        if (begin is null || end is null)
        {
            var ids = points.Select(static p => p.Id).ToHashSet(StringComparer.Ordinal);
            DateTimeOffset? first = null, last = null;
            foreach (var assignment in caller.Registry.Assignments.Where(a => ids.Contains(a.PointId)))
            {
                if (await store.ExtentAsync(assignment.Key, assignment.From, assignment.To ?? DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false) is { } extent)
                {
                    first = first is null || extent.First < first ? extent.First : first;
                    last = last is null || extent.Last > last ? extent.Last : last;
                }
            }

            begin ??= first;
            end ??= last;
        }

        return begin is { } b && end is { } e && e > b
            ? new NotePeriod(TimeZoneInfo.ConvertTime(b, zone), TimeZoneInfo.ConvertTime(e, zone))
            : null;
    }
}
