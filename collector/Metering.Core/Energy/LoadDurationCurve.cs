using Metering.Core.Readings;

namespace Metering.Core.Energy;

/// <summary>
/// Load duration curve (fr. monotone, courbe de puissance classée): mean powers in falling order, each with the time
/// it lasted. Intervals without known energy are left out, and the curve says how much time it covers.
/// </summary>
public sealed class LoadDurationCurve
{
    private readonly PowerReading[] ordered;
    private readonly long[] ticksUpTo;

    private LoadDurationCurve(PowerReading[] ordered, TimeSpan missing)
    {
        this.ordered = ordered;
        Missing = missing;
        ticksUpTo = new long[ordered.Length];
        long ticks = 0;
        for (var i = 0; i < ordered.Length; i++)
        {
            ticks += (ordered[i].End - ordered[i].Start).Ticks;
            ticksUpTo[i] = ticks;
            Flags |= ordered[i].Flags;
        }

        Covered = new TimeSpan(ticks);
    }

    /// <summary>Powers in falling order.</summary>
    public IReadOnlyList<PowerReading> Powers => ordered;

    /// <summary>Time that the curve covers.</summary>
    public TimeSpan Covered { get; }

    /// <summary>Time of the intervals whose energy is not known.</summary>
    public TimeSpan Missing { get; }

    /// <summary>Union of the flags.</summary>
    public QualityFlags Flags { get; }

    /// <summary>The curve of hourly means, W; hours whose energy is partly unknown are missing.</summary>
    /// <param name="hours">An hourly profile.</param>
    /// <param name="pulseWeightWh">Wh per pulse, for the resolution.</param>
    public static LoadDurationCurve OfHours(IReadOnlyList<ProfileValue> hours, decimal pulseWeightWh)
    {
        ArgumentNullException.ThrowIfNull(hours);
        var powers = new List<PowerReading>(hours.Count);
        var missing = TimeSpan.Zero;
        foreach (var hour in hours)
        {
            if (hour.MeanPowerW is { } watts)
            {
                powers.Add(new PowerReading(
                    hour.Start, hour.End, watts, pulseWeightWh * TimeSpan.TicksPerHour / hour.Duration.Ticks, hour.Flags));
            }
            else
            {
                missing += hour.Duration;
            }
        }

        return Of(powers, missing);
    }

    /// <summary>The curve of interval readings: as fine as the samples are, gaps with their mean.</summary>
    public static LoadDurationCurve OfIntervals(IReadOnlyList<IntervalReading> intervals)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        var powers = new List<PowerReading>(intervals.Count);
        var missing = TimeSpan.Zero;
        foreach (var interval in intervals)
        {
            if (PowerReading.Of(interval) is { } power)
            {
                powers.Add(power);
            }
            else
            {
                missing += interval.Duration;
            }
        }

        return Of(powers, missing);
    }

    /// <summary>The power that is reached or exceeded during a share (0 to 1) of the covered time, W; null for an empty curve.</summary>
    public decimal? PowerExceededFor(double share)
    {
        if (share is < 0 or > 1 || double.IsNaN(share))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share is from 0 to 1.");
        }

        if (ordered.Length == 0)
        {
            return null;
        }

        var wanted = (long)Math.Ceiling(share * Covered.Ticks);
        var index = Array.BinarySearch(ticksUpTo, wanted);
        index = index < 0 ? ~index : index;
        return ordered[Math.Min(index, ordered.Length - 1)].PowerW;
    }

    private static LoadDurationCurve Of(List<PowerReading> powers, TimeSpan missing)
    {
        // Equal powers keep their order in time: the same data give the same curve. Doubles sort several times faster
        // than decimals and agree in order to 15 digits, far below the resolution of a pulse.
        var keys = new Place[powers.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = new Place((double)powers[i].PowerW, powers[i].Start.UtcTicks);
        }

        var ordered = powers.ToArray();
        Array.Sort(keys, ordered);
        return new LoadDurationCurve(ordered, missing);
    }

    private readonly record struct Place(double PowerW, long Start) : IComparable<Place>
    {
        public int CompareTo(Place other) =>
            PowerW > other.PowerW ? -1 : PowerW < other.PowerW ? 1 : Start.CompareTo(other.Start);
    }
}
