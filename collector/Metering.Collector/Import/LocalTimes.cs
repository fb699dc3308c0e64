namespace Metering.Collector.Import;

/// <summary>
/// Local times of a file to instants, row after row. In the hour that comes twice (the 25-hour day) the rows' order
/// decides: the first pass is daylight saving time, the second standard time. A time that the 23-hour day does not have
/// is refused.
/// </summary>
internal sealed class LocalTimes(TimeZoneInfo zone)
{
    private DateTimeOffset previous = DateTimeOffset.MinValue;

    /// <summary>The instant, or null when the zone does not have that local time.</summary>
    internal DateTimeOffset? Next(DateTime local)
    {
        if (zone.IsInvalidTime(local))
        {
            return null;
        }

        if (!zone.IsAmbiguousTime(local))
        {
            return previous = new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        }

        // The larger offset comes first in time.
        var candidates = zone.GetAmbiguousTimeOffsets(local).OrderDescending().Select(offset => new DateTimeOffset(local, offset).ToUniversalTime()).ToArray();
        var next = candidates.FirstOrDefault(candidate => candidate > previous, candidates[^1]);
        return previous = next;
    }
}
