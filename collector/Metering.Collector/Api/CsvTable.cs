using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Metering.Collector.Api;

/// <summary>
/// Answers as CSV (RFC 4180): UTF-8, comma, decimal point, ISO 8601 UTC, CRLF. The columns are the properties of the answer under
/// their JSON names; a list inside a row is joined by blanks, an object inside a row is left to JSON. A missing value is empty. A
/// text that a spreadsheet would take for a formula gets an apostrophe in front.
/// </summary>
internal static class CsvTable
{
    private static readonly char[] Quoted = [',', '"', '\r', '\n'];

    public static byte[] Write<T>(IReadOnlyList<T> rows)
    {
        var columns = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static p => IsColumn(p.PropertyType)).ToArray();
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Select(static c => JsonNamingPolicy.CamelCase.ConvertName(c.Name))).Append("\r\n");
        foreach (var row in rows)
        {
            text.AppendJoin(',', columns.Select(c => Cell(c.GetValue(row)))).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static bool IsColumn(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(DateTimeOffset) || type == typeof(DateOnly)
            || type == typeof(IReadOnlyList<string>);
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        string text => Escape(text),
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => Escape(string.Join(' ', list.Cast<string>())),
        _ => "",
    };

    private static string Escape(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t')
        {
            text = "'" + text;
        }

        return text.IndexOfAny(Quoted) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
