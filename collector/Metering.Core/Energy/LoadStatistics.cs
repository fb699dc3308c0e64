using Metering.Core.Readings;

namespace Metering.Core.Energy;

/// <summary>What a load looks like over a period. Each figure is null when the data do not carry it.</summary>
public sealed record LoadStatistics
{
    /// <summary>Share of the time during which the base load is reached or exceeded (project choice).</summary>
    public const double BaseLoadShare = 0.95;

    /// <summary>Local hour at which the night begins (project choice).</summary>
    public const int NightFrom = 22;

    /// <summary>Local hour at which the night ends (project choice).</summary>
    public const int NightTo = 6;

    /// <summary>Shorter intervals make no peak: one pulse of 10 Wh within 5 s would be 7.2 kW (project choice).</summary>
    public static readonly TimeSpan ShortestPeak = TimeSpan.FromMinutes(5);

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Energy known in the period, Wh.</summary>
    public required decimal EnergyWh { get; init; }

    /// <summary>
    /// Greatest mean power between two neighbouring samples at least five minutes apart, with its instant and resolution. Gaps are not
    /// interpolated: a peak inside a gap is not seen, and <see cref="Flags"/> says that there was a gap.
    /// </summary>
    public PowerReading? Peak { get; init; }

    /// <summary>Hourly mean power that is reached or exceeded 95 % of the time, W.</summary>
    public decimal? BaseLoadW { get; init; }

    /// <summary>Resolution of the hourly means behind the base load, W.</summary>
    public decimal HourlyResolutionW { get; init; }

    /// <summary>Share of the energy used from 22:00 to 06:00 local time, 0 to 1.</summary>
    public double? NightShare { get; init; }

    /// <summary>Mean power over peak power, 0 to 1.</summary>
    public double? LoadFactor { get; init; }

    /// <summary>Time of known energy over the whole period, 0 to 1.</summary>
    public required double Completeness { get; init; }

    public required QualityFlags Flags { get; init; }

    /// <summary>The statistics of [from, to).</summary>
    public static LoadStatistics Of(IntervalSeries series, DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(series);
        var hours = LoadProfile.Build(series, from, to, ProfileResolution.Hour, zone);
        var weight = series.Intervals.Count > 0 ? series.Intervals.Max(i => i.PulseWeightWh) : 0m;
        var known = hours.Sum(h => (h.Measured + h.ExactGap + h.Spread).Ticks);
        decimal energy = 0, night = 0;
        var flags = QualityFlags.Ok;
        foreach (var hour in hours)
        {
            energy += hour.EnergyWh;
            night += hour.Start.Hour is >= NightFrom or < NightTo ? hour.EnergyWh : 0;
            flags |= hour.Flags & ~QualityFlags.Incomplete;
        }

        var share = (double)known / (to - from).Ticks;
        if (share < CompletenessRules.Day)
        {
            flags |= QualityFlags.Incomplete;
        }

        var peak = PeakOf(series.Intervals, from, to);
        var mean = known > 0 ? energy * TimeSpan.TicksPerHour / known : (decimal?)null;
        return new LoadStatistics
        {
            From = from,
            To = to,
            EnergyWh = energy,
            Peak = peak,
            BaseLoadW = LoadDurationCurve.OfHours(hours, weight).PowerExceededFor(BaseLoadShare),
            HourlyResolutionW = weight,
            NightShare = energy > 0 ? (double)(night / energy) : null,
            LoadFactor = peak is { PowerW: > 0 } p && mean is { } m ? (double)(m / p.PowerW) : null,
            Completeness = share,
            Flags = flags,
        };
    }

    private static PowerReading? PeakOf(IReadOnlyList<IntervalReading> intervals, DateTimeOffset from, DateTimeOffset to)
    {
        PowerReading? peak = null;
        var highest = double.NegativeInfinity;
        for (var i = 0; i < intervals.Count; i++)
        {
            var interval = intervals[i];
            if (interval.Pulses is not { } pulses || interval.Start < from || interval.End > to
                || interval.Duration < ShortestPeak || interval.Flags.HasFlag(QualityFlags.GapIndex))
            {
                continue;
            }

            var power = pulses * (double)interval.PulseWeightWh / interval.Duration.Ticks;
            if (power > highest)
            {
                (peak, highest) = (PowerReading.Of(interval), power);
            }
        }

        return peak;
    }
}
