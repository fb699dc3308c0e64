using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Metering.Collector.Export;

/// <summary>
/// Rows of one table on their way to a temporary file: a fleet of any size needs the memory of one row. RFC 4180 with line
/// feeds as in the Data Package specification's default dialect: comma, quotes doubled, UTF-8 without mark, missing is empty.
/// </summary>
internal sealed class TableSink : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly StringBuilder _row = new();

    public TableSink(PackageTable table, string folder)
    {
        Table = table;
        FilePath = Path.Combine(folder, table.Path);
        Stream stream = File.Create(FilePath);
        if (table.Compressed)
        {
            stream = new GZipStream(stream, CompressionLevel.Optimal);
        }

        _writer = new StreamWriter(stream, new UTF8Encoding(false), 64 * 1024) { NewLine = "\r\n" };
        _writer.WriteLine(string.Join(',', table.Fields.Select(f => f.Name)));
    }

    public PackageTable Table { get; }

    public string FilePath { get; }

    public long Rows { get; private set; }

    /// <summary>One value a column, in order: string, number, bool, DateOnly, DateTimeOffset or null.</summary>
    public void Add(params ReadOnlySpan<object?> values)
    {
        if (values.Length != Table.Fields.Count)
        {
            throw new ArgumentException($"Table {Table.Name} has {Table.Fields.Count} columns, not {values.Length}.", nameof(values));
        }

        _row.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
            {
                _row.Append(',');
            }

            Append(values[i]);
        }

        _writer.WriteLine(_row);
        Rows++;
    }

    public void Dispose() => _writer.Dispose();

    private void Append(object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                AppendText(text);
                break;
            case bool flag:
                _row.Append(flag ? "true" : "false");
                break;
            case double number:
                if (double.IsFinite(number))
                {
                    _row.Append(Math.Round(number, 6).ToString("0.######", CultureInfo.InvariantCulture));
                }

                break;
            case DateOnly day:
                _row.Append(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset instant:
                _row.Append(instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                break;
            case IFormattable other:
                _row.Append(other.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} has no place in a table.", nameof(value));
        }
    }

    private void AppendText(string text)
    {
        // A name that a spreadsheet would run as a formula gets an apostrophe in front.
        var harmless = text.Length > 0 && text[0] is ('=' or '+' or '-' or '@' or '\t' or '\r') ? "'" + text : text;
        if (harmless.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            _row.Append(harmless);
            return;
        }

        _row.Append('"').Append(harmless.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }
}
