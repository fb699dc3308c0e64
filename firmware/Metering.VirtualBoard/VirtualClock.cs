namespace Metering.Virtual;

/// <summary>
/// What the board knows of time: uptime from its crystal, and a system clock that starts at 1970 with every power-up
/// until somebody sets it.
/// </summary>
public sealed class VirtualClock(VirtualBoard board)
{
    private long _startUs;
    private long _baseUs;
    private long _baseUptimeUs;

    /// <summary>Microseconds since the processor started, by the board's crystal.</summary>
    public long UptimeUs
    {
        get
        {
            var elapsed = board.NowUs - _startUs;
            return board.Options.CrystalPpm == 0 ? elapsed : elapsed + (long)(elapsed * (board.Options.CrystalPpm / 1e6));
        }
    }

    /// <summary>The system clock, microseconds since the Unix epoch; near 0 until it is set.</summary>
    public long SystemUs => _baseUs + (UptimeUs - _baseUptimeUs);

    /// <summary>True instant at which the board's uptime reaches a value.</summary>
    public long TrueUsAtUptime(long uptimeUs) => board.Options.CrystalPpm == 0
        ? _startUs + uptimeUs
        : _startUs + (long)Math.Ceiling(uptimeUs / (1 + (board.Options.CrystalPpm / 1e6)));

    /// <summary>Sets the system clock: by the firmware, a time server, or a fault.</summary>
    public void SetSystemUs(long us)
    {
        _baseUs = us;
        _baseUptimeUs = UptimeUs;
    }

    internal void OnStart()
    {
        var keep = board.ResetCause == ResetCause.Software && board.Starts > 1;
        var system = SystemUs;
        _startUs = board.NowUs;
        SetSystemUs(keep ? system : 0);
    }
}
