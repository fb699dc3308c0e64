namespace Metering.Core.Savings;

/// <summary>Energy of one hour with its outdoor temperature.</summary>
/// <param name="Start">Begin of the hour, with the local offset of the site: its local weekday and hour count.</param>
/// <param name="EnergyKWh">kWh; NaN when missing.</param>
/// <param name="Temperature">Outdoor temperature, in the unit of the bins; NaN when missing.</param>
public readonly record struct HourObservation(DateTimeOffset Start, double EnergyKWh, double Temperature)
{
    /// <summary>Hours of a week.</summary>
    public const int HoursOfWeek = 168;

    /// <summary>0 for Monday 00:00 to 167 for Sunday 23:00, local time.</summary>
    public int HourOfWeek => ((((int)Start.DayOfWeek + 6) % 7) * 24) + Start.Hour;

    public bool IsUsable => double.IsFinite(EnergyKWh) && double.IsFinite(Temperature);
}
