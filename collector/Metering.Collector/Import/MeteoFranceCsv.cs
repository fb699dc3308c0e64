using System.Globalization;
using Metering.Collector.Storage.Weather;

namespace Metering.Collector.Import;

/// <summary>
/// Météo-France hourly data as published on data.gouv.fr: <c>;</c> between cells, decimal point, one row a station and
/// hour <c>AAAAMMJJHH</c>; T °C, U %, FF m/s, PSTAT hPa, GLO J/cm² and RR1 mm of the hour before; each with a quality code
/// in the column of the same name with Q before it. Hours are UTC for metropolitan stations and local time overseas.
/// </summary>
internal static class MeteoFranceCsv
{
    /// <summary>J/cm² in one hour as a mean in W/m²: 10,000 cm² a m², 3,600 s.</summary>
    private const decimal JoulePerCm2ToWattPerM2 = 10_000m / 3_600m;

    /// <summary>Quality code of a value that the publisher doubts.</summary>
    private const string Doubtful = "2";

    internal static WeatherRows Read(string head, TextReader file, ImportReport report)
    {
        using var headReader = new StringReader(head);
        var headRows = new CsvRows(headReader, ';');
        var header = new CsvHeader(headRows.Next()!.Value);
        header.Require("NUM_POSTE");
        header.Require("AAAAMMJJHH");
        header.Require("T");
        var found = new WeatherRows();
        var doubtful = 0;
        var rows = new CsvRows(file, ';');
        while (rows.Next() is { } row)
        {
            report.Rows++;
            var line = row.Line + 1;
            var station = header.Cell(row, "NUM_POSTE");
            if (station.Length is < 7 or > 8 || !station.All(char.IsAsciiDigit))
            {
                report.Refuse(line, $"NUM_POSTE: '{station}' is no station number.");
                continue;
            }

            station = station.PadLeft(8, '0');
            var stamp = header.Cell(row, "AAAAMMJJHH");
            if (!DateTime.TryParseExact(stamp, "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            {
                report.Refuse(line, $"AAAAMMJJHH: '{stamp}' is no hour.");
                continue;
            }

            try
            {
                found.Add(station, new WeatherHour(
                    new DateTimeOffset(local, OffsetOf(station)).ToUniversalTime(),
                    Value("T", -90, 60), Value("U", 0, 100), Value("PSTAT", 500, 1100), Value("FF", 0, 120),
                    Value("GLO", 0, 1000) * JoulePerCm2ToWattPerM2, Value("RR1", 0, 500)));
            }
            catch (FormatException fault)
            {
                report.Refuse(line, fault.Message);
            }

            decimal? Value(string column, decimal min, decimal max)
            {
                var text = header.Cell(row, column);
                if (text.Length == 0)
                {
                    return null;
                }

                if (header.Cell(row, "Q" + column) == Doubtful)
                {
                    doubtful++;
                    return null;
                }

                return Numbers.Parse(text, '.') is { } value && value >= min && value <= max
                    ? value
                    : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{column}: '{text}' is given, {min} to {max} is allowed."));
            }
        }

        if (doubtful > 0)
        {
            report.Remark(string.Create(CultureInfo.InvariantCulture, $"{doubtful} values that the publisher doubts (quality code 2) were left out."));
        }

        return found;
    }

    /// <summary>Local time of the overseas departments; none has daylight saving time. Numbers begin with the department's.</summary>
    internal static TimeSpan OffsetOf(string station) => station[..3] switch
    {
        "971" or "972" or "977" or "978" => TimeSpan.FromHours(-4),
        "973" => TimeSpan.FromHours(-3),
        "974" => TimeSpan.FromHours(4),
        "976" => TimeSpan.FromHours(3),
        _ => TimeSpan.Zero,
    };
}
