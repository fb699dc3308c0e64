using System.Globalization;
using Metering.Core.Languages;

namespace Metering.Core.Findings;

/// <summary>Numbers and dates as the sentences of findings print them.</summary>
internal static class FindingText
{
    /// <summary>A sentence in which {0}, {1}, ... are numbers with at most that many decimals.</summary>
    public static BilingualText Sentence(string french, string english, int decimals, params ReadOnlySpan<double> numbers)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            var place = "{" + i.ToString(CultureInfo.InvariantCulture) + "}";
            french = french.Replace(place, LocalNumber.Format(numbers[i], decimals, Language.French), StringComparison.Ordinal);
            english = english.Replace(place, LocalNumber.Format(numbers[i], decimals, Language.English), StringComparison.Ordinal);
        }

        return new BilingualText(french, english);
    }

    /// <summary>An instant in the site's offset as 2026-03-01 12:30 (both languages).</summary>
    public static string Instant(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
