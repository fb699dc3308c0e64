using Metering.Core.Notes.Model;
using Metering.Core.Registry;

namespace Metering.Collector.Notes;

/// <summary>What of the registry concerns one building.</summary>
internal sealed record BuildingPart(
    Building Building, Site Site, IReadOnlyList<Zone> Zones, IReadOnlyList<MeteringPoint> Points, IReadOnlyList<ChannelAssignment> Assignments)
{
    /// <exception cref="NoteException">No such building, or its site is not in the registry.</exception>
    public static BuildingPart Of(RegistrySnapshot registry, string buildingId)
    {
        var building = registry.Buildings.FirstOrDefault(b => b.Id == buildingId)
            ?? throw new NoteException(registry.Buildings.Count == 0
                ? $"Building '{buildingId}' is not in the registry, which is empty."
                : $"Building '{buildingId}' is not in the registry; there are {string.Join(", ", registry.Buildings.Select(b => b.Id).Order(StringComparer.Ordinal).Take(20))}.");
        var site = registry.Sites.FirstOrDefault(s => s.Id == building.SiteId)
            ?? throw new NoteException($"Site '{building.SiteId}' of building '{buildingId}' is not in the registry.");
        var points = registry.Points.Where(p => p.BuildingId == buildingId).ToList();
        var ids = points.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        return new BuildingPart(
            building, site, [.. registry.Zones.Where(z => z.BuildingId == buildingId)], points,
            [.. registry.Assignments.Where(a => ids.Contains(a.PointId))]);
    }

    /// <summary>Assignments of a point that touch a period, by time and channel.</summary>
    public IEnumerable<ChannelAssignment> AssignmentsOf(MeteringPoint point, NotePeriod period) => Assignments
        .Where(a => a.PointId == point.Id && a.From < period.To && (a.To is null || a.To > period.From))
        .OrderBy(a => a.From).ThenBy(a => a.Board, StringComparer.Ordinal).ThenBy(a => a.Channel, StringComparer.Ordinal);
}
