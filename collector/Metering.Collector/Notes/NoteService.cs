using Metering.Collector.Storage;
using Metering.Core.Comfort.Givoni;
using Metering.Core.Energy;
using Metering.Core.Notes;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Obligations;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Metering.Core.Weather;

namespace Metering.Collector.Notes;

/// <summary>What a note is asked for.</summary>
public sealed record NoteRequest
{
    public required string BuildingId { get; init; }

    /// <summary>First instant, or null: the first reading of the building.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>End (exclusive), or null: one step after the last reading of the building.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>
    /// The instant the note is made for, or null: that of the last reading in the period. A note does not look at the clock
    /// (law 11).
    /// </summary>
    public DateTimeOffset? AsOf { get; init; }

    public required string Version { get; init; }

    /// <summary>Messages in quarantine, printed with the chain of custody.</summary>
    public long Quarantined { get; init; }

    /// <summary>Whose data these are, where they are not the building's own.</summary>
    public DataCredit? Credit { get; init; }

    /// <summary>What people know about the operation and no meter measures.</summary>
    public NoteDossier Dossier { get; init; } = NoteDossier.Empty;

    /// <summary>Rules of the calls.</summary>
    public CallCatalogue Calls { get; init; } = CallCatalogue.Embedded;

    /// <summary>Variant of the comfort zones; printed.</summary>
    public GivoniZones Zones { get; init; } = GivoniZones.Default;
}

/// <summary>Reads what a note stands on, each board once, and builds its model.</summary>
public static class NoteService
{
    /// <exception cref="NoteException">No such building, no readings, or a period that ends before it begins.</exception>
    public static async Task<NoteModel> BuildAsync(
        NoteRequest request, IReadingStore store, RegistrySnapshot registry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(registry);
        var part = BuildingPart.Of(registry, request.BuildingId);
        request = request with { Dossier = RegistryDossier.Fill(request.Dossier, registry, part.Building) };
        var zone = SiteTime.Zone(part.Site.TimeZone);
        var period = await PeriodAsync(request, part, store, zone, cancellationToken).ConfigureAwait(false);

        var followUp = NotePeriods.FollowUp(part.Building, part.Site, request.Dossier, period);
        var readFrom = followUp is { } f && f.Before.From < period.From ? f.Before.From : period.From;
        var whole = new NotePeriod(readFrom, period.To);
        // The reading at the very end closes the last interval; readings are dated by whole seconds.
        var read = new NotePeriod(Seconds(whole.From), Seconds(whole.To.AddTicks(1)));
        var keys = part.Assignments.Select(a => a.Key).Distinct().ToList();
        var readings = await BuildingReadings.ReadAsync(store, keys, read.From, read.To, cancellationToken).ConfigureAwait(false);
        var corrections = await store.CorrectionsAsync(keys, read.From, read.To, cancellationToken).ConfigureAwait(false);
        // Points do not depend on each other, and the hash of the data depends on none of them.
        var hashing = Task.Run(readings.Version, cancellationToken);
        var points = new GatheredPoint[part.Points.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, points.Length, options, i => points[i] = Gather(part.Points[i], part, readings, period, followUp is null ? null : whole, request.Zones, zone));
        var gathered = new Gathered(points);
        var version = await hashing.ConfigureAwait(false);
        var energy = followUp is null ? gathered.Consumption : gathered.WholeConsumption;
        var outdoor = DailyMeans(gathered.OutdoorHours, zone);
        var study = RoomStudies.For(part.Building, part.Site, request.Zones, period, outdoor);
        var rooms = new RoomClimate[gathered.Rooms.Count];
        Parallel.For(0, rooms.Length, options, i => rooms[i] = gathered.Rooms[i] with { Study = study(gathered.RoomHours[i].Hours) });
        return new NoteModel
        {
            Building = part.Building,
            Site = part.Site,
            Period = period,
            Consumption = gathered.Consumption,
            Rooms = rooms,
            Completeness = gathered.Completeness,
            Corrections = [.. corrections.Select(c => PrintedCorrections.Of(c, part))],
            Credit = request.Credit ?? request.Dossier.Credit,
            Dossier = request.Dossier,
            Call = request.Calls.Find(part.Building.Call),
            SetUp = MeasuringSetUp.Of(registry, part.Building.Id),
            FollowUp = followUp is { } periods
                ? FollowUpBuilder.Build(part.Building, request.Dossier, energy, outdoor, gathered.OutdoorName, periods,
                    OutdoorHumidity.DailyMeans(gathered.OutdoorAir, part.Site.AltitudeM))
                : null,
            HottestWeek = HottestWeekBuilder.Build(gathered.RoomHours, gathered.OutdoorHours, gathered.OutdoorName),
            Invoices = InvoiceChecks.Of(request.Dossier.Invoices, energy),
            Provenance = new Provenance
            {
                AsOf = TimeZoneInfo.ConvertTime(request.AsOf ?? gathered.Last ?? period.To, zone),
                DataHash = version.Hash,
                Readings = version.Readings,
                Read = read,
                SettingsHash = SettingsHash.Of(part, request),
                Version = request.Version,
                Quarantined = request.Quarantined,
            },
        };
    }

    /// <summary>What a note keeps of one point.</summary>
    private sealed record GatheredPoint
    {
        public required string Name { get; init; }

        public required IReadOnlyList<CompletenessRow> Completeness { get; init; }

        public DateTimeOffset? Last { get; init; }

        public PointConsumption? Consumption { get; init; }

        public PointConsumption? WholeConsumption { get; init; }

        public RoomClimate? Room { get; init; }

        /// <summary>Hours of a room in the period.</summary>
        public IReadOnlyList<ClimateHour> RoomHours { get; init; } = [];

        /// <summary>Hours of the outdoor air, temperature alone, baseline included; null for other points.</summary>
        public IReadOnlyList<ClimateHour>? OutdoorHours { get; init; }

        /// <summary>The hours of these that have humidity too.</summary>
        public IReadOnlyList<ClimateHour> OutdoorAir { get; init; } = [];
    }

    /// <summary>All points, in the order of the registry; the first outdoor point speaks for the outdoor air.</summary>
    private sealed class Gathered(IReadOnlyList<GatheredPoint> points)
    {
        private readonly GatheredPoint? _outdoor = points.FirstOrDefault(p => p.OutdoorHours is not null);

        public IReadOnlyList<PointConsumption> Consumption { get; } = [.. points.Select(p => p.Consumption).OfType<PointConsumption>()];

        public IReadOnlyList<PointConsumption> WholeConsumption { get; } = [.. points.Select(p => p.WholeConsumption).OfType<PointConsumption>()];

        public IReadOnlyList<RoomClimate> Rooms { get; } = [.. points.Select(p => p.Room).OfType<RoomClimate>()];

        public IReadOnlyList<(string Name, IReadOnlyList<ClimateHour> Hours)> RoomHours { get; } =
            [.. points.Where(p => p.Room is not null).Select(p => (p.Name, p.RoomHours))];

        public IReadOnlyList<CompletenessRow> Completeness { get; } = [.. points.SelectMany(p => p.Completeness)];

        public IReadOnlyList<ClimateHour> OutdoorHours => _outdoor?.OutdoorHours ?? [];

        public IReadOnlyList<ClimateHour> OutdoorAir => _outdoor?.OutdoorAir ?? [];

        public string OutdoorName => _outdoor?.Name ?? "";

        public DateTimeOffset? Last { get; } = points.Aggregate((DateTimeOffset?)null, (last, p) => p.Last is null ? last : Later(last, p.Last));
    }

    /// <summary>Daily mean temperatures by local day, °C; days that half of the hours do not carry are left out.</summary>
    internal static Dictionary<DateOnly, double> DailyMeans(IReadOnlyList<ClimateHour> hours, TimeZoneInfo zone) => WeatherDays
        .FromHourly(hours.Select(h => new HourlyTemperature(h.Start, h.TemperatureC)), zone)
        .Where(d => !double.IsNaN(d.Mean)).ToDictionary(d => d.Day, d => d.Mean);

    /// <param name="point">Point.</param>
    /// <param name="part">Its building.</param>
    /// <param name="stored">All readings of the building.</param>
    /// <param name="period">Period of the note.</param>
    /// <param name="baseline">The period and the baseline before it, or null: there is none.</param>
    /// <param name="zones">Comfort zones.</param>
    /// <param name="zone">Zone of the site.</param>
    private static GatheredPoint Gather(
        MeteringPoint point, BuildingPart part, BuildingReadings stored, NotePeriod period, NotePeriod? baseline, GivoniZones zones, TimeZoneInfo zone)
    {
        var whole = baseline ?? period;
        var channels = part.AssignmentsOf(point, whole).Select(a => new AssignedReadings(a, Served(stored, a, whole))).ToList();
        var registers = channels.Where(c => c.Assignment.Quantity == Quantity.PulseRegister).ToList();
        var gathered = new GatheredPoint
        {
            Name = point.Name,
            Completeness = [.. channels.Select(c => NoteBuilder.Completeness(point.Name, c.Assignment, c.Readings, period, zone))],
            Last = channels.Where(c => c.Readings.Count > 0).Select(c => (DateTimeOffset?)c.Readings[^1].Time).Max(),
        };
        if (registers.Count > 0)
        {
            var (consumption, wholeConsumption) = NoteBuilder.Points(point, part.Building, registers, period, baseline, zone);
            gathered = gathered with { Consumption = consumption, WholeConsumption = wholeConsumption };
        }

        if (point.Use is not (PointUse.IndoorClimate or PointUse.OutdoorClimate))
        {
            return gathered;
        }

        var warm = RoomReadings.Of(channels, Quantity.AirTemperature, point.Use);
        var humid = RoomReadings.Of(channels, Quantity.RelativeHumidity, point.Use);
        var (temperature, humidity) = (warm.Readings, humid.Readings);
        switch (point.Use)
        {
            case PointUse.IndoorClimate:
                var hours = HourlyClimate.Of(temperature, humidity, period, zone);
                var room = NoteBuilder.Room(point, hours, period, zones) with { Flags = warm.Flags | humid.Flags, Refused = warm.Refused + humid.Refused };
                return gathered with { Room = room, RoomHours = hours };
            default:
                return gathered with
                {
                    OutdoorHours = HourlyClimate.OfTemperature(temperature, whole, zone),
                    OutdoorAir = HourlyClimate.Of(temperature, humidity, whole, zone),
                };
        }
    }

    /// <summary>Readings of a channel while it served its point.</summary>
    private static List<Reading> Served(BuildingReadings stored, ChannelAssignment assignment, NotePeriod period) => stored.Of(
        assignment.Key,
        assignment.From > period.From ? assignment.From : period.From,
        (assignment.To is { } end && end < period.To ? end : period.To).AddTicks(1));

    private static async Task<NotePeriod> PeriodAsync(
        NoteRequest request, BuildingPart part, IReadingStore store, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var (from, to) = (request.From, request.To);
        if (from is null || to is null)
        {
            DateTimeOffset? first = null, last = null;
            foreach (var assignment in part.Assignments)
            {
                var extent = await store.ExtentAsync(
                    assignment.Key, assignment.From, assignment.To ?? DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false);
                first = Earlier(first, extent?.First);
                last = Later(last, extent?.Last);
            }

            if (first is null || last is null)
            {
                throw new NoteException($"Building '{part.Building.Id}' has no reading in this store.");
            }

            from ??= first;
            to ??= last + NoteBuilder.Step;
        }

        return to > from
            ? new NotePeriod(TimeZoneInfo.ConvertTime(from.Value, zone), TimeZoneInfo.ConvertTime(to.Value, zone))
            : throw new NoteException($"The period must end after it begins; it runs from {from:O} to {to:O}.");
    }

    /// <summary>First whole second at or after an instant.</summary>
    private static DateTimeOffset Seconds(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(WholeSeconds.Ceiling(instant));

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b ?? a : a;

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null || b > a ? b ?? a : a;
}
