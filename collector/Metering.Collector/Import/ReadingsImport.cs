using System.Globalization;
using System.Text;
using Metering.Collector.Storage;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Readings;
using Metering.Core.Registry;

namespace Metering.Collector.Import;

/// <summary>
/// Readings of another logger or of a utility, from a CSV file with a mapping. A cumulative column is stored as the
/// register it is. An interval column becomes a register that adds the intervals up; where rows are missing the register
/// stands still and the next reading says that it was set, so that the energy of a gap is unknown and not zero.
/// </summary>
public sealed class ReadingsImport
{
    private const int SamplesPerAppend = 5000;

    private readonly IReadingStore store;
    private readonly RegistryStore registries;
    private readonly ReadingsMapping mapping;
    private readonly TimeZoneInfo zone;
    private readonly ImportReport report = new();

    public ReadingsImport(IReadingStore store, RegistryStore registries, ReadingsMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(registries);
        ArgumentNullException.ThrowIfNull(mapping);
        this.store = store;
        this.registries = registries;
        this.mapping = mapping;
        zone = SiteTime.Zone(mapping.TimeZone);
    }

    /// <summary>Imports a file. The same file again stores nothing.</summary>
    /// <param name="file">CSV.</param>
    /// <param name="author">Who, for the registry's history.</param>
    /// <param name="cancellationToken">Stops between batches; what landed stays.</param>
    /// <exception cref="ImportException">The file or the mapping as a whole does not fit.</exception>
    public async Task<ImportReport> RunAsync(Stream file, string author, CancellationToken cancellationToken)
    {
        var registry = await registries.SnapshotAsync(null, cancellationToken).ConfigureAwait(false);
        var points = registry.Points.Select(static point => point.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var column in mapping.Columns.Where(column => !points.Contains(column.Point)))
        {
            throw new ImportException($"column '{column.Column}': there is no point '{column.Point}' in the registry.");
        }

        var rows = Read(file);
        if (rows.Count == 0)
        {
            return report;
        }

        var assigned = mapping.Columns.Aggregate(registry, (snapshot, column) => ImportedChannel.Assign(snapshot, column, Begin(rows[0].Time)));
        if (assigned != registry)
        {
            var problems = RegistryRules.Check(assigned);
            if (problems.Count > 0)
            {
                throw new ImportException("The points are measured by something else at that time: " + problems[0]);
            }

            await registries.SaveAsync(assigned, author, "import of readings", cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; i < mapping.Columns.Count; i++)
        {
            await StoreAsync(mapping.Columns[i], i, rows, cancellationToken).ConfigureAwait(false);
        }

        return report;
    }

    private long StepSeconds => mapping.StepMinutes > 0 ? mapping.StepMinutes * 60L : 1;

    private TimeSpan StepLength => TimeSpan.FromMinutes(mapping.StepMinutes);

    private DateTimeOffset Begin(DateTimeOffset time) =>
        mapping.Columns.Any(static column => column.Kind == ColumnKind.Interval) && mapping.Marks == IntervalMark.End ? time - StepLength : time;

    /// <summary>Good rows in the order of time; bad ones go into the report. A cell that is no number costs its row.</summary>
    private List<ImportedRow> Read(Stream file)
    {
        var encoding = mapping.Encoding.ToLowerInvariant() switch
        {
            "utf-8" or "utf8" => new UTF8Encoding(false, throwOnInvalidBytes: false),
            "latin1" or "iso-8859-1" => Encoding.Latin1,
            var other => throw new ImportException($"encoding: '{other}' is given, utf-8 or latin1 is allowed."),
        };
        using var reader = new StreamReader(file, encoding);
        for (var skipped = 0; skipped < mapping.SkipLines; skipped++)
        {
            reader.ReadLine();
        }

        var csv = new CsvRows(reader, mapping.Delimiter);
        if (csv.Next() is not { } first)
        {
            throw new ImportException("The file is empty.");
        }

        var header = new CsvHeader(first);
        int[] timeColumns = [.. mapping.TimeColumns.Select(header.Require)];
        int[] columns = [.. mapping.Columns.Select(column => header.Require(column.Column))];
        var times = new LocalTimes(zone);
        var rows = new SortedDictionary<DateTimeOffset, ImportedRow>();
        while (csv.Next() is { } row)
        {
            report.Rows++;
            var line = row.Line + mapping.SkipLines;
            if (Row(row, line, timeColumns, columns, times) is { } good && !rows.TryAdd(good.Time, good) && !rows[good.Time].SameValues(good))
            {
                report.Refuse(line, string.Create(CultureInfo.InvariantCulture, $"{good.Time:yyyy-MM-ddTHH:mm:ssZ} came before with other values, in line {rows[good.Time].Line}."));
            }
        }

        return [.. rows.Values];
    }

    private ImportedRow? Row(CsvRow row, long line, int[] timeColumns, int[] columns, LocalTimes times)
    {
        var text = string.Join(' ', timeColumns.Select(index => index < row.Cells.Length ? row.Cells[index] : ""));
        if (Time(text, times) is not { } time)
        {
            report.Refuse(line, $"time '{text}' is not of the form {mapping.TimeFormat}, or the zone {mapping.TimeZone} does not have it.");
            return null;
        }

        var values = new decimal?[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            var column = mapping.Columns[i];
            var cell = columns[i] < row.Cells.Length ? row.Cells[columns[i]] : "";
            if (cell.Length == 0 || column.Missing.Contains(cell))
            {
                continue;
            }

            if (Numbers.Parse(cell, mapping.Decimal) is not { } value)
            {
                report.Refuse(line, $"column '{column.Column}': '{cell}' is no number with the decimal mark {mapping.Decimal}");
                return null;
            }

            if (column.Kind != ColumnKind.Spot && value < 0)
            {
                report.Refuse(line, $"column '{column.Column}': {cell} is below 0; an index or an energy is not.");
                return null;
            }

            values[i] = value;
        }

        return new ImportedRow(time, line, values);
    }

    private DateTimeOffset? Time(string text, LocalTimes times)
    {
        if (mapping.TimeFormat.Contains('z', StringComparison.Ordinal) || mapping.TimeFormat.Contains('K', StringComparison.Ordinal))
        {
            return DateTimeOffset.TryParseExact(text, mapping.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
                ? WholeSecond(instant.ToUniversalTime())
                : null;
        }

        return DateTime.TryParseExact(text, mapping.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && times.Next(local) is { } time
            ? WholeSecond(time)
            : null;
    }

    private static DateTimeOffset WholeSecond(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    private async Task StoreAsync(ColumnMapping column, int index, List<ImportedRow> rows, CancellationToken cancellationToken)
    {
        var key = ImportedChannel.Of(column.Point, column.Quantity);
        var samples = column.Kind == ColumnKind.Interval
            ? await AddUpAsync(column, key, index, rows, cancellationToken).ConfigureAwait(false)
            : Values(column, key, index, rows);
        foreach (var chunk in samples.Chunk(SamplesPerAppend))
        {
            var result = await store.AppendAsync(chunk, cancellationToken).ConfigureAwait(false);
            report.Stored += result.Stored;
            report.Duplicates += result.Duplicates;
            if (result.Conflicts > 0)
            {
                report.Remark(string.Create(
                    CultureInfo.InvariantCulture, $"column '{column.Column}': {result.Conflicts} readings are stored with another value; the stored ones stay, these are in quarantine."));
            }
        }
    }

    private List<Sample> Values(ColumnMapping column, ChannelKey key, int index, List<ImportedRow> rows)
    {
        var samples = new List<Sample>(rows.Count);
        foreach (var row in rows)
        {
            if (row.Values[index] is not { } value)
            {
                if (column.Kind == ColumnKind.Spot)
                {
                    samples.Add(ImportedChannel.Sample(key, column.Quantity, row.Time, StepSeconds, null, afterGap: false));
                }

                continue; // a register needs no reading to lose none
            }

            if (Scaled(value * column.Factor, row.Line, column) is { } scaled)
            {
                samples.Add(ImportedChannel.Sample(key, column.Quantity, row.Time, StepSeconds, scaled, afterGap: false));
            }
        }

        return samples;
    }

    /// <summary>Goes on from the register that is stored at the beginning of the file, so that files may come one after the other.</summary>
    private async Task<List<Sample>> AddUpAsync(ColumnMapping column, ChannelKey key, int index, List<ImportedRow> rows, CancellationToken cancellationToken)
    {
        var valued = rows.Where(row => row.Values[index] is not null).ToList();
        if (valued.Count == 0)
        {
            return [];
        }

        var begin = Begin(valued[0].Time);
        var before = await LastUpToAsync(key, begin, cancellationToken).ConfigureAwait(false);
        var latest = await store.LatestAsync(key, cancellationToken).ConfigureAwait(false);
        if (before is null && latest is { } later)
        {
            throw new ImportException(string.Create(
                CultureInfo.InvariantCulture, $"column '{column.Column}': readings from {later.Time:yyyy-MM-dd} or before are stored; intervals are added up, so import the older file first, into an empty point."));
        }

        decimal sum = before?.Value ?? 0;
        var samples = new List<Sample>();
        var reached = before?.Time;
        foreach (var row in valued)
        {
            var start = Begin(row.Time);
            if (reached != start)
            {
                if (reached is { } end)
                {
                    report.Remark(string.Create(
                        CultureInfo.InvariantCulture, $"column '{column.Column}': no value from {end:yyyy-MM-ddTHH:mm:ssZ} to {start:yyyy-MM-ddTHH:mm:ssZ}."));
                }

                samples.Add(ImportedChannel.Sample(key, column.Quantity, start, StepSeconds, (long)decimal.Round(sum), afterGap: reached is not null));
            }

            sum += row.Values[index]!.Value * column.Factor;
            if (Scaled(sum, row.Line, column) is not { } register)
            {
                return samples;
            }

            reached = start + StepLength;
            samples.Add(ImportedChannel.Sample(key, column.Quantity, reached.Value, StepSeconds, register, afterGap: false));
        }

        return samples;
    }

    private async Task<Reading?> LastUpToAsync(ChannelKey key, DateTimeOffset instant, CancellationToken cancellationToken)
    {
        var statistics = await store.StatisticsAsync(key, DateTimeOffset.UnixEpoch, instant.AddSeconds(1), cancellationToken).ConfigureAwait(false);
        return statistics.Last;
    }

    private long? Scaled(decimal value, long line, ColumnMapping column)
    {
        var rounded = decimal.Round(value);
        if (Math.Abs(rounded) < 1L << 53)
        {
            return (long)rounded;
        }

        report.Refuse(line, $"column '{column.Column}': the value is too large.");
        return null;
    }

    private sealed record ImportedRow(DateTimeOffset Time, long Line, decimal?[] Values)
    {
        internal bool SameValues(ImportedRow other) => Values.AsSpan().SequenceEqual(other.Values);
    }
}
