namespace Metering.Collector.Storage;

/// <summary>Readings are dated by whole seconds.</summary>
internal static class WholeSeconds
{
    /// <summary>First whole second at or after an instant, Unix time.</summary>
    internal static long Ceiling(DateTimeOffset instant)
    {
        var seconds = instant.ToUnixTimeSeconds();
        return instant.UtcTicks % TimeSpan.TicksPerSecond == 0 ? seconds : seconds + 1;
    }
}
