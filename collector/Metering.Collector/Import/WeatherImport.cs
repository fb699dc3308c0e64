using System.Globalization;
using Metering.Collector.Storage.Weather;

namespace Metering.Collector.Import;

/// <summary>Form of a weather file.</summary>
public enum WeatherFormat
{
    /// <summary>Météo-France hourly data ("données climatologiques de base horaires"), CSV.</summary>
    MeteoFrance = 0,

    /// <summary>EnergyPlus weather.</summary>
    Epw = 1,

    /// <summary>Typical meteorological year, version 3 (NREL).</summary>
    Tmy3 = 2,
}

/// <summary>Hours by station, as a file holds them.</summary>
internal sealed class WeatherRows
{
    internal Dictionary<string, List<WeatherHour>> Stations { get; } = new(StringComparer.Ordinal);

    internal void Add(string station, WeatherHour hour)
    {
        if (!Stations.TryGetValue(station, out var hours))
        {
            Stations.Add(station, hours = []);
        }

        hours.Add(hour);
    }
}

/// <summary>Weather from the files of its publishers.</summary>
public static class WeatherImport
{
    private const int HoursPerWrite = 5000;

    /// <summary>The format that the first line of a file shows, or null.</summary>
    public static WeatherFormat? Detect(string firstLine)
    {
        ArgumentNullException.ThrowIfNull(firstLine);
        return firstLine switch
        {
            _ when firstLine.StartsWith("LOCATION,", StringComparison.OrdinalIgnoreCase) => WeatherFormat.Epw,
            _ when firstLine.Contains("NUM_POSTE", StringComparison.Ordinal) => WeatherFormat.MeteoFrance,
            _ when firstLine.Split(',').Length == 7 && char.IsAsciiDigit(firstLine.TrimStart('"').FirstOrDefault()) => WeatherFormat.Tmy3,
            _ => null,
        };
    }

    /// <summary>Imports a file; the same file again stores nothing.</summary>
    /// <param name="file">The file.</param>
    /// <param name="format">Its form; null: found out.</param>
    /// <param name="station">Name to store it under instead of the file's own; null: the file's.</param>
    /// <param name="source">Name of the file, kept with each hour.</param>
    /// <param name="store">Where it goes.</param>
    /// <param name="cancellationToken">Stops between two stations.</param>
    /// <exception cref="ImportException">Not a file of that form.</exception>
    public static async Task<ImportReport> RunAsync(
        TextReader file, WeatherFormat? format, string? station, string source, WeatherStore store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(store);
        var first = await file.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? throw new ImportException("The file is empty.");
        var report = new ImportReport();
        var rows = (format ?? Detect(first)) switch
        {
            WeatherFormat.MeteoFrance => MeteoFranceCsv.Read(first, file, report),
            WeatherFormat.Epw => TypicalYearFiles.ReadEpw(first, file, report),
            WeatherFormat.Tmy3 => TypicalYearFiles.ReadTmy3(first, file, report),
            _ => throw new ImportException("The file is none of those known: Météo-France hourly CSV, EPW, TMY3."),
        };
        var changed = 0;
        foreach (var (name, hours) in rows.Stations)
        {
            foreach (var chunk in hours.Chunk(HoursPerWrite))
            {
                var result = await store.AddAsync(station ?? name, chunk, source, cancellationToken).ConfigureAwait(false);
                report.Stored += result.Stored + result.Changed;
                report.Duplicates += result.Same;
                changed += result.Changed;
            }
        }

        if (changed > 0)
        {
            report.Remark(string.Create(CultureInfo.InvariantCulture, $"{changed} hours have been revised by their publisher."));
        }

        return report;
    }
}
