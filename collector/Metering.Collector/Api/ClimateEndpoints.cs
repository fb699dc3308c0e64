using Metering.Collector.Identity.Access;
using Metering.Collector.Storage;
using Metering.Core.Comfort.Givoni;
using Metering.Core.Notes;
using Metering.Core.Notes.Model;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Api;

/// <summary>Comfort indicators of rooms, by the same functions as the note's.</summary>
internal static class ClimateEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/buildings/{id}/comfort", BuildingAsync).RequirePermission(Permission.ViewBuildings).ForBuilding("id")
            .AnswersTable<Page<ComfortAnswer>>("comfort", "Comfort indicators of each room of a building over a period.");
        api.MapGet("/points/{id}/comfort", PointAsync).RequirePermission(Permission.ViewReadings).ForPoint("id")
            .Answers<ComfortAnswer>("comfort", "Comfort indicators of one room over a period.");
    }

    private static async Task<IResult> BuildingAsync(
        string id, string? from, string? to, string? zones, string? format, ApiCaller caller, IReadingStore store, CancellationToken cancellationToken)
    {
        _ = format;
        if (caller.Building(id) is not { } building)
        {
            return ApiProblem.NotFound("building");
        }

        var variant = Zones(zones);
        var zone = caller.Zone(building);
        var points = caller.Registry.Points.Where(p => p.BuildingId == id && p.Use == PointUse.IndoorClimate).ToList();
        var answers = new List<ComfortAnswer>();
        if (await PointReadings.PeriodAsync(caller, store, points, from, to, zone, cancellationToken).ConfigureAwait(false) is { } period)
        {
            foreach (var point in points)
            {
                answers.Add(await RoomAsync(caller, store, point, period, zone, variant, cancellationToken).ConfigureAwait(false));
            }
        }

        return ApiAnswer.List(new Page<ComfortAnswer>(answers, null));
    }

    private static async Task<IResult> PointAsync(
        string id, string? from, string? to, string? zones, ApiCaller caller, IReadingStore store, CancellationToken cancellationToken)
    {
        if (caller.Point(id) is not { Use: PointUse.IndoorClimate } point)
        {
            return ApiProblem.NotFound("room; comfort is of points with the use IndoorClimate");
        }

        var variant = Zones(zones);
        var zone = caller.Building(point.BuildingId) is { } building ? caller.Zone(building) : TimeZoneInfo.Utc;
        return await PointReadings.PeriodAsync(caller, store, [point], from, to, zone, cancellationToken).ConfigureAwait(false) is { } period
            ? ApiAnswer.One(await RoomAsync(caller, store, point, period, zone, variant, cancellationToken).ConfigureAwait(false))
            : ApiProblem.NotFound("reading of the room in that period");
    }

    private static GivoniZones Zones(string? name) => name is null
        ? GivoniZones.Default
        : GivoniZones.All.FirstOrDefault(z => string.Equals(z.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ApiProblemException(ApiProblem.Bad("zones", $"allowed are {string.Join(", ", GivoniZones.All.Select(static z => z.Name))}"));

    private static async Task<ComfortAnswer> RoomAsync(
        ApiCaller caller, IReadingStore store, MeteringPoint point, NotePeriod period, TimeZoneInfo zone, GivoniZones zones, CancellationToken cancellationToken)
    {
        var channels = await PointReadings.ReadAsync(caller, store, point, static a => a.Quantity is Quantity.AirTemperature or Quantity.RelativeHumidity, period, cancellationToken).ConfigureAwait(false);
        List<Reading> Of(Quantity quantity) => [.. channels.Where(c => c.Assignment.Quantity == quantity).SelectMany(static c => c.Readings).Where(r => r.Time < period.To)];
        var room = NoteBuilder.Room(point, HourlyClimate.Of(Of(Quantity.AirTemperature), Of(Quantity.RelativeHumidity), period, zone), period, zones);
        return new ComfortAnswer(
            point.Id, point.Name, period.From, period.To, room.HoursValid, room.HoursExpected, Math.Round(room.CompletenessPercent, 4),
            Round(room.TemperatureC.Least), Round(room.TemperatureC.Mean), Round(room.TemperatureC.Most),
            Round(room.HumidityPercent.Least), Round(room.HumidityPercent.Mean), Round(room.HumidityPercent.Most),
            room.HoursAbove28, room.NightHoursAbove28, room.HoursBelow24, room.HoursBelow26, room.HoursBelow19, room.HoursHumid, room.LongestRunOutsideHours,
            room.Variant.Name, [.. room.Zones.Select(static z => new ComfortZoneAnswer(z.Kind.ToString(), z.AirSpeedMs, z.Hours))], FlagNames.Of(room.Flags));
    }

    private static double? Round(double value) => double.IsFinite(value) ? Math.Round(value, 4) : null;
}
