namespace Metering.Firmware.Tests.Nano;

/// <summary>
/// Members of .NET that the allow-list holds and that reach the PC's own clock, threads, disk or chance: on the device
/// they are the board's, in simulated time they would be the wrong machine's. Only the device project may call them.
/// </summary>
internal static class RealWorld
{
    private static readonly string[] Types =
    [
        "System.IO.File", "System.IO.FileStream", "System.IO.Directory", "System.IO.FileInfo", "System.IO.DirectoryInfo",
        "System.IO.DriveInfo", "System.Threading.Thread", "System.Threading.Timer", "System.Threading.AutoResetEvent",
        "System.Threading.ManualResetEvent", "System.Threading.WaitHandle", "System.Environment", "System.Console",
        "System.Net.Sockets.Socket", "System.Net.Dns", "System.GC",
    ];

    private static readonly string[] Members =
    [
        "System.DateTime::get_UtcNow()", "System.DateTime::get_Today()", "System.Guid::NewGuid()", "System.Random::.ctor()",
    ];

    public static bool Is(ExternalType type, string member) =>
        type.Assembly != StandIns.Assembly
        && (Array.IndexOf(Types, type.FullName) >= 0 || Array.IndexOf(Members, $"{type.FullName}::{member}") >= 0);
}
