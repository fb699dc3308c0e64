namespace Metering.Core.Comfort.HeatBalance;

/// <summary>
/// Operative temperature, °C: A ta + (1 − A) tr with A = 0.5 below 0.2 m/s, 0.6 up to 0.6 m/s, 0.7 up to 1 m/s. ISO
/// 7726:1998, annex G.3; ASHRAE 55 appendix A.
/// </summary>
public static class OperativeTemperature
{
    /// <param name="airC">Air temperature, °C.</param>
    /// <param name="radiantC">Mean radiant temperature, °C; the air temperature where it is not measured.</param>
    /// <param name="airSpeed">Air speed, m/s.</param>
    public static double Celsius(double airC, double radiantC, double airSpeed)
    {
        var a = airSpeed switch { < 0.2 => 0.5, < 0.6 => 0.6, _ => 0.7 };
        return (a * airC) + ((1 - a) * radiantC);
    }
}
