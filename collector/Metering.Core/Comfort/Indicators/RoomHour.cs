namespace Metering.Core.Comfort.Indicators;

/// <summary>An hour of a room with what the indicators need beside its air.</summary>
/// <param name="Start">Begin, with the local offset of the site: night, month and season are local.</param>
/// <param name="Climate">The room's air.</param>
/// <param name="CoolingOn">Whether the cooling drew energy, from the pulses of its circuit; null where that is not known.</param>
/// <param name="OutdoorC">Outdoor temperature, °C; NaN where unknown.</param>
/// <param name="RunningMeanC">Running mean of EN 16798-1 (α = 0.8), °C; NaN where unknown.</param>
/// <param name="PrevailingMeanC">Prevailing mean of ASHRAE 55 (α = 0.9 in humid tropics), °C; NaN where unknown.</param>
public readonly record struct RoomHour(
    DateTimeOffset Start, ClimateSample Climate, bool? CoolingOn = null, double OutdoorC = double.NaN,
    double RunningMeanC = double.NaN, double PrevailingMeanC = double.NaN)
{
    /// <summary>22:00 to 6:00, local.</summary>
    public bool IsNight => Start.Hour is >= 22 or < 6;

    /// <summary>1 October to 20 May, local: the season of heating degree days.</summary>
    public bool IsHeatingSeason => Start.Month is >= 10 or <= 4 || (Start.Month == 5 && Start.Day <= 20);
}
