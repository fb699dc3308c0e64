using Metering.Collector.Storage;
using Metering.Core.Energy;
using Metering.Core.Notes;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Web.Curves;

/// <summary>Reads the curves of a metering point, over all the channels that served it one after the other.</summary>
internal sealed class CurveReader(IReadingStore store)
{
    /// <summary>Most steps of one curve: twice the pixels of a wide screen's half.</summary>
    public const int StepsMax = 2000;

    /// <summary>Readings before and after the period that close its first and last interval.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(6);

    /// <summary>First and last instant of a curve's readings, or null: there are none, or one only.</summary>
    public async Task<(DateTimeOffset First, DateTimeOffset Last)?> ExtentAsync(IReadOnlyList<ChannelAssignment> assignments, CancellationToken cancellationToken)
    {
        DateTimeOffset? first = null, last = null;
        foreach (var assignment in assignments)
        {
            if (await store.ExtentAsync(assignment.Key, assignment.From, assignment.To ?? DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false) is { } extent)
            {
                first = first is null || extent.First < first ? extent.First : first;
                last = last is null || extent.Last > last ? extent.Last : last;
            }
        }

        return first is { } begin && last is { } end && end > begin ? (begin, end) : null;
    }

    /// <summary>A curve in [from, to).</summary>
    /// <param name="kind">Which curve.</param>
    /// <param name="point">Whose.</param>
    /// <param name="building">Its building.</param>
    /// <param name="assignments">The channels of the curve's quantity that served the point.</param>
    /// <param name="from">First instant.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="steps">1 to <see cref="StepsMax"/>; fewer values than this are given as they are.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<Curve> ReadAsync(
        CurveKind kind, MeteringPoint point, Building building, IReadOnlyList<ChannelAssignment> assignments, DateTimeOffset from, DateTimeOffset to, int steps,
        CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, StepsMax);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        var margin = kind == CurveKind.Power ? Margin : TimeSpan.Zero;
        var readings = await BuildingReadings.ReadAsync(store, assignments.Select(static a => a.Key), Earlier(from, margin), Later(to, margin), cancellationToken).ConfigureAwait(false);
        var served = assignments.Select(a => new AssignedReadings(a, readings.Of(
            a.Key, a.From > Earlier(from, margin) ? a.From : Earlier(from, margin), a.To is { } end && end < Later(to, margin) ? end : Later(to, margin)))).ToList();
        return kind == CurveKind.Power ? Power(point, building, served, from, to, steps) : Values(kind, served, from, to, steps);
    }

    private static Curve Power(MeteringPoint point, Building building, List<AssignedReadings> served, DateTimeOffset from, DateTimeOffset to, int steps)
    {
        var intervals = IntervalBuilder.Build(point.Id, served, IntervalOptions.Of(point, building)).Intervals
            .Where(i => i.EnergyWh is not null && i.Duration > TimeSpan.Zero && i.Start >= from && i.Start < to).ToList();
        var values = intervals.Select(static i => (i.Start, Watts: (double)i.EnergyWh!.Value / i.Duration.TotalHours, Hours: i.Duration.TotalHours));
        return Reduce(values, intervals.Count, 0, from, to, steps);
    }

    private static Curve Values(CurveKind kind, List<AssignedReadings> served, DateTimeOffset from, DateTimeOffset to, int steps)
    {
        double scale = Quantities.Scale(CurveKinds.Source(kind));
        // One assignment after the other, each in time order: the whole is.
        var all = served.Sum(static s => s.Readings.Count);
        var known = served.SelectMany(static s => s.Readings).Where(static r => r.Missing == MissingReason.None).ToList();
        return Reduce(known.Select(r => (r.Time, r.Value / scale, 1.0)), known.Count, all - known.Count, from, to, steps);
    }

    private static Curve Reduce(
        IEnumerable<(DateTimeOffset Time, double Value, double Share)> values, int count, long missing, DateTimeOffset from, DateTimeOffset to, int steps)
    {
        if (count <= steps)
        {
            return new Curve([.. values.Select(static v => new CurveStep(v.Time, v.Value, v.Value, v.Value))], NoteBuilder.Step * 1.5, count, missing);
        }

        var reducer = new StepReducer(from, to, steps);
        foreach (var (time, value, share) in values)
        {
            reducer.Add(time, value, share);
        }

        return new Curve(reducer.Steps(), reducer.HoleAfter, count, missing);
    }

    private static DateTimeOffset Earlier(DateTimeOffset time, TimeSpan margin) => time - DateTimeOffset.MinValue > margin ? time - margin : DateTimeOffset.MinValue;

    private static DateTimeOffset Later(DateTimeOffset time, TimeSpan margin) => DateTimeOffset.MaxValue - time > margin ? time + margin : DateTimeOffset.MaxValue;
}
