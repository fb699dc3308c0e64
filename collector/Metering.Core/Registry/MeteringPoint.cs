using Metering.Core.Readings;

namespace Metering.Core.Registry;

/// <summary>Something that is measured for a reason: a circuit or a room. Boards and meters behind it may change.</summary>
public sealed record MeteringPoint
{
    public required string Id { get; init; }
    public required string BuildingId { get; init; }
    public string? ZoneId { get; init; }
    public required string Name { get; init; }
    public required PointUse Use { get; init; }

    /// <summary>The most the circuit can carry, W; energy above it is a spike, not consumption.</summary>
    public double? MaxPowerW { get; init; }

    public string? MeterClass { get; init; }

    /// <summary>Standard accuracy of the sensor, in the unit of the quantity (K or %RH); feeds the uncertainties.</summary>
    public double? SensorAccuracy { get; init; }
}

/// <summary>What a metering point is for.</summary>
public enum PointUse
{
    Other = 0,
    Cooling = 1,
    Heating = 2,
    HotWater = 3,
    Lighting = 4,
    Ventilation = 5,
    Appliances = 6,
    CommonParts = 7,
    Production = 8,
    Total = 9,
    IndoorClimate = 10,
    OutdoorClimate = 11,
}

/// <summary>
/// From when to when a channel of a board served a point, and through which meter. A meter exchange is the end of one
/// assignment and the beginning of the next.
/// </summary>
public sealed record ChannelAssignment
{
    public required string PointId { get; init; }
    public required string Board { get; init; }
    public required string Channel { get; init; }
    public required Quantity Quantity { get; init; }

    /// <summary>First instant (inclusive).</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Last instant (exclusive), or null while it lasts.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Pulse weight, Wh per pulse (fr. poids d'impulsion). A decimal, so that 2.5 Wh is exact.</summary>
    public decimal PulseWeightWh { get; init; } = 10m;

    /// <summary>Modulus of the register where it rolls over (65536 or 4294967296), or null: 64-bit.</summary>
    public long? Modulus { get; init; }

    public string? MeterSerial { get; init; }

    public ChannelKey Key => new(Board, Channel);
}
