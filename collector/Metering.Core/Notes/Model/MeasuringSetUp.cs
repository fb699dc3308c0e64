using Metering.Core.Registry;

namespace Metering.Core.Notes.Model;

/// <summary>What measures: points with their rooms, channels, visits and calibrations, as the registry has them.</summary>
public sealed record MeasuringSetUp
{
    public static MeasuringSetUp Empty { get; } = new();

    /// <summary>In the order of the registry.</summary>
    public IReadOnlyList<MeteringPoint> Points { get; init; } = [];

    public IReadOnlyList<Zone> Zones { get; init; } = [];
    public IReadOnlyList<ChannelAssignment> Assignments { get; init; } = [];
    public IReadOnlyList<IndexVisit> Visits { get; init; } = [];
    public IReadOnlyList<Calibration> Calibrations { get; init; } = [];

    /// <summary>The building's operation, or null.</summary>
    public Operation? Operation { get; init; }

    /// <summary>What of a registry concerns one building.</summary>
    public static MeasuringSetUp Of(RegistrySnapshot registry, string buildingId)
    {
        ArgumentNullException.ThrowIfNull(registry);
        var points = registry.Points.Where(p => p.BuildingId == buildingId).ToList();
        var ids = points.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        return new MeasuringSetUp
        {
            Points = points,
            Zones = [.. registry.Zones.Where(z => z.BuildingId == buildingId)],
            Assignments = [.. registry.Assignments.Where(a => ids.Contains(a.PointId))],
            Visits = [.. registry.IndexVisits.Where(v => ids.Contains(v.PointId)).OrderBy(v => v.At)],
            Calibrations = [.. registry.Calibrations.Where(c => ids.Contains(c.PointId)).OrderBy(c => c.On)],
            Operation = registry.Operations.FirstOrDefault(o => o.BuildingIds.Contains(buildingId)),
        };
    }

    /// <summary>Room or dwelling of a point, or null.</summary>
    public Zone? ZoneOf(MeteringPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return Zones.FirstOrDefault(z => z.Id == point.ZoneId);
    }
}
