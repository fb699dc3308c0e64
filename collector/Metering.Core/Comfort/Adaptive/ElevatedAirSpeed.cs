namespace Metering.Core.Comfort.Adaptive;

/// <summary>
/// By how much air that occupants move themselves raises the upper bound of the adaptive models, K: 1.2 from 0.6 m/s, 1.8
/// from 0.9 m/s, 2.2 from 1.2 m/s. EN 16798-1:2019, table B.4; ASHRAE 55-2020, table 5-13.
/// </summary>
public static class ElevatedAirSpeed
{
    /// <param name="airSpeed">m/s.</param>
    public static double RaiseK(double airSpeed) => airSpeed switch
    {
        >= 1.2 => 2.2,
        >= 0.9 => 1.8,
        >= 0.6 => 1.2,
        _ => 0,
    };
}
