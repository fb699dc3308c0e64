using Metering.Core.Comfort.Indicators;
using Metering.Core.Notes.Figures;
using Metering.Core.Readings;

namespace Metering.Core.Notes.Model;

/// <summary>Indoor climate of one room in the period, from hourly means of its samples.</summary>
public sealed record RoomClimate
{
    public required string Name { get; init; }
    public required string PointId { get; init; }

    /// <summary>Hours with enough samples (half of the steps, CalTRACK).</summary>
    public required int HoursValid { get; init; }

    public required int HoursExpected { get; init; }

    public required SpreadOf TemperatureC { get; init; }

    public required SpreadOf HumidityPercent { get; init; }

    /// <summary>Hours by smallest comfort zone that contains them; same order as <see cref="ComfortVariant.Zones"/>, then the outside classes.</summary>
    public required IReadOnlyList<ZoneHours> Zones { get; init; }

    /// <summary>Name of the zones' variant.</summary>
    public required ComfortVariant Variant { get; init; }

    /// <summary>Hours above 28 °C.</summary>
    public required int HoursAbove28 { get; init; }

    /// <summary>Hours above 80 % relative humidity.</summary>
    public required int HoursHumid { get; init; }

    /// <summary>Hours above 28 °C between 22:00 and 6:00.</summary>
    public int NightHoursAbove28 { get; init; }

    /// <summary>Hours below 24 °C: overcooled where air conditioning runs.</summary>
    public int HoursBelow24 { get; init; }

    /// <summary>Hours below 26 °C.</summary>
    public int HoursBelow26 { get; init; }

    /// <summary>Mean excess over 28 °C of all valid hours, K (ICT_mes; not the regulatory ICT).</summary>
    public double MeanExcessOver28K { get; init; }

    /// <summary>Hours below 19 °C.</summary>
    public required int HoursBelow19 { get; init; }

    /// <summary>Longest run outside the widest zone, h.</summary>
    public required int LongestRunOutsideHours { get; init; }

    /// <summary>Union of the flags of all temperature and humidity readings, refused ones included.</summary>
    public required QualityFlags Flags { get; init; }

    /// <summary>Readings that the quality rules refuse; they count as missing.</summary>
    public long Refused { get; init; }

    /// <summary>Hours beyond what the votes of COCO accept with a fan (31 °C, 75 %).</summary>
    public int HoursBeyondCoco { get; init; }

    /// <summary>Hours outside the zones when the sensor errs by its accuracy: warmer, cooler, more humid, drier.</summary>
    public ShiftedHours Outside { get; init; }

    /// <summary>The indicators that suit the building; null where nothing judged the room.</summary>
    public ComfortStudy? Study { get; init; }

    /// <summary>State of the air, one entry a valid hour, in time order.</summary>
    public required IReadOnlyList<ChartState> Hours { get; init; }

    public double CompletenessPercent => HoursExpected == 0 ? 0 : 100.0 * HoursValid / HoursExpected;
}

/// <summary>The same count of hours with all values shifted by the accuracy of the sensor (±0.3 K, ±3 %).</summary>
public readonly record struct ShiftedHours(int Warmer, int Cooler, int MoreHumid, int Drier);

/// <summary>Smallest, mean and largest.</summary>
public readonly record struct SpreadOf(double Least, double Mean, double Most);

/// <param name="Kind">Which class.</param>
/// <param name="AirSpeedMs">Air speed of the zone, m/s; 0 where it does not apply.</param>
/// <param name="Hours">Hours in it.</param>
public readonly record struct ZoneHours(ZoneKind Kind, double AirSpeedMs, int Hours);

public enum ZoneKind
{
    /// <summary>Inside the zone of that air speed and in no smaller one.</summary>
    Inside = 0,

    /// <summary>Below the least temperature of all zones.</summary>
    TooCold = 1,

    /// <summary>Outside the widest zone.</summary>
    Outside = 2,
}

/// <summary>The zones used, with the name under which they are printed.</summary>
public sealed record ComfortVariant(string Name, IReadOnlyList<ComfortZone> Zones, IReadOnlyList<ChartState> Saturation, double PressurePa);

/// <param name="AirSpeedMs">Air speed, m/s.</param>
/// <param name="Corners">Corners in temperature and humidity ratio.</param>
public sealed record ComfortZone(double AirSpeedMs, IReadOnlyList<ChartState> Corners);
