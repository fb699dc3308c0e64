using System.Globalization;
using System.IO.Compression;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Metering.Collector.Notes;
using Metering.Core.Languages;
using Metering.Core.Notes.Composing;
using Metering.Core.Notes.Dossier;
using Xunit;

namespace Metering.Collector.Tests.Notes;

/// <summary>Logos of funders and the photograph of the building, on the cover of every format that has one.</summary>
public sealed class NoteImageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("metering-images-").FullName;

    public NoteImageTests() => Directory.CreateDirectory(Path.Combine(_folder, "dossiers"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Logos_and_photograph_are_inside_the_page_and_the_word_document()
    {
        File.WriteAllBytes(Of("region.png"), Png(60, 20));
        File.WriteAllBytes(Of("house.jpg"), Jpeg(400, 300));
        File.WriteAllText(Of("house.json"), """{ "logos": ["region.png"], "photo": "house.jpg" }""");
        var dossier = NoteDossierFiles.Read(_folder, "house");
        Assert.Equal([(NoteImage.Photo, 400, 300), (NoteImage.Logo, 60, 20)], dossier.Images.Select(i => (i.Role, i.WidthPx, i.HeightPx)));
        var document = NoteComposer.Compose(SyntheticNote.House() with { Dossier = dossier }, Language.French);

        using var html = new StringWriter(CultureInfo.InvariantCulture);
        HtmlNoteWriter.Write(document, html);
        Assert.Contains("<img class=\"logo\" alt=\"region\" src=\"data:image/png;base64," + Convert.ToBase64String(Png(60, 20)), html.ToString(), StringComparison.Ordinal);
        Assert.Contains("<img class=\"photo\" alt=\"Maison d’essai &lt;A &amp; B&gt;\" src=\"data:image/jpeg;base64,", html.ToString(), StringComparison.Ordinal);

        using var stream = new MemoryStream();
        DocxNoteWriter.Write(document, stream);
        using var word = WordprocessingDocument.Open(stream, false);
        Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(word).Select(e => e.Path?.XPath + ": " + e.Description));
        var extents = word.MainDocumentPart!.Document!.Descendants<DocumentFormat.OpenXml.Drawing.Wordprocessing.Extent>().Take(2).Select(e => (double)e.Cx!.Value / e.Cy!.Value).ToList();
        Assert.Equal(4.0 / 3, extents[0], 3);
        Assert.Equal(3.0, extents[1], 3);
    }

    [Theory]
    [InlineData("../secret.png", "is no file name")]
    [InlineData("/etc/passwd", "is no file name")]
    [InlineData("missing.png", "missing.png")]
    [InlineData("text.png", "neither a PNG nor a JPEG picture")]
    [InlineData("cut.jpg", "neither a PNG nor a JPEG picture")]
    [InlineData("long.png", "longer than 2 MiB")]
    public void Picture_that_cannot_be_printed_is_refused_by_name(string logo, string expected)
    {
        File.WriteAllText(Of("text.png"), "not a picture");
        File.WriteAllBytes(Of("cut.jpg"), Jpeg(400, 300)[..8]);
        File.WriteAllBytes(Of("long.png"), [.. Png(1, 1), .. new byte[ImageFiles.BytesMax]]);
        File.WriteAllText(Of("house.json"), $$"""{ "logos": ["{{logo}}"] }""");

        var error = Assert.Throws<NoteException>(() => NoteDossierFiles.Read(_folder, "house"));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private string Of(string name) => Path.Combine(_folder, "dossiers", name);

    /// <summary>A white picture: signature, IHDR, IDAT, IEND, with their check sums.</summary>
    private static byte[] Png(int width, int height)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                zlib.WriteByte(0);
                zlib.Write([.. Enumerable.Repeat((byte)255, width)]);
            }
        }

        return
        [
            0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a,
            .. Chunk("IHDR", [.. Big(width), .. Big(height), 8, 0, 0, 0, 0]), .. Chunk("IDAT", data.ToArray()), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. data];
        var crc = 0xffffffffu;
        foreach (var b in body)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++)
            {
                crc = (crc & 1) != 0 ? 0xedb88320 ^ (crc >> 1) : crc >> 1;
            }
        }

        return [.. Big(data.Length), .. body, .. Big((int)~crc)];
    }

    private static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    /// <summary>The head of a picture as T.81 lays it out: SOI, APP0, SOF0.</summary>
    private static byte[] Jpeg(int width, int height) =>
    [
        0xff, 0xd8, 0xff, 0xe0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0,
        0xff, 0xc0, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0, 0xff, 0xd9,
    ];
}
