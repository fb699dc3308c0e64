namespace Metering.Core.Comfort.Givoni;

/// <summary>Hours by zone of a room over a period, with what they rest on.</summary>
public sealed record GivoniHours
{
    /// <summary>The zones that were used; print their name.</summary>
    public required GivoniZones Zones { get; init; }

    /// <summary>Hours for which each zone (same order as <see cref="GivoniZones.Zones"/>) is the lowest that is enough.</summary>
    public required IReadOnlyList<double> HoursByZone { get; init; }

    /// <summary>h.</summary>
    public required double TooColdHours { get; init; }

    /// <summary>h.</summary>
    public required double OutsideHours { get; init; }

    /// <summary>Hours with a valid temperature and humidity: the denominator of every share.</summary>
    public required double ValidHours { get; init; }

    /// <summary>Hours that the period has.</summary>
    public required double PeriodHours { get; init; }

    /// <summary>Number of valid samples, n.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Valid hours over hours of the period, 0 to 1.</summary>
    public double Completeness => PeriodHours > 0 ? Math.Min(1, ValidHours / PeriodHours) : 0;

    /// <summary>Share of valid hours that need an air speed up to that of the zone, 0 to 1; NaN without valid hours.</summary>
    public double ShareWithin(int zoneIndex) => HoursByZone.Take(zoneIndex + 1).Sum() / ValidHours;

    /// <summary>Share of valid hours outside every zone, too cold included, 0 to 1; NaN without valid hours.</summary>
    public double ShareOutside => (OutsideHours + TooColdHours) / ValidHours;

    /// <summary>Counts the hours of <paramref name="samples"/>.</summary>
    /// <param name="samples">Any order; each stands for its duration. Samples without a valid value, or with nobody
    /// there, count for nothing.</param>
    /// <param name="zones">The variant to use.</param>
    /// <param name="period">How much (occupied) time the samples should cover: the denominator of the completeness.</param>
    public static GivoniHours Count(IEnumerable<ClimateSample> samples, GivoniZones zones, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(zones);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        var ticksByZone = new long[zones.Zones.Count];
        long cold = 0, outside = 0;
        var n = 0;
        foreach (var sample in samples)
        {
            var place = zones.Classify(sample.TemperatureC, sample.RelativeHumidityPct);
            if (place.Place == GivoniPlace.NotMeasured || !sample.Occupied || sample.Duration <= TimeSpan.Zero)
            {
                continue;
            }

            n++;
            switch (place.Place)
            {
                case GivoniPlace.Zone:
                    ticksByZone[place.ZoneIndex] += sample.Duration.Ticks;
                    break;
                case GivoniPlace.TooCold:
                    cold += sample.Duration.Ticks;
                    break;
                default:
                    outside += sample.Duration.Ticks;
                    break;
            }
        }

        return new GivoniHours
        {
            Zones = zones,
            HoursByZone = [.. ticksByZone.Select(Hours)],
            TooColdHours = Hours(cold),
            OutsideHours = Hours(outside),
            ValidHours = Hours(ticksByZone.Sum() + cold + outside),
            PeriodHours = period.TotalHours,
            SampleCount = n,
        };
    }

    private static double Hours(long ticks) => TimeSpan.FromTicks(ticks).TotalHours;
}
