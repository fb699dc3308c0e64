using Metering.Core.Comfort.Givoni;
using Metering.Core.Energy;
using Metering.Core.Notes.Model;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Core.Notes;

/// <summary>
/// Turns readings into the parts of a <see cref="NoteModel"/>, one point or room at a time, so that a caller may forget a
/// channel's readings before it loads the next.
/// </summary>
public static class NoteBuilder
{
    /// <summary>Grid of the boards.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Energy of a point in a period. It stands on the register readings from the first to the last within the period, the
    /// one at its very end included; what lies outside of them is unknown, not zero.
    /// </summary>
    public static PointConsumption Point(
        MeteringPoint point, Building building, IReadOnlyList<AssignedReadings> channels, NotePeriod period, TimeZoneInfo zone) =>
        Points(point, building, channels, period, null, zone).InPeriod;

    /// <summary>
    /// The same for a period and for a longer one around it, from one look at the readings. The longer one carries profiles
    /// only: no registers, no counts of samples.
    /// </summary>
    public static (PointConsumption InPeriod, PointConsumption? Whole) Points(
        MeteringPoint point, Building building, IReadOnlyList<AssignedReadings> channels, NotePeriod period, NotePeriod? whole, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(channels);
        var outer = whole ?? period;
        var options = IntervalOptions.Of(point, building);
        var all = IntervalBuilder.Build(point.Id, Inside(channels, outer), options);
        var series = whole is null ? all : all with { Intervals = [.. all.Intervals.Where(i => i.Start >= period.From && i.End <= period.To)] };
        var inside = whole is null ? Inside(channels, outer) : Inside(channels, period);
        var consumption = Profiles(point, series, period, zone) with
        {
            Registers = [.. inside.Select(c => Span(c, period, options, zone)).OfType<RegisterSpan>()],
            SamplesStored = inside.Sum(c => GridSteps.Count(c.Readings, [Within(c.Assignment, period)])[0]),
            SamplesExpected = inside.Sum(c => GridSteps.Expected(Within(c.Assignment, period))),
        };
        return (consumption, whole is { } w ? Profiles(point, all, w, zone) : null);
    }

    private static List<AssignedReadings> Inside(IReadOnlyList<AssignedReadings> channels, NotePeriod period) =>
        [.. channels.Select(c => c with { Readings = [.. c.Readings.Where(r => r.Time >= period.From && r.Time <= period.To)] })];

    private static PointConsumption Profiles(MeteringPoint point, IntervalSeries series, NotePeriod period, TimeZoneInfo zone) => new()
    {
        Point = point,
        Registers = [],
        EnergyKwh = series.Intervals.Any(i => i.Pulses.HasValue) ? series.EnergyWh / 1000m : null,
        Hours = Profile(series, period, ProfileResolution.Hour, zone),
        Days = Profile(series, period, ProfileResolution.Day, zone),
        Months = Profile(series, period, ProfileResolution.Month, zone),
        Flags = series.Flags,
        SamplesStored = 0,
        SamplesExpected = 0,
    };

    /// <summary>Indoor climate of a room from its hourly means (<see cref="HourlyClimate"/>).</summary>
    public static RoomClimate Room(MeteringPoint point, IReadOnlyList<ClimateHour> hours, NotePeriod period, GivoniZones zones)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(hours);
        return RoomClimateBuilder.Build(point, hours, period, zones);
    }

    /// <summary>Stored and expected samples of one channel by month of the period.</summary>
    public static CompletenessRow Completeness(
        string name, ChannelAssignment assignment, IReadOnlyList<Reading> readings, NotePeriod period, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        var boundaries = LocalCalendar.Boundaries(period.From, period.To, ProfileResolution.Month, zone);
        var served = new NotePeriod[boundaries.Count - 1];
        for (var i = 0; i < served.Length; i++)
        {
            served[i] = Within(assignment, new NotePeriod(Later(boundaries[i], period.From), Earlier(boundaries[i + 1], period.To)));
        }

        var stored = GridSteps.Count(readings, served);
        var months = served.Select((m, i) => new MonthCompleteness(DateOnly.FromDateTime(boundaries[i].DateTime), stored[i], GridSteps.Expected(m))).ToList();
        return new CompletenessRow(name, assignment.Key, months);
    }

    private static RegisterSpan? Span(AssignedReadings channel, NotePeriod period, IntervalOptions options, TimeZoneInfo zone)
    {
        var served = Within(channel.Assignment, period);
        if (served.To <= served.From)
        {
            return null;
        }

        var audit = PulseAudit.Of(channel, served.From, served.To, options);
        if (audit.First is not { } first || audit.Last is not { } last)
        {
            return null;
        }

        return new RegisterSpan(
            channel.Assignment.Key, channel.Assignment.MeterSerial, channel.Assignment.PulseWeightWh,
            TimeZoneInfo.ConvertTime(first.Time, zone), first.Value, TimeZoneInfo.ConvertTime(last.Time, zone), last.Value, audit.RegisterPulses);
    }

    private static List<EnergyStep> Profile(IntervalSeries series, NotePeriod period, ProfileResolution resolution, TimeZoneInfo zone) =>
        [.. LoadProfile.Build(series, period.From, period.To, resolution, zone).Select(v =>
        {
            var known = v.Duration - v.MissingTime;
            return new EnergyStep(
                v.Start, v.End, known > TimeSpan.Zero ? v.EnergyWh / 1000m : null, 100.0 * known.Ticks / v.Duration.Ticks, v.Flags)
            {
                Spread = v.Spread > TimeSpan.Zero,
            };
        })];

    private static NotePeriod Within(ChannelAssignment assignment, NotePeriod period) => new(
        Later(assignment.From, period.From),
        assignment.To is { } to ? Earlier(to, period.To) : period.To);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
