namespace Metering.Core.Registry;

/// <summary>Everything that is known about sites and what is measured there, as of one instant. Immutable.</summary>
public sealed record RegistrySnapshot
{
    public IReadOnlyList<Site> Sites { get; init; } = [];
    public IReadOnlyList<Operation> Operations { get; init; } = [];
    public IReadOnlyList<Building> Buildings { get; init; } = [];
    public IReadOnlyList<Zone> Zones { get; init; } = [];
    public IReadOnlyList<BoardRecord> Boards { get; init; } = [];
    public IReadOnlyList<MeteringPoint> Points { get; init; } = [];
    public IReadOnlyList<ChannelAssignment> Assignments { get; init; } = [];
    public IReadOnlyList<MeterExchange> MeterExchanges { get; init; } = [];
    public IReadOnlyList<IndexVisit> IndexVisits { get; init; } = [];
    public IReadOnlyList<Calibration> Calibrations { get; init; } = [];
    public IReadOnlyList<Factor> Factors { get; init; } = [];
    public IReadOnlyList<Target> Targets { get; init; } = [];
    public IReadOnlyList<RegulatoryValue> RegulatoryValues { get; init; } = [];
    public IReadOnlyList<Invoice> Invoices { get; init; } = [];
    public IReadOnlyList<RentStatement> Rents { get; init; } = [];
    public IReadOnlyList<RegistryUser> Users { get; init; } = [];
}
