namespace Metering.Virtual.Root;

/// <summary>The member of nanoFramework's <c>System.Environment</c> that the firmware asks, for the board on this thread.</summary>
public static class Environment
{
    public static long TickCount64
    {
        get
        {
            var board = VirtualBoard.Current;
            board.ThrowIfDead();
            return board.Clock.UptimeUs / 1000;
        }
    }
}

/// <summary>The static member of nanoFramework's <c>System.DateTime</c> that has to be the board's own.</summary>
public static class DateTime
{
    public static System.DateTime UtcNow =>
        new(System.DateTime.UnixEpoch.Ticks + (VirtualBoard.Current.Clock.SystemUs * 10), DateTimeKind.Utc);
}
