namespace Metering.Virtual;

/// <summary>
/// Drives one board's firmware through simulated time on the calling thread. It jumps over the polls at which nothing
/// can have happened; <see cref="SkipsIdlePolls"/> off calls every one, with the same result.
/// </summary>
public sealed class VirtualBoardRunner
{
    private const int InterruptLatencyMs = 10;

    private readonly VirtualBoard _board;
    private readonly Func<BoardProgram> _boot;
    private BoardProgram? _program;
    private long _meterWakeMs;
    private long _uplinkWakeMs;
    private long _startAtUs;
    private bool _inUplink;
    private bool _meterIdleVoid;
    private long _roundUs;
    private long _watchedUs;
    private long _meterSeen;
    private long _uplinkSeen;

    /// <param name="board">The board; it is off until its start instant.</param>
    /// <param name="boot">Makes the firmware anew, at every start of the processor.</param>
    public VirtualBoardRunner(VirtualBoard board, Func<BoardProgram> boot)
    {
        _board = board;
        _boot = boot;
        _startAtUs = board.Options.StartUs + board.Options.BootUs;
    }

    public bool SkipsIdlePolls { get; set; } = true;

    /// <summary>Calls of the meter loop and of the uplink loop.</summary>
    public long Ticks { get; private set; }

    /// <summary>Exceptions that left a loop (on a device: a thread that ended). The firmware must let none out.</summary>
    public int Escapes { get; private set; }

    public Exception? LastEscape { get; private set; }

    /// <summary>Supply returns at an instant; ignored while the processor runs.</summary>
    public void PowerOnAt(long atUs) => _startAtUs = atUs + _board.Options.BootUs;

    /// <summary>Runs until a true instant, microseconds since the Unix epoch.</summary>
    public void RunUntil(long untilUs)
    {
        VirtualBoard.Enter(_board);
        _board.BlockHandler = RunWhileBlocked;
        try
        {
            while (_board.NowUs < untilUs)
            {
                Step(untilUs, meterOnly: false);
            }
        }
        finally
        {
            _board.BlockHandler = null;
            VirtualBoard.Enter(null);
        }
    }

    /// <summary>Runs for a span of true time.</summary>
    public void RunFor(TimeSpan span) => RunUntil(_board.NowUs + (span.Ticks / 10));

    private void RunWhileBlocked(long untilUs)
    {
        if (!_inUplink)
        {
            _board.AdvanceTo(untilUs);
            return;
        }

        while (_board.IsRunning && _board.NowUs < untilUs)
        {
            Step(untilUs, meterOnly: true);
        }
    }

    private void Step(long untilUs, bool meterOnly)
    {
        if (!_board.IsRunning || _program is null)
        {
            if (meterOnly)
            {
                return;
            }

            StepWhileOff(untilUs);
            return;
        }

        _board.Mqtt.Pump();
        if (_board.InterruptUs != long.MaxValue)
        {
            // The device's meter thread sleeps in slices of ten milliseconds and looks whether an interrupt wants it.
            _meterWakeMs = Math.Min(_meterWakeMs, (_board.Clock.UptimeUs / 1000) + InterruptLatencyMs);
            _meterIdleVoid = true;
            _board.InterruptUs = long.MaxValue;
        }

        var happening = SkipsIdlePolls ? _board.NextHappeningUs : long.MinValue;
        var meterUs = _meterIdleVoid
            ? Math.Max(_board.Clock.TrueUsAtUptime(_meterWakeMs * 1000), _board.NowUs)
            : WakeUs(_meterWakeMs, _program.IdleUntil, happening, _meterSeen);
        var uplinkUs = meterOnly ? long.MaxValue : WakeUs(_uplinkWakeMs, _program.UplinkIdleUntil, happening, _uplinkSeen);
        var watchUs = WatchUs(_board.Pins.NextEdgeUs());
        var next = Math.Min(Math.Min(Math.Min(meterUs, watchUs), uplinkUs), _board.NextEventUs);
        if (next > untilUs)
        {
            _board.AdvanceTo(untilUs);
            return;
        }

        _board.AdvanceTo(next);
        if (!_board.IsRunning)
        {
            return;
        }

        if (next == meterUs || (next == watchUs && HasNews()))
        {
            Ticks++;
            _meterSeen = _board.EventsRun;
            _meterIdleVoid = false;
            Run(_program.Tick, ref _meterWakeMs);
            _board.Pins.Pass(_board.NowUs);
            _roundUs = _watchedUs = _board.NowUs;
        }
        else if (next == uplinkUs)
        {
            Ticks++;
            _uplinkSeen = _board.EventsRun;
            _inUplink = true;
            Run(_program.UplinkTick, ref _uplinkWakeMs);
            _inUplink = false;
        }
    }

    private void StepWhileOff(long untilUs)
    {
        if (_program is not null)
        {
            _program = null;
            if (_board.ResetCause != ResetCause.Power || _startAtUs < _board.NowUs)
            {
                _startAtUs = _board.ResetCause == ResetCause.Power ? long.MaxValue : _board.NowUs + _board.Options.BootUs;
            }
        }

        var next = Math.Min(_startAtUs, _board.NextEventUs);
        if (next > untilUs)
        {
            _board.AdvanceTo(untilUs);
            return;
        }

        _board.AdvanceTo(next);
        if (_board.NowUs < _startAtUs)
        {
            return;
        }

        _startAtUs = long.MinValue;
        _meterIdleVoid = false;
        _board.InterruptUs = long.MaxValue;
        _board.Start();
        _meterWakeMs = 0;
        _uplinkWakeMs = 0;
        _roundUs = _watchedUs = _board.NowUs;
        try
        {
            _program = _boot();
        }
        catch (PowerLostException)
        {
            _program = new BoardProgram(() => 0, () => 0, () => 0, () => 0, 1000);
        }
    }

    private void Run(Func<long> loop, ref long wakeMs)
    {
        try
        {
            wakeMs = loop();
        }
        catch (PowerLostException)
        {
            return;
        }
#pragma warning disable CA1031 // whatever leaves a loop is what the test wants to see
        catch (Exception e) when (_board.IsRunning)
#pragma warning restore CA1031
        {
            Escapes++;
            LastEscape = e;
            wakeMs = (_board.Clock.UptimeUs / 1000) + 1000;
        }
    }

    private bool HasNews()
    {
        _watchedUs = _board.NowUs;
        try
        {
            return _program!.HasNews!();
        }
        catch (PowerLostException)
        {
            return false;
        }
    }

    /// <summary>The first look of the device's thread, between two rounds, at which it can see the next pulse edge.</summary>
    private long WatchUs(long edgeUs)
    {
        if (_program!.HasNews is null || edgeUs == long.MaxValue || edgeUs <= _watchedUs)
        {
            return long.MaxValue;
        }

        var periodUs = _program.WatchPeriodMs * 1000L;
        var looks = (edgeUs - _roundUs + periodUs - 1) / periodUs;
        return _roundUs + (looks * periodUs);
    }

    /// <summary>The first poll at which the loop can find something to do.</summary>
    private long WakeUs(long wakeMs, Func<long> idleUntil, long happeningUs, long eventsSeen)
    {
        if (eventsSeen != _board.EventsRun)
        {
            happeningUs = Math.Min(happeningUs, _board.LastEventUs);
        }

        var wakeUs = _board.Clock.TrueUsAtUptime(wakeMs * 1000);
        if (happeningUs <= wakeUs)
        {
            return Math.Max(wakeUs, _board.NowUs);
        }

        var idleUs = _board.Clock.TrueUsAtUptime(idleUntil() * 1000);
        if (idleUs <= wakeUs)
        {
            return Math.Max(wakeUs, _board.NowUs);
        }

        if (happeningUs >= idleUs)
        {
            return Math.Max(idleUs, _board.NowUs);
        }

        var periodUs = _program!.PollPeriodMs * 1000L;
        var polls = (happeningUs - wakeUs + periodUs - 1) / periodUs;
        return Math.Min(idleUs, wakeUs + (polls * periodUs));
    }
}
