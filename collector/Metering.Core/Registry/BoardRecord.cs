namespace Metering.Core.Registry;

/// <summary>A board as an object: what it is, where it is, since when. Its credentials are no part of the registry.</summary>
public sealed record BoardRecord
{
    /// <summary>EUI-64, sixteen lower-case hexadecimal digits.</summary>
    public required string Board { get; init; }

    public required string BuildingId { get; init; }
    public string? Model { get; init; }
    public string? Place { get; init; }
    public DateOnly? InstalledOn { get; init; }
    public DateOnly? RemovedOn { get; init; }
}
