using Metering.Core.Registry;

namespace Metering.Collector.Web.Curves;

/// <summary>A metering point with what its curves need of the registry.</summary>
internal sealed record CurvePoint(MeteringPoint Point, Building Building, TimeZoneInfo Zone, string? Room, IReadOnlyList<ChannelAssignment> Assignments)
{
    /// <summary>The curves that its channels give.</summary>
    public IEnumerable<CurveKind> Kinds => Assignments.Select(static a => a.Quantity).Distinct().Order().SelectMany(CurveKinds.Of);

    /// <summary>Null: there is no such point.</summary>
    public static CurvePoint? Of(RegistrySnapshot registry, string pointId)
    {
        if (registry.Points.FirstOrDefault(p => p.Id == pointId) is not { } point
            || registry.Buildings.FirstOrDefault(b => b.Id == point.BuildingId) is not { } building
            || registry.Sites.FirstOrDefault(s => s.Id == building.SiteId) is not { } site)
        {
            return null;
        }

        return new CurvePoint(
            point, building, SiteTime.Zone(site.TimeZone), registry.Zones.FirstOrDefault(z => z.Id == point.ZoneId)?.Name,
            [.. registry.Assignments.Where(a => a.PointId == pointId).OrderBy(static a => a.From)]);
    }

    /// <summary>The channels of a curve, one after the other.</summary>
    public IReadOnlyList<ChannelAssignment> Channels(CurveKind kind) => [.. Assignments.Where(a => a.Quantity == CurveKinds.Source(kind))];
}
