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
        var gathered = new Gathered();
        foreach (var point in part.Points)
        {
            Gather(gathered, point, part, readings, period, whole, followUp is not null, request.Zones, zone);
        }

        var version = readings.Version();
        var energy = followUp is null ? gathered.Consumption : gathered.WholeConsumption;
        return new NoteModel
        {
            Building = part.Building,
            Site = part.Site,
            Period = period,
            Consumption = gathered.Consumption,
            Rooms = gathered.Rooms,
            Completeness = gathered.Completeness,
            Corrections = [.. corrections.Select(c => PrintedCorrections.Of(c, part))],
            Credit = request.Credit ?? request.Dossier.Credit,
            Dossier = request.Dossier,
            Call = request.Calls.Find(part.Building.Call),
            SetUp = MeasuringSetUp.Of(registry, part.Building.Id),
            FollowUp = followUp is { } periods
                ? FollowUpBuilder.Build(part.Building, request.Dossier, energy, DailyMeans(gathered.OutdoorHours, zone), gathered.OutdoorName, periods,
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

    /// <summary>What is kept of the points while the readings of one after the other are let go.</summary>
    private sealed class Gathered
    {
        public List<PointConsumption> Consumption { get; } = [];

        public List<PointConsumption> WholeConsumption { get; } = [];

        public List<RoomClimate> Rooms { get; } = [];

        public List<(string Name, IReadOnlyList<ClimateHour> Hours)> RoomHours { get; } = [];

        public List<CompletenessRow> Completeness { get; } = [];

        public IReadOnlyList<ClimateHour> OutdoorHours { get; set; } = [];

        public IReadOnlyList<ClimateHour> OutdoorAir { get; set; } = [];

        public string OutdoorName { get; set; } = "";

        public DateTimeOffset? Last { get; set; }

    }

    /// <summary>Daily mean temperatures by local day, °C; days that half of the hours do not carry are left out.</summary>
    internal static Dictionary<DateOnly, double> DailyMeans(IReadOnlyList<ClimateHour> hours, TimeZoneInfo zone) => WeatherDays
        .FromHourly(hours.Select(h => new HourlyTemperature(h.Start, h.TemperatureC)), zone)
        .Where(d => !double.IsNaN(d.Mean)).ToDictionary(d => d.Day, d => d.Mean);

    private static void Gather(
        Gathered gathered, MeteringPoint point, BuildingPart part, BuildingReadings stored, NotePeriod period, NotePeriod whole, bool withBaseline,
        GivoniZones zones, TimeZoneInfo zone)
    {
        var channels = new List<AssignedReadings>();
        foreach (var assignment in part.AssignmentsOf(point, whole))
        {
            var readings = Served(stored, assignment, whole);
            channels.Add(new AssignedReadings(assignment, readings));
            gathered.Completeness.Add(NoteBuilder.Completeness(point.Name, assignment, readings, period, zone));
            gathered.Last = readings.Count > 0 ? Later(gathered.Last, readings[^1].Time) : gathered.Last;
        }

        var registers = channels.Where(c => c.Assignment.Quantity == Quantity.PulseRegister).ToList();
        if (registers.Count > 0)
        {
            gathered.Consumption.Add(NoteBuilder.Point(point, part.Building, registers, period, zone));
            if (withBaseline)
            {
                gathered.WholeConsumption.Add(NoteBuilder.Point(point, part.Building, registers, whole, zone));
            }
        }

        if (point.Use == PointUse.IndoorClimate)
        {
            var hours = HourlyClimate.Of(Of(channels, Quantity.AirTemperature), Of(channels, Quantity.RelativeHumidity), period, zone);
            gathered.Rooms.Add(NoteBuilder.Room(point, hours, period, zones));
            gathered.RoomHours.Add((point.Name, hours));
        }

        if (point.Use == PointUse.OutdoorClimate && gathered.OutdoorHours.Count == 0)
        {
            var temperature = Of(channels, Quantity.AirTemperature);
            gathered.OutdoorHours = HourlyClimate.OfTemperature(temperature, whole, zone);
            gathered.OutdoorAir = HourlyClimate.Of(temperature, Of(channels, Quantity.RelativeHumidity), whole, zone);
            gathered.OutdoorName = point.Name;
        }
    }

    private static List<Reading> Of(List<AssignedReadings> channels, Quantity quantity) =>
        [.. channels.Where(c => c.Assignment.Quantity == quantity).SelectMany(c => c.Readings)];

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
