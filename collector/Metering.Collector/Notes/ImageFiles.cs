using System.Buffers.Binary;
using Metering.Core.Notes.Dossier;

namespace Metering.Collector.Notes;

/// <summary>Reads the pictures that a dossier names: PNG (ISO/IEC 15948) and JPEG (ITU-T T.81), told by their first bytes and not by their names.</summary>
internal static class ImageFiles
{
    /// <summary>Longest picture: it goes into every note whole.</summary>
    public const int BytesMax = 2 << 20;

    /// <summary>Most logos.</summary>
    public const int LogosMax = 8;

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <exception cref="NoteException">A file that is not there, too long, or no picture of these kinds.</exception>
    public static IReadOnlyList<NoteImage> Read(string folder, NoteDossier dossier, string dossierFile)
    {
        if (dossier.Logos.Count > LogosMax)
        {
            throw new NoteException($"{dossierFile}: logos: {dossier.Logos.Count} are named; at most {LogosMax} are printed.");
        }

        var named = dossier.Logos.Select(l => (NoteImage.Logo, File: l)).ToList();
        if (dossier.Photo is { } photo)
        {
            named.Insert(0, (NoteImage.Photo, photo));
        }

        return [.. named.Select(n => ReadFile(folder, n.Item1, n.File, dossierFile))];
    }

    /// <summary>Media type and size of a picture, or null: not a picture of these kinds.</summary>
    internal static (string MediaType, int Width, int Height)? Measure(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(PngSignature) && bytes.Length >= 24)
        {
            return Sized("image/png", BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]));
        }

        if (bytes.Length < 4 || bytes[0] != 0xff || bytes[1] != 0xd8)
        {
            return null;
        }

        // Marker segments up to the frame header: SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC).
        for (var at = 2; at + 9 <= bytes.Length && bytes[at] == 0xff;)
        {
            var marker = bytes[at + 1];
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
            {
                return Sized("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            }

            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }

        return null;
    }

    private static (string, int, int)? Sized(string type, int width, int height) => width > 0 && height > 0 ? (type, width, height) : null;

    private static NoteImage ReadFile(string folder, string role, string name, string dossierFile)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAny('/', '\\') || name.Contains("..", StringComparison.Ordinal))
        {
            throw new NoteException($"{dossierFile}: {role} '{name}' is no file name; the picture lies beside the dossier.");
        }

        var path = Path.Combine(folder, name);
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > BytesMax })
            {
                throw new NoteException($"{path}: longer than {BytesMax >> 20} MiB.");
            }

            var bytes = File.ReadAllBytes(path);
            return Measure(bytes) is var (type, width, height)
                ? new NoteImage(role, name, type, bytes, width, height)
                : throw new NoteException($"{path}: neither a PNG nor a JPEG picture.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NoteException($"{dossierFile}: {role} '{name}': {e.Message}", e);
        }
    }
}
