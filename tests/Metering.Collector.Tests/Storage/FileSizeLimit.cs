using System.Diagnostics;
using System.Globalization;

namespace Metering.Collector.Tests.Storage;

/// <summary>
/// Runs a program that may write files of at most some size: writing beyond it fails as on a full disk, without the right
/// to mount one (POSIX setrlimit, RLIMIT_FSIZE; the signal that would end the process is ignored).
/// </summary>
internal static class FileSizeLimit
{
    internal static ProcessStartInfo Of(int kibibytes, string program, params string[] arguments) => new(
        "bash",
        ["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", kibibytes.ToString(CultureInfo.InvariantCulture), program, .. arguments]);
}
