using Metering.Collector.Cli;

namespace Metering.Collector.Provisioning;

/// <summary>Writes files that hold secrets: mode 0600 from their first byte on (on Windows: the folder's own protection).</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a new file.</summary>
    /// <exception cref="UsageException">It is there already and <paramref name="force"/> is off, or it cannot be written.</exception>
    public static void Write(string path, byte[] content, bool force)
    {
        if (!force && File.Exists(path))
        {
            throw new UsageException($"{path}: is there already; give --force to overwrite it.");
        }

        Replace(path, content);
    }

    /// <summary>Writes beside, flushes to the disk, renames: a reader sees the old file or the new one.</summary>
    public static void Replace(string path, byte[] content)
    {
        var beside = path + ".new";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.Delete(beside);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }

            using (var file = new FileStream(beside, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: cannot be written ({e.Message}); give a folder that can.", e);
        }
    }
}
