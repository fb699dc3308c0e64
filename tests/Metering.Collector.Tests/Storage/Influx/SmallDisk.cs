using System.Diagnostics;

namespace Metering.Collector.Tests.Storage.Influx;

/// <summary>A small file system in memory; needs the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder folder = new();

    internal string Path => folder.Path;

    internal static SmallDisk? TryMount(int megabytes)
    {
        var disk = new SmallDisk();
        if (Run("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={megabytes}m"), "tmpfs", disk.Path))
        {
            return disk;
        }

        disk.folder.Dispose();
        return null;
    }

    internal void Grow(int megabytes) => Run("mount", "-o", FormattableString.Invariant($"remount,size={megabytes}m"), Path);

    public void Dispose()
    {
        Run("umount", "-l", Path);
        folder.Dispose();
    }

    private static bool Run(string program, params string[] arguments)
    {
        if (NeedsProgramAttribute.Installed(program) is not { } path)
        {
            return false;
        }

        using var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
