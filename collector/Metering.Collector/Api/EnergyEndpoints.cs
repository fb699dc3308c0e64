using Metering.Collector.Identity.Access;
using Metering.Collector.Storage;
using Metering.Core.Energy;
using Metering.Core.Notes;
using Metering.Core.Notes.Model;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Api;

/// <summary>Energy as it follows from the registers: intervals, load profiles, consumption.</summary>
internal static class EnergyEndpoints
{
    private const string Tag = "energy";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/points/{id}/intervals", IntervalsAsync).RequirePermission(Permission.ViewReadings).ForPoint("id")
            .AnswersTable<Page<IntervalAnswer>>(Tag, "Energy between neighbouring register readings, exact, with flags.");
        api.MapGet("/points/{id}/profile", ProfileAsync).RequirePermission(Permission.ViewReadings).ForPoint("id")
            .AnswersTable<Page<ProfileAnswer>>(Tag, "Load profile by local hour, day, month or year (resolution).");
        api.MapGet("/buildings/{id}/consumption", ConsumptionAsync).RequirePermission(Permission.ViewBuildings).ForBuilding("id")
            .AnswersTable<Page<ConsumptionAnswer>>(Tag, "Energy of each point of a building over a period.");
    }

    private static async Task<IResult> IntervalsAsync(
        string id, string? from, string? to, int? limit, string? format, ApiCaller caller, IReadingStore store, HttpContext context, CancellationToken cancellationToken)
    {
        _ = format;
        var wanted = ApiQuery.Limit(limit, ApiLimits.ReadingsDefault, ApiLimits.ReadingsMax);
        if (await SeriesAsync(caller, store, id, from, to, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return ApiProblem.NotFound("point with a register");
        }

        var intervals = found.Series.Intervals;
        var page = intervals.Take(wanted).Select(static i =>
            new IntervalAnswer(i.Start, i.End, i.Pulses, i.WithheldPulses, i.PulseWeightWh, i.EnergyWh, FlagNames.Of(i.Flags))).ToList();
        var next = intervals.Count > wanted ? ApiAnswer.Next(context, "from", Text(intervals[wanted].Start)) : null;
        return ApiAnswer.List(new Page<IntervalAnswer>(page, next));
    }

    private static async Task<IResult> ProfileAsync(
        string id, string? resolution, string? from, string? to, int? limit, string? format,
        ApiCaller caller, IReadingStore store, HttpContext context, CancellationToken cancellationToken)
    {
        _ = format;
        var wanted = ApiQuery.Limit(limit, ApiLimits.ReadingsDefault, ApiLimits.ReadingsMax);
        var unit = ApiQuery.Resolution(resolution, ProfileResolution.Day);
        if (await SeriesAsync(caller, store, id, from, to, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return ApiProblem.NotFound("point with a register");
        }

        var profile = found.Period is { } period ? LoadProfile.Build(found.Series, period.From, period.To, unit, found.Zone) : [];
        var page = profile.Take(wanted).Select(static v => new ProfileAnswer(
            v.Start, v.End, v.Pulses, v.EnergyWh, v.MeanPowerW, Math.Round(v.Completeness, 6), FlagNames.Of(v.Flags))).ToList();
        var next = profile.Count > wanted ? ApiAnswer.Next(context, "from", Text(profile[wanted].Start)) : null;
        return ApiAnswer.List(new Page<ProfileAnswer>(page, next));
    }

    private static async Task<IResult> ConsumptionAsync(
        string id, string? from, string? to, string? format, ApiCaller caller, IReadingStore store, CancellationToken cancellationToken)
    {
        _ = format;
        if (caller.Building(id) is not { } building)
        {
            return ApiProblem.NotFound("building");
        }

        var zone = caller.Zone(building);
        var points = caller.Registry.Points.Where(p => p.BuildingId == id).ToList();
        var answers = new List<ConsumptionAnswer>();
        if (await PointReadings.PeriodAsync(caller, store, points, from, to, zone, cancellationToken).ConfigureAwait(false) is { } period)
        {
            foreach (var point in points)
            {
                var registers = await PointReadings.ReadAsync(caller, store, point, IsRegister, period, cancellationToken).ConfigureAwait(false);
                if (registers.Count > 0)
                {
                    var c = NoteBuilder.Point(point, building, registers, period, zone);
                    answers.Add(new ConsumptionAnswer(
                        point.Id, point.Name, point.Use.ToString(), period.From, period.To, c.EnergyKwh, c.SamplesStored, c.SamplesExpected,
                        Math.Round(c.CompletenessPercent, 4), FlagNames.Of(c.Flags)));
                }
            }
        }

        return ApiAnswer.List(new Page<ConsumptionAnswer>(answers, null));
    }

    private static bool IsRegister(ChannelAssignment assignment) => assignment.Quantity == Quantity.PulseRegister;

    private static async Task<(IntervalSeries Series, NotePeriod? Period, TimeZoneInfo Zone)?> SeriesAsync(
        ApiCaller caller, IReadingStore store, string id, string? from, string? to, CancellationToken cancellationToken)
    {
        if (caller.Point(id) is not { } point || !caller.Registry.Assignments.Any(a => a.PointId == id && IsRegister(a)))
        {
            return null;
        }

        var building = caller.Building(point.BuildingId);
        var zone = building is null ? TimeZoneInfo.Utc : caller.Zone(building);
        var period = await PointReadings.PeriodAsync(caller, store, [point], from, to, zone, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<AssignedReadings> readings = period is { } p
            ? await PointReadings.ReadAsync(caller, store, point, IsRegister, p, cancellationToken).ConfigureAwait(false)
            : [];
        return (IntervalBuilder.Build(point.Id, readings, IntervalOptions.Of(point, building)), period, zone);
    }

    private static string Text(DateTimeOffset instant) => instant.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
