using System.Globalization;
using System.Text.Json.Nodes;
using Metering.Collector.Notes;
using Metering.Collector.Storage;
using Metering.Core.Comfort.Givoni;
using Metering.Core.Energy;
using Metering.Core.Notes;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Dossier;
using Metering.Core.Notes.Model;
using Metering.Core.Readings;
using Metering.Core.Registry;
using Metering.Core.Savings;

namespace Metering.Collector.Export;

/// <summary>Rows of one building.</summary>
internal sealed class BuildingExport(
    ExportRequest request, IReadingStore store, RegistrySnapshot registry, string buildingId, IReadOnlyDictionary<PackageTable, TableSink> sinks)
{
    private readonly BuildingPart _part = BuildingPart.Of(registry, buildingId);
    private readonly NoteDossier _dossier = RegistryDossier.Fill(request.Dossier(buildingId), registry, registry.Buildings.First(b => b.Id == buildingId));

    /// <summary>First and last reading, or null: there is none.</summary>
    public NotePeriod? Extent { get; private set; }

    /// <summary>Published station of the site, or null.</summary>
    public string? Station => _part.Site.WeatherStation is { Length: > 0 } name ? name : null;

    /// <summary>Instant of the last reading.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <summary>The building on the map, or null: its place is not on record.</summary>
    public JsonNode? Feature { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var building = _part.Building;
        var zone = SiteTime.Zone(_part.Site.TimeZone);
        var personal = new PersonalData(building, _dossier, _part.Zones, request.Salt);
        Operation(personal);
        Records(personal);
        var extent = Extent = await ExtentAsync(cancellationToken).ConfigureAwait(false);
        var points = new List<PointConsumption>();
        var outdoor = (Hours: (IReadOnlyList<ClimateHour>)[], Name: "");
        var climateRooms = new List<(MeteringPoint Point, IReadOnlyList<ClimateHour> Hours)>();
        var stored = extent is { } e
            ? await BuildingReadings.ReadAsync(store, _part.Assignments.Select(a => a.Key), e.From, e.To, cancellationToken).ConfigureAwait(false)
            : null;
        foreach (var point in _part.Points)
        {
            Point(point, personal);
            if (extent is not { } period || stored is null)
            {
                continue;
            }

            var channels = _part.AssignmentsOf(point, period)
                .Select(assignment => new AssignedReadings(assignment, stored.Of(assignment.Key, period.From, period.To))).ToList();

            var registers = channels.Where(c => c.Assignment.Quantity == Quantity.PulseRegister).ToList();
            if (registers.Count > 0)
            {
                points.Add(NoteBuilder.Point(point, building, registers, period, zone));
                Energy(point, registers, personal);
            }

            if (point.Use is PointUse.IndoorClimate or PointUse.OutdoorClimate)
            {
                var temperature = Of(channels, Quantity.AirTemperature);
                var humidity = Of(channels, Quantity.RelativeHumidity);
                Climate(point, temperature, humidity, personal);
                if (point.Use == PointUse.IndoorClimate)
                {
                    climateRooms.Add((point, HourlyClimate.Of(temperature, humidity, period, zone)));
                }
                else if (outdoor.Hours.Count == 0)
                {
                    outdoor = (HourlyClimate.OfTemperature(temperature, period, zone), point.Name);
                }
            }
        }

        if (extent is { } whole)
        {
            Monthly(points, personal);
            Comfort(climateRooms, whole, zone, personal);
            FollowUpRows(points, outdoor.Hours, outdoor.Name, whole, zone, personal);
            await new NoteRows(_part, _dossier, personal, sinks).AddAsync(request, store, registry, whole, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            Feature = GeoJsonWriter.Feature(_part, _dossier, request.Calls, null, null, null);
        }
    }

    private void Operation(PersonalData personal)
    {
        var (b, s, c) = (_part.Building, _part.Site, _dossier.Characteristics);
        var o = registry.Operations.FirstOrDefault(x => x.BuildingIds.Contains(b.Id));
        sinks[PackageTables.Operations].Add(
            b.Id, b.Call, b.Name, b.Owner, o?.Laureate, o?.Landlord, o?.Siret, _dossier.Category, o?.QpvStatus, o?.DesignatedOn, o?.AidEur, o?.CostEur, o?.DwellingsBefore, o?.DwellingsAfter,
            c?.HabitableAreaM2 ?? o?.HabitableAreaM2, c?.NetFloorAreaM2 ?? o?.NetFloorAreaM2, c?.ConstructionYear, Joined(c?.Heating, c?.Carrier), c?.Ventilation, c?.Intervention, c?.Family,
            o?.MunicipalityCode, b.Use.ToString(), b.Dwellings, b.FloorAreaM2, b.Reception, _dossier.WorksStart, s.Latitude, s.Longitude, s.AltitudeM, s.ClimateZone,
            s.TimeZone, _dossier.BanId, _dossier.RnbId, _dossier.BdnbId, b.Simulated, _dossier.PublicationConsent, personal.RetentionMonths, personal.Withheld);
    }

    private static string? Joined(params ReadOnlySpan<string?> words) => string.Join(", ", words.ToArray().Where(w => w is { Length: > 0 })) is { Length: > 0 } text ? text : null;

    private void Records(PersonalData personal)
    {
        var id = _part.Building.Id;
        foreach (var v in _dossier.RegulatoryValues)
        {
            sinks[PackageTables.RegulatoryValues].Add(id, v.Kind, v.Phase, v.Value, v.Unit, v.Label, v.MethodVersion, v.Author, v.Date);
        }

        foreach (var f in _dossier.Factors)
        {
            sinks[PackageTables.Factors].Add(id, f.Id, f.Kind, f.Zone, f.Year, f.Value, f.Unit, f.Source, f.Scope);
        }

        if (personal.SumsAllowed)
        {
            foreach (var i in _dossier.Invoices)
            {
                sinks[PackageTables.Invoices].Add(id, personal.Pseudonym(i.Pdl), i.Start, i.End, i.Kwh, i.EurTtc, i.Estimated);
            }
        }
    }

    private void Point(MeteringPoint point, PersonalData personal)
    {
        var assignment = _part.Assignments.FirstOrDefault(a => a.PointId == point.Id);
        var energy = assignment?.Quantity == Quantity.PulseRegister;
        sinks[PackageTables.Points].Add(
            personal.Point(point), _part.Building.Id, personal.Zone(point.ZoneId), Usage(point.Use), assignment?.Quantity.ToString(), energy ? "count" : assignment is null ? null : Quantities.Symbol(assignment.Quantity),
            energy ? assignment!.PulseWeightWh : null, point.MeterClass, point.SensorAccuracy, personal.InDwelling(point.ZoneId) ? null : assignment?.MeterSerial,
            assignment is null ? null : DateOnly.FromDateTime(assignment.From.UtcDateTime), registry.Calibrations.Where(c => c.PointId == point.Id).Select(c => (DateOnly?)c.On).Max(), Brick(point.Use));
    }

    private void Energy(MeteringPoint point, List<AssignedReadings> registers, PersonalData personal)
    {
        var series = IntervalBuilder.Build(point.Id, registers, IntervalOptions.Of(point, _part.Building));
        var name = personal.Point(point);
        foreach (var interval in series.Intervals.Where(i => i.Flags != QualityFlags.Ok && i.Flags != QualityFlags.Simulated))
        {
            sinks[PackageTables.Quality].Add(name, interval.Start, interval.End, Words.Flags(interval.Flags), interval.Pulses is null ? "withheld" : "kept", "rules");
        }

        if (!personal.SeriesAllowed || !sinks.TryGetValue(PackageTables.Energy, out var sink))
        {
            return;
        }

        var ends = new Dictionary<DateTimeOffset, IntervalReading>(series.Intervals.Count);
        foreach (var interval in series.Intervals)
        {
            ends[interval.End] = interval;
        }

        foreach (var channel in registers)
        {
            foreach (var reading in channel.Readings.Where(r => r.Missing == MissingReason.None && personal.Retained(r.Time, Last ?? r.Time)).DistinctBy(r => r.Time))
            {
                var known = ends.TryGetValue(reading.Time, out var interval);
                sink.Add(name, reading.Time, reading.Value * channel.Assignment.PulseWeightWh, known ? interval.EnergyWh : null, Words.Flags(known ? interval.Flags : QualityFlags.Ok));
            }
        }
    }

    private void Climate(MeteringPoint point, List<Reading> temperature, List<Reading> humidity, PersonalData personal)
    {
        if (!(personal.SeriesAllowed || point.Use == PointUse.OutdoorClimate) || !sinks.TryGetValue(PackageTables.Climate, out var sink))
        {
            return;
        }

        var corrected = humidity.Where(r => r.Flags.HasFlag(SampleFlags.Corrected)).Select(r => r.Time).ToHashSet();
        var rh = humidity.Where(r => r.Missing == MissingReason.None).GroupBy(r => r.Time).ToDictionary(g => g.Key, g => g.First().Value);
        foreach (var t in temperature.Where(r => point.Use == PointUse.OutdoorClimate || personal.Retained(r.Time, Last ?? r.Time)).DistinctBy(r => r.Time))
        {
            sink.Add(
                personal.Point(point), t.Time, t.Missing == MissingReason.None ? t.Value / 100m : null, rh.TryGetValue(t.Time, out var value) ? value / 100m : null,
                Words.Flags((_part.Building.Simulated ? QualityFlags.Simulated : QualityFlags.Ok)
                    | (t.Flags.HasFlag(SampleFlags.Corrected) || corrected.Contains(t.Time) ? QualityFlags.Corrected : QualityFlags.Ok)));
        }
    }

    private void Monthly(List<PointConsumption> points, PersonalData personal)
    {
        if (!personal.SumsAllowed)
        {
            return;
        }

        var (pef, co2, price) = (Indicators.Factor(_dossier, "pef"), Indicators.Factor(_dossier, "co2"), Indicators.Factor(_dossier, "price"));
        foreach (var use in points.GroupBy(p => p.Point.Use).OrderBy(g => g.Key))
        {
            foreach (var month in FollowUpBuilder.Sum(use.Select(p => p.Months)))
            {
                sinks[PackageTables.Monthly].Add(
                    _part.Building.Id, Usage(use.Key), DateOnly.FromDateTime(month.Start.DateTime), month.EnergyKwh, month.EnergyKwh * pef?.Value, pef?.Value,
                    month.EnergyKwh * co2?.Value, co2?.Id, month.EnergyKwh * price?.Value, Math.Round(month.CompletenessPercent, 2), Words.Flags(month.Flags));
            }
        }
    }

    private void Comfort(List<(MeteringPoint Point, IReadOnlyList<ClimateHour> Hours)> rooms, NotePeriod whole, TimeZoneInfo zone, PersonalData personal)
    {
        foreach (var year in LocalCalendar.Boundaries(whole.From, whole.To, ProfileResolution.Year, zone).SkipLast(1))
        {
            var period = new NotePeriod(year, LocalCalendar.StartOfDay(new DateOnly(year.Year + 1, 1, 1), zone));
            var results = rooms.Select(r => (r.Point, Climate: NoteBuilder.Room(
                r.Point, [.. r.Hours.Where(h => h.Start >= period.From && h.Start < period.To)], period, GivoniZones.Default))).ToList();
            if (personal.SeriesAllowed)
            {
                foreach (var (point, climate) in results)
                {
                    Row(personal.Zone(point.ZoneId) ?? personal.Point(point), year.Year, [climate]);
                }
            }
            else if (personal.SumsAllowed && results.Count > 0)
            {
                Row("group", year.Year, [.. results.Select(r => r.Climate)]);
            }
        }

        void Row(string name, int year, IReadOnlyList<RoomClimate> climates)
        {
            var valid = climates.Sum(c => c.HoursValid);
            var outside = climates.Sum(c => c.Zones.Where(z => z.Kind != ZoneKind.Inside).Sum(z => z.Hours));
            sinks[PackageTables.Comfort].Add(
                _part.Building.Id, name, year, valid, 100.0 * valid / Math.Max(1, climates.Sum(c => c.HoursExpected)), "Givoni", climates[0].Variant.Name,
                valid > 0 ? 100.0 * outside / valid : null,
                valid > 0 ? climates.Where(c => c.HoursValid > 0).Sum(c => c.MeanExcessOver28K * c.HoursValid) / valid : null,
                climates.Sum(c => c.HoursAbove28), climates.Sum(c => c.HoursHumid));
        }
    }

    private static string Coefficients(EnergyModel m) =>
        string.Create(CultureInfo.InvariantCulture, $"{m.Intercept:R} {(m.CoolingBalancePoint is null ? m.TemperatureSlope : m.CoolingSlope):R} {m.HeatingSlope:R}");

    private void FollowUpRows(List<PointConsumption> points, IReadOnlyList<ClimateHour> outdoor, string station, NotePeriod whole, TimeZoneInfo zone, PersonalData personal)
    {
        var periods = NotePeriods.FollowUp(_part.Building, _part.Site, _dossier, whole);
        var followUp = periods is { } p && personal.SumsAllowed
            ? FollowUpBuilder.Build(_part.Building, _dossier, points, NoteService.DailyMeans(outdoor, zone), station, p)
            : null;
        if (followUp?.Savings is { } s)
        {
            // One model, or one a kind of day: forms and coefficients are then listed in the same order.
            var (models, id) = (s.Models.Models, _part.Building.Id);
            var m = models[0].Model;
            var forms = string.Join(" ", models.Select(x => x.Type == DayType.Any ? x.Model.Form.ToString() : $"{x.Type}:{x.Model.Form}"));
            var coefficients = string.Join("; ", models.Select(x => Coefficients(x.Model)));
            foreach (var (period, avoided) in new[] { ("two-years", s.Total), ("year1", s.Year1), ("year2", s.Year2) })
            {
                if (avoided is not null)
                {
                    sinks[PackageTables.Models].Add(
                        id, period, forms, coefficients,
                        m.CoolingBalancePoint ?? m.HeatingBalancePoint, s.Models.AdjustedR2, s.Models.CvRmse, m.Statistics.Nmbe, models.Sum(x => x.Model.Statistics.N), m.Statistics.Rho,
                        avoided.SavingsKWh, 100 * avoided.Fraction, 100 * avoided.FractionUncertainty);
                }
            }
        }

        var measured = points.Sum(x => x.SamplesExpected) is var expected && expected > 0 ? 100.0 * points.Sum(x => x.SamplesStored) / expected : (double?)null;
        var indicators = followUp is null ? null : Indicators.Consumption(followUp, _part.Building);
        Feature = GeoJsonWriter.Feature(_part, _dossier, request.Calls, indicators, followUp?.Savings is { } found ? 100 * found.Total.Fraction : null, measured);
    }

    private async Task<NotePeriod?> ExtentAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset? first = null;
        foreach (var assignment in _part.Assignments)
        {
            if (await store.ExtentAsync(
                assignment.Key, assignment.From, assignment.To ?? DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false) is { } extent)
            {
                first = first is null || extent.First < first ? extent.First : first;
                Last = Last is null || extent.Last > Last ? extent.Last : Last;
            }
        }

        return first is { } from && Last is { } to ? new NotePeriod(from, to + NoteBuilder.Step) : null;
    }

    private static List<Reading> Of(List<AssignedReadings> channels, Quantity quantity) =>
        [.. channels.Where(c => c.Assignment.Quantity == quantity).SelectMany(c => c.Readings)];

    internal static string Usage(PointUse use) => use switch
    {
        PointUse.Cooling => "clim",
        PointUse.Heating => "chaleur",
        PointUse.HotWater => "ecs",
        PointUse.Lighting => "ecl",
        PointUse.Production => "pv",
        PointUse.Total => "general",
        PointUse.IndoorClimate => "ambiance",
        PointUse.OutdoorClimate => "exterieur",
        _ => "av",
    };

    private static string Brick(PointUse use) => use switch
    {
        PointUse.IndoorClimate => "brick:Zone_Air_Temperature_Sensor brick:Zone_Air_Humidity_Sensor",
        PointUse.OutdoorClimate => "brick:Outside_Air_Temperature_Sensor",
        PointUse.Total => "brick:Building_Electrical_Meter",
        _ => "brick:Energy_Sensor",
    };
}
