using System.Globalization;

namespace Metering.Core.Registry;

/// <summary>Local time of a site: IANA zones, and fixed offsets such as <c>+01:00</c> for data logged without daylight saving.</summary>
public static class SiteTime
{
    /// <summary>The zone of that name.</summary>
    /// <exception cref="FormatException">Neither an IANA name known to this system nor an offset of the form ±hh:mm.</exception>
    public static TimeZoneInfo Zone(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 6 && name[0] is '+' or '-'
            && TimeSpan.TryParseExact(name.AsSpan(1), @"hh\:mm", CultureInfo.InvariantCulture, out var offset))
        {
            return TimeZoneInfo.CreateCustomTimeZone(name, name[0] == '-' ? -offset : offset, name, name);
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new FormatException(
                $"Time zone '{name}' is not known; allowed are IANA names such as America/Guadeloupe and offsets such as +01:00.");
    }
}
