using System.Globalization;
using System.IO.Compression;
using System.Text;
using Metering.Core.Notes.Document;

namespace Metering.Collector.Notes;

/// <summary>Every table of a note as CSV (RFC 4180: comma, CRLF; UTF-8 without mark, decimal point, missing is empty), in one zip file.</summary>
public static class CsvNoteWriter
{
    public static void Write(NoteDocument document, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var table in document.Tables())
        {
            using var writer = new StreamWriter(DeterministicZip.Create(zip, FileName(table)), new UTF8Encoding(false));
            WriteTable(table, writer);
        }
    }

    internal static string FileName(NoteTable table) =>
        table.Number.ToString("00", CultureInfo.InvariantCulture) + "-" + table.Key + ".csv";

    public static void WriteTable(NoteTable table, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(writer);
        Row(table.Columns.Select(c => c.Unit.Length > 0 ? $"{c.Heading} ({c.Unit})" : c.Heading));
        foreach (var row in table.Rows)
        {
            Row(row.Select(Text));
        }

        void Row(IEnumerable<string> fields)
        {
            writer.Write(string.Join(',', fields.Select(Quote)));
            writer.Write("\r\n");
        }
    }

    private static string Text(NoteCell cell) =>
        cell.Value is { } value ? value.ToString(CultureInfo.InvariantCulture) : Harmless(cell.Text ?? "");

    /// <summary>A name that a spreadsheet would run as a formula gets an apostrophe in front.</summary>
    private static string Harmless(string text) => text.Length > 0 && text[0] is ('=' or '+' or '-' or '@' or '\t' or '\r') ? "'" + text : text;

    private static string Quote(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
