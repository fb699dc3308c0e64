using System.Globalization;
using Metering.Collector.Cli;

namespace Metering.Collector.Provisioning;

/// <summary>How a board is called: its MAC-48 on the label, its EUI-64 everywhere else (RFC 9039).</summary>
internal static class BoardIdentity
{
    /// <summary>The EUI-64, sixteen lower-case hexadecimal digits.</summary>
    /// <param name="text">A MAC-48 with or without separators, or an EUI-64.</param>
    /// <param name="option">Name of the option or argument, for the message.</param>
    /// <exception cref="UsageException">Neither, or a group address.</exception>
    public static string Parse(string text, string option)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = text.Trim().ToLowerInvariant();
        foreach (var separator in new[] { ":", "-", "." })
        {
            digits = digits.Replace(separator, "", StringComparison.Ordinal);
        }

        if (digits.Length is not (12 or 16) || !digits.All(char.IsAsciiHexDigit))
        {
            throw new UsageException(
                $"{option}: '{text}' was given; allowed is the board's MAC address such as 24:0A:C4:80:4F:F1, or its EUI-64 such as 240ac4fffe804ff1.");
        }

        if ((int.Parse(digits.AsSpan(0, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & 1) != 0)
        {
            throw new UsageException($"{option}: '{text}' is a group address; allowed is the address of one board.");
        }

        return digits.Length == 16 ? digits : digits[..6] + "fffe" + digits[6..];
    }
}
