using Metering.Core.Registry;

namespace Metering.Collector.Identity.Access;

/// <summary>What a request names, looked up in what the caller may see.</summary>
/// <param name="Subject">For the audit log: <c>building:ID</c>, <c>point:ID</c>, ...</param>
/// <param name="Exists">Whether the caller's view of the registry holds it.</param>
/// <param name="IsPersonal">Inside a dwelling.</param>
internal readonly record struct AccessTarget(string Subject, bool Exists, bool IsPersonal)
{
    /// <summary>Finds what an endpoint declared that its values name; null when the request does not name it (an absent query value).</summary>
    public static AccessTarget? Find(NamedResource named, HttpContext context, RegistrySnapshot view)
    {
        if (Value(context, named.Parameter) is not { } id)
        {
            return null;
        }

        switch (named.Kind)
        {
            case ResourceKind.Building:
                return new AccessTarget("building:" + id, view.Buildings.Any(b => b.Id == id), false);
            case ResourceKind.Dwelling:
                var dwelling = Value(context, named.DwellingParameter!) ?? "";
                return new AccessTarget($"dwelling:{id}/{dwelling}", view.Zones.Any(z => z.BuildingId == id && z.DwellingId == dwelling && dwelling.Length > 0), true);
            case ResourceKind.Board:
                return new AccessTarget("board:" + id, view.Boards.Any(b => b.Board == id) || view.Assignments.Any(a => a.Board == id), false);
            case ResourceKind.Point:
                var point = view.Points.FirstOrDefault(p => p.Id == id);
                var zone = point?.ZoneId is { } zoneId ? view.Zones.FirstOrDefault(z => z.Id == zoneId) : null;
                return new AccessTarget("point:" + id, point is not null, zone?.DwellingId is { Length: > 0 });
            default:
                throw new ArgumentOutOfRangeException(nameof(named), named.Kind, "Unknown kind.");
        }
    }

    private static string? Value(HttpContext context, string parameter) =>
        context.Request.RouteValues[parameter] as string ?? (context.Request.Query.TryGetValue(parameter, out var values) ? values.ToString() : null);
}
