using Metering.Collector.Identity.Access;
using Metering.Collector.Jobs;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Registry;

namespace Metering.Collector.Api;

/// <summary><c>/buildings</c> and <c>/zones</c>.</summary>
internal static class BuildingEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/buildings", Buildings).RequirePermission(Permission.ViewBuildings)
            .AnswersTable<Page<BuildingAnswer>>("buildings", "Buildings that are followed, by words of the name, use, call, label or site.");
        api.MapGet("/buildings/{id}", One).RequirePermission(Permission.ViewBuildings).ForBuilding("id")
            .Answers<BuildingAnswer>("buildings", "One building.");
        api.MapGet("/zones", Zones).RequirePermission(Permission.ViewBuildings).ForBuilding("building")
            .AnswersTable<Page<ZoneAnswer>>("buildings", "Rooms, all or those of one building.");
        api.MapGet("/buildings/{id}/verification", VerificationAsync).RequirePermission(Permission.ViewQuality).ForBuilding("id")
            .Answers<VerificationReport>("quality", "Chain of custody: pulses by register, in the intervals, and each gap by name.");
    }

    private static IResult Buildings(
        string? q, string? use, string? call, string? label, string? site, string? after, int? limit, string? format, ApiCaller caller, HttpContext context)
    {
        _ = format;
        var wanted = ApiQuery.Maybe<BuildingUse>(use, "use");
        var found = caller.Registry.Buildings.Where(b =>
            (q is null || b.Name.Contains(q, StringComparison.OrdinalIgnoreCase) || b.Id.Contains(q, StringComparison.OrdinalIgnoreCase))
            && (wanted is null || b.Use == wanted)
            && (call is null || b.Call == call)
            && (site is null || b.SiteId == site)
            && (label is null || caller.Registry.RegulatoryValues.Any(v => v.BuildingId == b.Id && string.Equals(v.Label, label, StringComparison.OrdinalIgnoreCase))));
        return ApiAnswer.List(ApiAnswer.Page(context, found, static b => b.Id, after, limit, b => Answer(b, caller.Registry)));
    }

    private static IResult One(string id, ApiCaller caller) =>
        caller.Building(id) is { } building ? ApiAnswer.One(Answer(building, caller.Registry)) : ApiProblem.NotFound("building");

    private static IResult Zones(string? building, string? after, int? limit, string? format, ApiCaller caller, HttpContext context)
    {
        _ = format;
        return building is not null && caller.Building(building) is null
            ? ApiProblem.NotFound("building")
            : ApiAnswer.List(ApiAnswer.Page(
                context, caller.Registry.Zones.Where(z => building is null || z.BuildingId == building), static z => z.Id, after, limit,
                static z => new ZoneAnswer(z.Id, z.BuildingId, z.Name, z.DwellingId, z.FloorAreaM2)));
    }

    private static async Task<IResult> VerificationAsync(
        string id, string? from, string? to, ApiCaller caller, IReadingStore store, Quarantine quarantine, CancellationToken cancellationToken)
    {
        var (begin, end) = ApiQuery.Period(from, to);
        if (caller.Building(id) is null)
        {
            return ApiProblem.NotFound("building");
        }

        var held = await quarantine.CountAsync(cancellationToken).ConfigureAwait(false);
        return ApiAnswer.One(await new Verification(store, caller.Registry).RunAsync(id, begin, end, held, cancellationToken).ConfigureAwait(false));
    }

    private static BuildingAnswer Answer(Building b, RegistrySnapshot registry)
    {
        var points = registry.Points.Where(p => p.BuildingId == b.Id).Select(static p => p.Id).ToHashSet(StringComparer.Ordinal);
        return new BuildingAnswer(
            b.Id, b.Name, b.Use.ToString(), registry.Sites.FirstOrDefault(s => s.Id == b.SiteId)?.TimeZone ?? "UTC", b.FloorAreaM2, b.Dwellings, b.Owner,
            b.Address, b.Call, b.Reception, b.Simulated,
            [.. registry.RegulatoryValues.Where(v => v.BuildingId == b.Id && v.Label is not null).Select(static v => $"{v.Kind}:{v.Phase}:{v.Label}").Distinct()],
            points.Count, registry.Assignments.Where(a => points.Contains(a.PointId) && a.To is null).Select(static a => a.Board).Distinct().Count());
    }
}
