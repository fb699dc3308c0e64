using System.Globalization;

namespace Metering.Core.Languages;

/// <summary>Numbers in sentences: decimal comma in French, point in English, whatever the culture of the machine.</summary>
public static class LocalNumber
{
    /// <summary>At most <paramref name="decimals"/> decimals (0 to 9), without trailing zeros and without grouping.</summary>
    public static string Format(double value, int decimals, Language language)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, 9);
        if (double.IsNaN(value))
        {
            return language == Language.French ? "non mesuré" : "not measured";
        }

        var pattern = decimals == 0 ? "0" : "0." + new string('#', decimals);
        var text = value.ToString(pattern, CultureInfo.InvariantCulture);
        text = text is "-0" ? "0" : text;
        return language == Language.French ? text.Replace('.', ',') : text;
    }
}
