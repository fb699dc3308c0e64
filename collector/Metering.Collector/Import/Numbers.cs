using System.Globalization;

namespace Metering.Collector.Import;

/// <summary>Numbers as files hold them: decimal point or comma, blanks (also narrow ones) between thousands.</summary>
internal static class Numbers
{
    /// <summary>The number, or null when the text is none.</summary>
    internal static decimal? Parse(string text, char decimalMark)
    {
        Span<char> plain = stackalloc char[text.Length];
        var length = 0;
        foreach (var c in text)
        {
            if (c is ' ' or '\u00A0' or '\u202F')
            {
                continue;
            }

            if (c is '.' or ',' && c != decimalMark)
            {
                return null; // a thousands mark would be a guess
            }

            plain[length++] = c == decimalMark ? '.' : c;
        }

        return decimal.TryParse(plain[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    /// <summary>A number with either mark: where a file's own format allows no thousands mark.</summary>
    internal static decimal? ParseEither(string text) => Parse(text, text.Contains(',', StringComparison.Ordinal) ? ',' : '.');

    /// <summary>2026-03-01 or 01/03/2026.</summary>
    internal static DateOnly? Date(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "dd/MM/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
