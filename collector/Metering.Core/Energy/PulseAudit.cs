using Metering.Core.Readings;

namespace Metering.Core.Energy;

/// <summary>
/// Accounts for every pulse and every interval of a channel: pulses by register = pulses in the intervals, and each
/// interval without sample by name, with the pulses inside it and what is known about its energy.
/// </summary>
public static class PulseAudit
{
    /// <summary>The audit of one channel assignment in [from, to].</summary>
    /// <param name="channel">The assignment and its readings, in any order.</param>
    /// <param name="from">Begin of the period; what the assignment does not cover is not audited.</param>
    /// <param name="to">End of the period; a reading at this very instant closes the last interval.</param>
    /// <param name="options">Step of the grid and greatest power of the circuit.</param>
    public static ChannelAudit Of(AssignedReadings channel, DateTimeOffset from, DateTimeOffset to, IntervalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(channel);
        options ??= new IntervalOptions();
        var assignment = channel.Assignment;
        from = assignment.From > from ? assignment.From : from;
        to = assignment.To is { } end && end < to ? end : to;
        if (to <= from)
        {
            throw new ArgumentException($"Channel {assignment.Key} does not serve point {assignment.PointId} in that period.");
        }

        var inPeriod = channel with { Assignment = assignment with { From = from, To = to } };
        IntervalBuilder.Check(assignment.PointId, [inPeriod]);
        var setAside = new List<SetAsideReading>();
        var readings = ReadingOrder.Arrange(inPeriod, setAside);
        var intervals = new List<IntervalReading>(readings.Count);
        IntervalBuilder.Within(readings, options, intervals);
        return new ChannelAudit
        {
            Assignment = assignment,
            From = from,
            To = to,
            Samples = readings.Count + setAside.Select(s => (s.Reading.Boot, s.Reading.Sequence)).Distinct().LongCount(),
            First = readings.Count > 0 ? readings[0] : null,
            Last = readings.Count > 0 ? readings[readings.Count - 1] : null,
            Boots = BootSpans(readings),
            RegisterPulses = RegisterPulses(readings, intervals),
            IntervalPulses = intervals.Sum(i => i.Pulses ?? 0),
            WithheldPulses = intervals.Sum(i => i.WithheldPulses),
            Gaps = Gaps(readings, intervals, from, to, options),
            SetAside = setAside,
        };
    }

    /// <summary>Adds up the stretches over which the register runs on; a stretch ends where the energy is not known.</summary>
    private static long RegisterPulses(OrderedReadings readings, List<IntervalReading> intervals)
    {
        if (readings.Count == 0)
        {
            return 0;
        }

        long pulses = 0, turns = 0;
        var first = readings[0].Value;
        for (var i = 1; i < readings.Count; i++)
        {
            if (intervals[i - 1].Pulses is null && intervals[i - 1].WithheldPulses == 0)
            {
                pulses += readings[i - 1].Value - first;
                first = readings[i].Value;
            }
            else if (readings[i].Value < readings[i - 1].Value)
            {
                turns++;
            }
        }

        return pulses + readings[readings.Count - 1].Value - first + (turns * (readings.Assignment.Modulus ?? 0));
    }

    private static List<BootSpan> BootSpans(OrderedReadings readings)
    {
        var spans = new List<BootSpan>();
        for (var i = 0; i < readings.Count;)
        {
            var first = i;
            while (i < readings.Count && readings[i].Boot == readings[first].Boot)
            {
                i++;
            }

            var (a, b) = (readings[first], readings[i - 1]);
            spans.Add(new BootSpan(a.Boot, a.Time, b.Time, a.Sequence, b.Sequence, i - first, a.Value, b.Value));
        }

        return spans;
    }

    private static List<AuditGap> Gaps(
        OrderedReadings readings, List<IntervalReading> intervals, DateTimeOffset from, DateTimeOffset to, IntervalOptions options)
    {
        var gaps = new List<AuditGap>();
        var firstTime = readings.Count > 0 ? readings[0].Time : to;
        if (firstTime - from > options.GapAfter)
        {
            gaps.Add(NotMeasured(from, firstTime, options));
        }

        for (var i = 1; i < readings.Count; i++)
        {
            var interval = intervals[i - 1];
            if (KindOf(readings[i - 1], readings[i], readings.Carried(i), interval) is { } kind)
            {
                gaps.Add(new AuditGap(
                    kind,
                    interval.Start,
                    interval.End,
                    readings[i].Boot == readings[i - 1].Boot ? readings[i].Sequence - readings[i - 1].Sequence - 1 : 0,
                    MissingInstants(interval.Start, interval.End, options),
                    interval.Pulses,
                    interval.WithheldPulses,
                    interval.Pulses is null ? EnergyKnowledge.Unknown
                        : kind is AuditGapKind.Restart or AuditGapKind.RegisterRestored ? EnergyKnowledge.AtLeast
                        : EnergyKnowledge.Exact));
            }
        }

        if (readings.Count > 0 && to - readings[readings.Count - 1].Time > options.GapAfter)
        {
            gaps.Add(NotMeasured(readings[readings.Count - 1].Time, to, options));
        }

        return gaps;
    }

    private static AuditGapKind? KindOf(in Reading a, in Reading b, QualityFlags carried, in IntervalReading interval)
    {
        var flags = interval.Flags;
        if (flags.HasFlag(QualityFlags.SpikePower))
        {
            return AuditGapKind.Spike;
        }

        if (b.Flags.HasFlag(SampleFlags.RegisterSet))
        {
            return AuditGapKind.RegisterSet;
        }

        if (flags.HasFlag(QualityFlags.Reset))
        {
            return AuditGapKind.RegisterLost;
        }

        if (interval.Pulses is null)
        {
            return AuditGapKind.Reversed;
        }

        if (carried != QualityFlags.Ok)
        {
            return AuditGapKind.SetAside;
        }

        if (a.Boot != b.Boot)
        {
            return flags.HasFlag(QualityFlags.RegisterLoss) ? AuditGapKind.RegisterRestored : AuditGapKind.Restart;
        }

        if (b.Sequence - a.Sequence > 1)
        {
            return AuditGapKind.MessagesLost;
        }

        if (!flags.HasFlag(QualityFlags.GapIndex))
        {
            return null;
        }

        return flags.HasFlag(QualityFlags.Clock) ? AuditGapKind.DoubtfulClock : AuditGapKind.NotSampled;
    }

    private static AuditGap NotMeasured(DateTimeOffset from, DateTimeOffset to, IntervalOptions options) =>
        new(AuditGapKind.NotMeasured, from, to, 0, MissingInstants(from, to, options), null, 0, EnergyKnowledge.Unknown);

    /// <summary>Instants of the UTC grid strictly between two instants.</summary>
    private static int MissingInstants(DateTimeOffset start, DateTimeOffset end, IntervalOptions options)
    {
        var step = options.Step.Ticks;
        return (int)(((end.UtcTicks - 1) / step) - (start.UtcTicks / step));
    }
}
