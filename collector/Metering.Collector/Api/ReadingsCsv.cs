using System.Globalization;
using System.Text;

namespace Metering.Collector.Api;

/// <summary>Readings as CSV (RFC 4180): UTF-8, comma, decimal point, ISO 8601 UTC, a missing value is empty.</summary>
internal static class ReadingsCsv
{
    public static string Write(IReadOnlyList<ReadingAnswer> readings)
    {
        var csv = new StringBuilder("time,value,boot,sequence,clock,flags,missing\r\n");
        foreach (var r in readings)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{r.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'},{r.Value},{r.Boot},{r.Sequence},{r.Clock},{r.Flags},{r.Missing}\r\n");
        }

        return csv.ToString();
    }
}
