using System.Globalization;

namespace Metering.Collector.Api;

/// <summary>Instants in addresses: Unix seconds, or ISO 8601 (without an offset: UTC).</summary>
internal static class ApiInstant
{
    private const long SecondsMax = 253_402_300_799;

    /// <summary>Null text is no instant, and fine.</summary>
    public static bool TryRead(string? text, out DateTimeOffset? instant)
    {
        instant = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            if (seconds > SecondsMax)
            {
                return false;
            }

            instant = DateTimeOffset.FromUnixTimeSeconds(seconds);
            return true;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed))
        {
            instant = parsed;
            return true;
        }

        return false;
    }
}
