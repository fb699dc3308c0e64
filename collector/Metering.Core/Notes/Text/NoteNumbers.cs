using System.Globalization;
using Metering.Core.Languages;

namespace Metering.Core.Notes.Text;

/// <summary>
/// Numbers and dates as a reader of that language writes them, from explicit tables: the machine's own culture has no say.
/// French: 1 928,01 with narrow no-break spaces (U+202F). English: 1,928.01.
/// </summary>
public sealed class NoteNumbers
{
    private const string NarrowNoBreakSpace = "\u202f";
    private const string NoBreakSpace = "\u00a0";
    private const string Minus = "\u2212";

    private static readonly string[] MonthsFrench =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    private static readonly string[] MonthsEnglish =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly string[] MonthsFrenchShort =
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];

    private static readonly string[] MonthsEnglishShort =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

    private readonly NumberFormatInfo _format;

    public NoteNumbers(Language language)
    {
        Language = language;
        _format = new NumberFormatInfo
        {
            NumberDecimalSeparator = language.Of(",", "."),
            NumberGroupSeparator = language.Of(NarrowNoBreakSpace, ","),
            NumberGroupSizes = [3],
            NegativeSign = Minus,
        };
    }

    public Language Language { get; }

    /// <summary>What stands where there is no value.</summary>
    public static string Missing => "—";

    /// <summary>Half away from zero, as on an invoice.</summary>
    public string Number(decimal value, int decimals)
    {
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        return rounded.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), _format);
    }

    /// <summary>Not a number and infinities are missing values, never digits.</summary>
    public string Number(double value, int decimals) =>
        double.IsFinite(value) && Math.Abs(value) < 1e20 ? Number((decimal)value, decimals) : Missing;

    public string Number(long value) => Number((decimal)value, 0);

    /// <summary>A number and its unit, which no line break parts.</summary>
    public string Quantity(decimal value, int decimals, string unit) => Number(value, decimals) + Gap + unit;

    public string Quantity(double value, int decimals, string unit) => Number(value, decimals) + Gap + unit;

    public string Percent(double percent, int decimals) => Quantity(percent, decimals, "%");

    /// <summary>The space between a number and its unit.</summary>
    public static string Gap => NoBreakSpace;

    public string Month(int month) => Language.Of(MonthsFrench[month - 1], MonthsEnglish[month - 1]);

    public string MonthShort(int month) => Language.Of(MonthsFrenchShort[month - 1], MonthsEnglishShort[month - 1]);

    public static string Year(DateOnly day) => day.Year.ToString(CultureInfo.InvariantCulture);

    public string MonthOfYear(DateOnly day) => Month(day.Month) + NoBreakSpace + Year(day);

    /// <summary>11 janv.</summary>
    public string DayShort(DateOnly day) => day.Day.ToString(CultureInfo.InvariantCulture) + NoBreakSpace + MonthShort(day.Month);

    /// <summary>11 janvier 2016; the first is 1<sup>er</sup> in French, written 1er.</summary>
    public string Day(DateOnly day)
    {
        var number = day.Day == 1 && Language == Language.French ? "1er" : day.Day.ToString(CultureInfo.InvariantCulture);
        return number + NoBreakSpace + MonthOfYear(day);
    }

    /// <summary>11 janvier 2016 à 17:00.</summary>
    public string Instant(DateTimeOffset local) =>
        Day(DateOnly.FromDateTime(local.DateTime)) + Language.Of(" à ", " at ") + local.ToString("HH:mm", CultureInfo.InvariantCulture);
}
