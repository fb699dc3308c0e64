using System.IO.Compression;

namespace Metering.Collector.Notes;

/// <summary>
/// Zip files that depend on their content alone: entries in the order of their names, one date, no machine in the header
/// (law 11). Office formats and data packages are zip files.
/// </summary>
internal static class DeterministicZip
{
    /// <summary>The least date that zip can hold.</summary>
    public static readonly DateTimeOffset EntryDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Copies an archive; <paramref name="first"/> goes before all others, as Office expects of its list of types.</summary>
    public static void Rewrite(Stream source, Stream destination, string first)
    {
        using var from = new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true);
        using var to = new ZipArchive(destination, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var entry in from.Entries.OrderBy(e => e.FullName != first).ThenBy(e => e.FullName, StringComparer.Ordinal))
        {
            using var content = entry.Open();
            using var copy = Create(to, entry.FullName);
            content.CopyTo(copy);
        }
    }

    public static Stream Create(ZipArchive archive, string name)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = EntryDate;
        return entry.Open();
    }
}
