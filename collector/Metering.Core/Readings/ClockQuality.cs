namespace Metering.Core.Readings;

/// <summary>How far the clock that dated a sample can be trusted.</summary>
public enum ClockQuality
{
    /// <summary>The board had no clock; the instant, if any, was computed later from boot and uptime.</summary>
    None = 0,

    /// <summary>From the board's real-time clock, or synchronised long ago.</summary>
    Estimated = 1,

    /// <summary>Synchronised with a time server.</summary>
    Synchronised = 2,
}
