namespace Metering.Core.Registry;

/// <summary>Everything that is known about sites and what is measured there, as of one instant. Immutable.</summary>
public sealed record RegistrySnapshot
{
    public IReadOnlyList<Site> Sites { get; init; } = [];
    public IReadOnlyList<Building> Buildings { get; init; } = [];
    public IReadOnlyList<Zone> Zones { get; init; } = [];
    public IReadOnlyList<MeteringPoint> Points { get; init; } = [];
    public IReadOnlyList<ChannelAssignment> Assignments { get; init; } = [];
}
