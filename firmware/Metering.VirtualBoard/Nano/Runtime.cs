#pragma warning disable IDE0130, CA1724 // imitates nanoFramework's names
using Metering.Virtual;

namespace nanoFramework.Runtime.Native;

public enum RebootOption
{
    NormalReboot = 0,
    EnterNanoBooter = 1,
    ClrOnly = 2,
    EnterProprietaryBooter = 8,
}

public class Power
{
    public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot)
    {
        _ = rebootOption;
        var board = VirtualBoard.Current;
        board.Kill("reboot asked for by the firmware", ResetCause.Software);
        board.ThrowIfDead();
    }
}

public static class GC
{
    /// <summary>Returns the free managed heap, bytes.</summary>
    public static uint Run(bool compactHeap)
    {
        _ = compactHeap;
        return VirtualBoard.Current.Memory.ManagedFree;
    }
}

public static class Rtc
{
    public static bool SetSystemTime(DateTime time)
    {
        var board = VirtualBoard.Current;
        board.ThrowIfDead();
        board.Clock.SetSystemUs((time.Ticks - DateTime.UnixEpoch.Ticks) / 10);
        return true;
    }
}
