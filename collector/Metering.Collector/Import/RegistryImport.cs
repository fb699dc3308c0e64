using System.Globalization;
using Metering.Collector.Storage.Sqlite;
using Metering.Core.Registry;

namespace Metering.Collector.Import;

/// <summary>
/// Lists of the registry from CSV: invoices (<c>building, delivery_point, start, end, kwh, eur, estimated</c>; <c>end</c>
/// is the day after the last one billed) and regulatory values (<c>building, kind, phase, value, unit, label,
/// method_version, author, date</c>).
/// </summary>
public static class RegistryImport
{
    /// <summary>Imports invoices; the same invoice again is a duplicate, another amount for the same period a bad row.</summary>
    /// <exception cref="ImportException">A column is missing.</exception>
    public static Task<ImportReport> InvoicesAsync(TextReader file, RegistryStore registries, string author, CancellationToken cancellationToken) =>
        RunAsync(
            file, registries, author, "import of invoices", ["building", "delivery_point", "start", "end", "kwh"],
            static registry => registry.Invoices,
            static (registry, invoices) => registry with { Invoices = invoices },
            static invoice => (invoice.DeliveryPoint, invoice.Start, invoice.End),
            Invoice,
            cancellationToken);

    /// <summary>Imports regulatory values; none is ever replaced by another.</summary>
    /// <exception cref="ImportException">A column is missing.</exception>
    public static Task<ImportReport> RegulatoryAsync(TextReader file, RegistryStore registries, string author, CancellationToken cancellationToken) =>
        RunAsync(
            file, registries, author, "import of regulatory values", ["building", "kind", "phase", "method_version", "author", "date"],
            static registry => registry.RegulatoryValues,
            static (registry, values) => registry with { RegulatoryValues = values },
            static value => (value.BuildingId, value.Kind, value.Phase, value.MethodVersion, value.Date),
            Regulatory,
            cancellationToken);

    private static async Task<ImportReport> RunAsync<T, TKey>(
        TextReader file,
        RegistryStore registries,
        string author,
        string reason,
        string[] required,
        Func<RegistrySnapshot, IReadOnlyList<T>> list,
        Func<RegistrySnapshot, IReadOnlyList<T>, RegistrySnapshot> with,
        Func<T, TKey> key,
        Func<Cells, T> entry,
        CancellationToken cancellationToken)
        where T : notnull
        where TKey : notnull
    {
        var report = new ImportReport();
        var registry = await registries.SnapshotAsync(null, cancellationToken).ConfigureAwait(false);
        var buildings = registry.Buildings.Select(static building => building.Id).ToHashSet(StringComparer.Ordinal);
        var entries = list(registry).ToList();
        var known = new Dictionary<TKey, T>();
        foreach (var existing in entries)
        {
            known.TryAdd(key(existing), existing);
        }

        var head = await file.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? throw new ImportException("The file is empty.");
        var delimiter = CsvRows.DelimiterOf(head);
        using var headReader = new StringReader(head);
        var headRows = new CsvRows(headReader, delimiter);
        var header = new CsvHeader(headRows.Next() ?? throw new ImportException("The file has no header."));
        foreach (var column in required)
        {
            header.Require(column);
        }

        var rows = new CsvRows(file, delimiter);
        while (rows.Next() is { } row)
        {
            report.Rows++;
            var line = row.Line + 1;
            try
            {
                var cells = new Cells(header, row);
                if (!buildings.Contains(cells.Text("building")))
                {
                    throw new FormatException($"there is no building '{cells.Text("building")}'.");
                }

                Add(entry(cells));
            }
            catch (FormatException fault)
            {
                report.Refuse(line, fault.Message);
            }
        }

        if (report.Stored > 0)
        {
            await registries.SaveAsync(with(registry, entries), author, reason, cancellationToken).ConfigureAwait(false);
        }

        return report;

        void Add(T made)
        {
            if (!known.TryGetValue(key(made), out var existing))
            {
                known.Add(key(made), made);
                entries.Add(made);
                report.Stored++;
            }
            else if (existing.Equals(made))
            {
                report.Duplicates++;
            }
            else
            {
                throw new FormatException("another entry with the same key is registered with other values; it stays.");
            }
        }
    }

    private static Invoice Invoice(Cells cells)
    {
        var invoice = new Invoice
        {
            BuildingId = cells.Text("building"),
            DeliveryPoint = cells.Text("delivery_point"),
            Start = cells.Date("start"),
            End = cells.Date("end"),
            EnergyKwh = cells.Number("kwh") ?? throw new FormatException("kwh: a number is needed."),
            AmountEur = cells.Number("eur"),
            Estimated = cells.Optional("estimated").ToLowerInvariant() switch
            {
                "" or "false" or "0" or "no" or "non" => false,
                "true" or "1" or "yes" or "oui" => true,
                var other => throw new FormatException($"estimated: '{other}' is given, true or false is allowed."),
            },
        };
        return invoice.End > invoice.Start ? invoice : throw new FormatException("end: must be after start; it is the day after the last one billed.");
    }

    private static RegulatoryValue Regulatory(Cells cells) => new()
    {
        BuildingId = cells.Text("building"),
        Kind = cells.Choice<RegulatoryKind>("kind"),
        Phase = cells.Choice<Phase>("phase"),
        Value = cells.Number("value"),
        Unit = cells.Optional("unit") is { Length: > 0 } unit ? unit : null,
        Label = cells.Optional("label") is { Length: > 0 } label ? label : null,
        MethodVersion = cells.Text("method_version"),
        Author = cells.Text("author"),
        Date = cells.Date("date"),
    };

    /// <summary>The cells of one row by name; what is wrong is a <see cref="FormatException"/> that names the column.</summary>
    private sealed class Cells(CsvHeader header, CsvRow row)
    {
        internal string Optional(string column) => header.Cell(row, column);

        internal string Text(string column) =>
            Optional(column) is { Length: > 0 } text ? text : throw new FormatException($"{column}: empty.");

        internal DateOnly Date(string column) => Numbers.Date(Text(column))
            ?? throw new FormatException($"{column}: '{Text(column)}' is no date; 2026-03-01 or 01/03/2026 is allowed.");

        internal decimal? Number(string column)
        {
            var text = Optional(column);
            return text.Length == 0
                ? null
                : Numbers.ParseEither(text) ?? throw new FormatException($"{column}: '{text}' is no number.");
        }

        internal T Choice<T>(string column)
            where T : struct, Enum =>
            Enum.TryParse<T>(Text(column), ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(Text(column)[0])
                ? value
                : throw new FormatException(string.Create(
                    CultureInfo.InvariantCulture, $"{column}: '{Text(column)}' is given, allowed are {string.Join(", ", Enum.GetNames<T>())}."));
    }
}
