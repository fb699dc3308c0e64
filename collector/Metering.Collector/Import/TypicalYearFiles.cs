using System.Globalization;
using Metering.Collector.Storage.Weather;

namespace Metering.Collector.Import;

/// <summary>
/// EPW (EnergyPlus) and TMY3 (NREL) files. Hours are numbered 1 to 24 in standard time and end at that hour; months may
/// come from different years, and the years of the file are kept.
/// </summary>
internal static class TypicalYearFiles
{
    private const int EpwHeaderLines = 8;
    private const decimal PascalPerHectopascal = 100m;

    internal static WeatherRows ReadEpw(string head, TextReader file, ImportReport report)
    {
        // LOCATION,city,state,country,source,WMO,latitude,longitude,time zone,elevation
        var location = head.Split(',');
        if (location.Length < 10 || Numbers.Parse(location[8].Trim(), '.') is not { } zone || Math.Abs(zone) > 14)
        {
            throw new ImportException("Line 1: LOCATION has ten fields, the ninth the time zone in hours.");
        }

        for (var skipped = 1; skipped < EpwHeaderLines; skipped++)
        {
            file.ReadLine();
        }

        var station = location[5].Trim() is { Length: > 0 } number ? number : location[1].Trim();
        var found = new WeatherRows();
        var rows = new CsvRows(file, ',');
        while (rows.Next() is { } row)
        {
            Row(report, row.Line + EpwHeaderLines, row.Cells.Length >= 22, "35 fields are expected.", () =>
            {
                var cells = row.Cells;
                var time = HourEnd(Whole(cells[0], "year"), Whole(cells[1], "month"), Whole(cells[2], "day"), Whole(cells[3], "hour"), zone);
                found.Add(station, new WeatherHour(
                    time,
                    Value(cells[6], "dry bulb", 99.9m), Value(cells[8], "relative humidity", 999m),
                    Value(cells[9], "pressure", 999_999m) / PascalPerHectopascal, Value(cells[21], "wind speed", 999m),
                    Value(cells[13], "global radiation", 9999m), null));
            });
        }

        return found;
    }

    internal static WeatherRows ReadTmy3(string head, TextReader file, ImportReport report)
    {
        // station,name,state,time zone,latitude,longitude,elevation
        var location = head.Split(',');
        if (location.Length < 7 || Numbers.Parse(location[3].Trim(), '.') is not { } zone || Math.Abs(zone) > 14)
        {
            throw new ImportException("Line 1: station, name, state, time zone, latitude, longitude and elevation are expected.");
        }

        var rows = new CsvRows(file, ',');
        var header = new CsvHeader(rows.Next() ?? throw new ImportException("Line 2: the names of the columns are expected."));
        foreach (var column in new[] { "Date (MM/DD/YYYY)", "Time (HH:MM)", "Dry-bulb (C)" })
        {
            header.Require(column);
        }

        var found = new WeatherRows();
        while (rows.Next() is { } row)
        {
            Row(report, row.Line + 1, true, "", () =>
            {
                var date = header.Cell(row, "Date (MM/DD/YYYY)");
                if (!DateOnly.TryParseExact(date, "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                {
                    throw new FormatException($"date '{date}' is not MM/DD/YYYY.");
                }

                var hour = Whole(header.Cell(row, "Time (HH:MM)").Split(':')[0], "hour");
                found.Add(location[0].Trim('"', ' '), new WeatherHour(
                    HourEnd(day.Year, day.Month, day.Day, hour, zone),
                    Value(header.Cell(row, "Dry-bulb (C)"), "dry bulb", null), Value(header.Cell(row, "RHum (%)"), "relative humidity", null),
                    Value(header.Cell(row, "Pressure (mbar)"), "pressure", null), Value(header.Cell(row, "Wspd (m/s)"), "wind speed", null),
                    Value(header.Cell(row, "GHI (W/m^2)"), "global radiation", null), null));
            });
        }

        return found;
    }

    private static void Row(ImportReport report, long line, bool isComplete, string expected, Action read)
    {
        report.Rows++;
        try
        {
            if (!isComplete)
            {
                throw new FormatException(expected);
            }

            read();
        }
        catch (FormatException fault)
        {
            report.Refuse(line, fault.Message);
        }
    }

    private static DateTimeOffset HourEnd(int year, int month, int day, int hour, decimal zone)
    {
        if (year is < 1900 or > 2100 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 1 or > 24)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{year}-{month}-{day} hour {hour} is no hour (1 to 24) of a day."));
        }

        return new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.FromHours((double)zone)).AddHours(hour).ToUniversalTime();
    }

    private static int Whole(string text, string what) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw new FormatException($"{what}: '{text}' is no number.");

    /// <summary>Null for nothing and for the number that the format writes for "missing".</summary>
    private static decimal? Value(string text, string what, decimal? missing)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var value = Numbers.Parse(text, '.') ?? throw new FormatException($"{what}: '{text}' is no number.");
        return value == missing ? null : value;
    }
}
