using System.Globalization;
using System.Text;
using System.Text.Json;
using Metering.Core.Notes.Document;

namespace Metering.Collector.Notes;

/// <summary>A note as the bytes of a file, for the command line and for downloads.</summary>
internal static class NoteFile
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="document">The note.</param>
    /// <param name="created">Date put into the PDF: the instant the note is made for.</param>
    /// <param name="format">html, pdf, docx, xlsx, csv (a zip file), or json (values by place).</param>
    /// <param name="pdf">Prints the PDF; needed for that format only.</param>
    /// <param name="cancellationToken">Stops the printing.</param>
    public static async Task<byte[]> WriteAsync(
        NoteDocument document, DateTimeOffset created, string format, PdfNoteWriter? pdf, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        switch (format)
        {
            case "docx":
                DocxNoteWriter.Write(document, content);
                break;
            case "xlsx":
                XlsxNoteWriter.Write(document, content);
                break;
            case "json":
                content.Write(JsonSerializer.SerializeToUtf8Bytes(NoteValues.Of(document), Json));
                break;
            case "csv":
                CsvNoteWriter.Write(document, content);
                break;
            default:
                using (var text = new StringWriter(CultureInfo.InvariantCulture))
                {
                    HtmlNoteWriter.Write(document, text);
                    content.Write(pdf is null
                        ? new UTF8Encoding(false).GetBytes(text.ToString())
                        : await pdf.PrintAsync(text.ToString(), created, cancellationToken).ConfigureAwait(false));
                }

                break;
        }

        return content.ToArray();
    }
}
