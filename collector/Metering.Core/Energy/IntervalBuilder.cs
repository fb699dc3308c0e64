using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Core.Energy;

/// <summary>Register readings of one channel assignment, in any order and with repetitions.</summary>
/// <param name="Assignment">Which channel served the point, when, with which pulse weight.</param>
/// <param name="Readings">
/// Readings of that channel. Those outside [From, To] of the assignment are ignored; a reading exactly at To closes
/// its last interval.
/// </param>
public sealed record AssignedReadings(ChannelAssignment Assignment, IReadOnlyList<Reading> Readings);

/// <summary>
/// Turns the register readings of a metering point into interval readings. Losing any subset of the readings between
/// the first and the last costs resolution, never energy; order and repetition of the input do not matter.
/// Rules: docs/formulas.md, intervals.
/// </summary>
public static class IntervalBuilder
{
    /// <summary>The interval readings of a point over its channel assignments.</summary>
    /// <exception cref="ArgumentException">An assignment is not a pulse register, or two assignments overlap.</exception>
    public static IntervalSeries Build(string pointId, IReadOnlyList<AssignedReadings> channels, IntervalOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pointId);
        ArgumentNullException.ThrowIfNull(channels);
        options ??= new IntervalOptions();
        var ordered = channels.OrderBy(c => c.Assignment.From).ToArray();
        Check(pointId, ordered);

        var intervals = new List<IntervalReading>(ordered.Sum(c => c.Readings.Count));
        var setAside = new List<SetAsideReading>();
        OrderedReadings? before = null;
        foreach (var channel in ordered)
        {
            var readings = ReadingOrder.Arrange(channel, setAside);
            if (readings.Count == 0)
            {
                continue;
            }

            if (before is not null)
            {
                Bridge(before, readings, options, intervals);
            }

            Within(readings, options, intervals);
            before = readings;
        }

        return new IntervalSeries(pointId, intervals, setAside);
    }

    internal static void Check(string pointId, AssignedReadings[] ordered)
    {
        for (var i = 0; i < ordered.Length; i++)
        {
            var assignment = ordered[i].Assignment;
            if (assignment.Quantity != Quantity.PulseRegister)
            {
                throw new ArgumentException(
                    $"Point {pointId}: channel {assignment.Key} measures {assignment.Quantity}; energy needs {Quantity.PulseRegister}.");
            }

            if (assignment.PulseWeightWh <= 0)
            {
                throw new ArgumentException($"Point {pointId}: channel {assignment.Key} has a pulse weight that is not above 0 Wh.");
            }

            if (i > 0 && (ordered[i - 1].Assignment.To is not { } end || end > assignment.From))
            {
                throw new ArgumentException(
                    $"Point {pointId}: the assignments of channels {ordered[i - 1].Assignment.Key} and {assignment.Key} overlap; "
                    + "end the first (To) before the second begins (From).");
            }
        }
    }

    /// <summary>The intervals within one assignment, one for each pair of neighbouring readings.</summary>
    internal static void Within(OrderedReadings readings, IntervalOptions options, List<IntervalReading> intervals)
    {
        var assignment = readings.Assignment;
        for (var i = 1; i < readings.Count; i++)
        {
            intervals.Add(RegisterDifference.Between(
                readings[i - 1], readings[i], readings.Carried(i), assignment.PulseWeightWh, assignment.Modulus, options));
        }
    }

    /// <summary>
    /// From the last reading of one assignment to the first of the next. When the same register simply goes on with
    /// the same weight, the difference is exact; when only the weight changed, the pulses are known and their energy
    /// is not; otherwise nothing is known.
    /// </summary>
    private static void Bridge(OrderedReadings before, OrderedReadings after, IntervalOptions options, List<IntervalReading> intervals)
    {
        var a = before[before.Count - 1];
        var b = after[0];
        if (b.Time <= a.Time)
        {
            return;
        }

        var exchanged = QualityFlags.MeterExchange | after.Carried(0) | (options.Simulated ? QualityFlags.Simulated : QualityFlags.Ok);
        if (before.Assignment.Key != after.Assignment.Key || before.Assignment.Modulus != after.Assignment.Modulus)
        {
            intervals.Add(new IntervalReading(a.Time, b.Time, null, 0, after.Assignment.PulseWeightWh, exchanged));
            return;
        }

        var difference = RegisterDifference.Between(
            a, b, exchanged, after.Assignment.PulseWeightWh, after.Assignment.Modulus, options);
        intervals.Add(before.Assignment.PulseWeightWh == after.Assignment.PulseWeightWh
            ? difference
            : difference with { Pulses = null, WithheldPulses = difference.Pulses ?? difference.WithheldPulses });
    }
}
