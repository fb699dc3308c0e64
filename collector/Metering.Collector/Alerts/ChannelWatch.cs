using Metering.Collector.Storage;
using Metering.Core.Alerts;
using Metering.Core.Quality;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Alerts;

/// <summary>What was seen of a channel.</summary>
/// <param name="Last">Its last sample.</param>
/// <param name="LastValue">Its last sample that holds a value.</param>
/// <param name="GreatestJump">Greatest change of the last day, as a multiple of the possible one; null: nothing to judge.</param>
internal readonly record struct ChannelSight(DateTimeOffset? Last, DateTimeOffset? LastValue, double? GreatestJump);

/// <summary>
/// Follows channels from look to look, so that each reading is read once: at first the last day, then what has come since.
/// Readings that arrive later than younger ones are not judged here; the note's quality rules judge all of them.
/// </summary>
internal sealed class ChannelWatch(IReadingStore store)
{
    /// <summary>How far the first look goes back, and how long a jump is remembered.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(1);

    /// <summary>Changes below this share of the possible are not remembered: a quiet channel keeps nothing.</summary>
    private const double RememberedFrom = 0.5;

    private readonly Dictionary<(ChannelKey, string Point), State> states = [];

    public async Task<ChannelSight> LookAsync(ChannelAssignment assignment, MeteringPoint? point, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!states.TryGetValue((assignment.Key, assignment.PointId), out var state))
        {
            states[(assignment.Key, assignment.PointId)] = state = new State();
        }

        var rules = SpotRules.Of(assignment.Quantity, point?.Use ?? PointUse.Other);
        var from = state.Last?.Time ?? Later(assignment.From, now - Window);
        var to = assignment.To is { } end && end < now ? end : now;
        if (to >= from)
        {
            await foreach (var reading in store.ReadAsync(assignment.Key, from, to.AddTicks(1), cancellationToken).ConfigureAwait(false))
            {
                state.Take(reading, assignment, point?.MaxPowerW, rules);
            }
        }

        if (state.Last is null)
        {
            state.Older ??= await store.LatestAsync(assignment.Key, cancellationToken).ConfigureAwait(false) is { } latest && latest.Time <= now ? latest.Time : null;
        }

        return state.Sight(now - Window);
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private sealed class State
    {
        private readonly Queue<(DateTimeOffset At, double Multiple)> jumps = new();
        private Reading? lastValue;
        private bool judged;

        public Reading? Last { get; private set; }

        /// <summary>A last sample from before the window.</summary>
        public DateTimeOffset? Older { get; set; }

        public void Take(in Reading reading, ChannelAssignment assignment, double? maxPowerW, SpotRules? rules)
        {
            if (Last is { } known && (reading.Time, reading.Boot, reading.Sequence).CompareTo((known.Time, known.Boot, known.Sequence)) <= 0)
            {
                return;
            }

            Last = reading;
            if (reading.Missing != MissingReason.None)
            {
                return;
            }

            if (lastValue is { } before && JumpRule.Multiple(before, reading, assignment, maxPowerW, rules) is { } multiple)
            {
                judged = true;
                if (multiple >= RememberedFrom)
                {
                    jumps.Enqueue((reading.Time, multiple));
                }
            }

            lastValue = reading;
        }

        public ChannelSight Sight(DateTimeOffset since)
        {
            while (jumps.TryPeek(out var oldest) && oldest.At < since)
            {
                jumps.Dequeue();
            }

            return new ChannelSight(Last?.Time ?? Older, lastValue?.Time, judged ? jumps.Select(static jump => jump.Multiple).DefaultIfEmpty(0).Max() : null);
        }
    }
}
