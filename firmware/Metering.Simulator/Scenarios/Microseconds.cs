namespace Metering.Simulator.Scenarios;

/// <summary>Simulated time is counted in microseconds since the Unix epoch.</summary>
internal static class Microseconds
{
    public const long PerSecond = 1_000_000;
    public const long PerMinute = 60 * PerSecond;
    public const long PerHour = 60 * PerMinute;
    public const long PerDay = 24 * PerHour;

    public static long Of(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / 10;

    public static DateTimeOffset ToInstant(long us) => DateTimeOffset.UnixEpoch.AddTicks(us * 10);
}
