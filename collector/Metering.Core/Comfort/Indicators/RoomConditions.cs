using Metering.Core.Comfort.Givoni;
using Metering.Core.Comfort.HeatBalance;
using Metering.Core.Comfort.Mould;
using Metering.Core.Comfort.Uncertainty;
using Metering.Core.Psychrometrics;

namespace Metering.Core.Comfort.Indicators;

/// <summary>What no sensor of a room measures and whoever prints an indicator declares, with the project's defaults.</summary>
public sealed record RoomConditions
{
    /// <summary>Air speed, activity and clothing; radiant temperature = air temperature.</summary>
    public DeclaredOccupant Occupant { get; init; } = DeclaredOccupant.Office;

    /// <summary>Accuracy of the room's sensor.</summary>
    public SensorAccuracy Accuracy { get; init; } = SensorAccuracy.ProjectTarget;

    /// <summary>Air pressure, Pa.</summary>
    public double PressurePa { get; init; } = StandardAtmosphere.SeaLevelPa;

    /// <summary>Variant of the Givoni zones.</summary>
    public GivoniZones Zones { get; init; } = GivoniZones.Default;

    /// <summary>
    /// Temperature factor of the coldest surface, (Tsurface - Toutdoor)/(Tindoor - Toutdoor), 0 to 1 (EN ISO 13788, general
    /// knowledge); null: not known, and surface humidity is not applicable.
    /// </summary>
    public double? TemperatureFactor { get; init; }

    /// <summary>Surface class of the mould index.</summary>
    public MouldSensitivity MouldSensitivity { get; init; } = MouldSensitivity.Sensitive;

    /// <summary>Category to hold.</summary>
    public ThermalCategory Category { get; init; } = ThermalCategory.II;

    /// <summary>The zone that the declared air speed reaches: the last one that needs no more.</summary>
    internal int ZoneIndex
    {
        get
        {
            var index = 0;
            for (var i = 1; i < Zones.Zones.Count; i++)
            {
                index = Zones.Zones[i].AirSpeed <= Occupant.AirSpeed + 1e-9 ? i : index;
            }

            return index;
        }
    }
}
