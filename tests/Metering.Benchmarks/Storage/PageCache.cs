using System.ComponentModel;
using System.Diagnostics;

namespace Metering.Benchmarks.Storage;

/// <summary>Takes a file out of the system's page cache, so that the next read comes from the disk.</summary>
internal static class PageCache
{
    /// <summary>Evicts a file by GNU dd (POSIX_FADV_DONTNEED over its whole length); false where there is none.</summary>
    internal static bool Evict(string path)
    {
        try
        {
            using var dd = Process.Start(new ProcessStartInfo("dd", ["if=" + path, "iflag=nocache", "count=0", "status=none"]) { RedirectStandardError = true })!;
            dd.WaitForExit();
            return dd.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
