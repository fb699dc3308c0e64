namespace Metering.Virtual;

/// <summary>
/// One simulated device: supply, clock, pulse inputs, I2C bus, flash, Wi-Fi and MQTT. Many boards run in one process,
/// each on the thread that currently runs it; the nanoFramework names (GpioPulseCounter, I2cDevice, MqttClient ...)
/// find their board through <see cref="Current"/>.
/// </summary>
public sealed class VirtualBoard
{
    [ThreadStatic]
    private static VirtualBoard? t_current;

    private readonly PriorityQueue<Action, (long AtUs, long Order)> _events = new();
    private long _eventOrder;
    private string? _deathCause;

    public VirtualBoard(VirtualBoardOptions options)
    {
        Options = options;
        NowUs = options.StartUs;
        Random = new Random(options.Seed);
        Clock = new VirtualClock(this);
        Flash = new VirtualFlash(this, options.FlashBytes);
        I2c = new VirtualI2cBus(this);
        Pins = new VirtualPins(this);
        Wifi = new VirtualWifi(this);
        Mqtt = new VirtualMqtt();
    }

    public VirtualBoardOptions Options { get; }

    /// <summary>True time, microseconds since the Unix epoch. The board itself only knows <see cref="Clock"/>.</summary>
    public long NowUs { get; private set; }

    public VirtualClock Clock { get; }

    public VirtualFlash Flash { get; }

    public VirtualI2cBus I2c { get; }

    public VirtualPins Pins { get; }

    public VirtualWifi Wifi { get; }

    public VirtualMqtt Mqtt { get; }

    public VirtualMemory Memory { get; } = new();

    /// <summary>Every random choice of the board, seeded.</summary>
    public Random Random { get; }

    /// <summary>Whether the processor runs.</summary>
    public bool IsRunning { get; private set; }

    /// <summary>How often the processor has started.</summary>
    public int Starts { get; private set; }

    /// <summary>Cause of the last start, as the reset register would say it.</summary>
    public ResetCause ResetCause { get; private set; }

    /// <summary>I/O steps taken since the board was made: every instant at which a power cut leaves a different state.</summary>
    public long IoSteps { get; private set; }

    /// <summary>Called at every I/O step with its number and kind, before its effect; a fault plan cuts the power here.</summary>
    public Action<long, IoStepKind>? OnIoStep { get; set; }

    /// <summary>The board that runs on this thread.</summary>
    public static VirtualBoard Current => t_current
        ?? throw new InvalidOperationException("No virtual board runs on this thread; VirtualBoardRunner sets it.");

    /// <summary>EUI-64 of the board, sixteen lower-case hexadecimal digits.</summary>
    public string Eui64
    {
        get
        {
            var m = Options.Mac;
            return Convert.ToHexStringLower([m[0], m[1], m[2], 0xff, 0xfe, m[3], m[4], m[5]]);
        }
    }

    /// <summary>Instant of the next thing that happens by itself: an event, a pulse edge, a clock synchronisation.</summary>
    internal long NextHappeningUs
    {
        get
        {
            var next = Pins.NextEdgeUs();
            if (_events.TryPeek(out _, out var due) && due.AtUs < next)
            {
                next = due.AtUs;
            }

            return next;
        }
    }

    /// <summary>Instant of the next scheduled event, or <see cref="long.MaxValue"/>.</summary>
    internal long NextEventUs => _events.TryPeek(out _, out var due) ? due.AtUs : long.MaxValue;

    /// <summary>Events run so far, and the instant of the last.</summary>
    internal long EventsRun { get; private set; }

    internal long LastEventUs { get; private set; }

    /// <summary>Instant at which an interrupt handler last ran, or <see cref="long.MaxValue"/>; the runner clears it.</summary>
    internal long InterruptUs { get; set; } = long.MaxValue;

    internal Action<long>? BlockHandler { get; set; }

    /// <summary>Runs <paramref name="action"/> at a true instant (world events: outages, faults, button presses).</summary>
    public void Schedule(long atUs, Action action) => _events.Enqueue(action, (atUs, _eventOrder++));

    /// <summary>The processor stops at once: supply gone, reset pin or brown-out. Nothing is saved any more.</summary>
    public void Kill(string cause, ResetCause resetCause = ResetCause.Power)
    {
        if (IsRunning)
        {
            _deathCause = cause;
            ResetCause = resetCause;
            IsRunning = false;
            Pins.OnStop();
            Mqtt.OnStop();
        }
    }

    internal static void Enter(VirtualBoard? board) => t_current = board;

    internal void Start()
    {
        _deathCause = null;
        IsRunning = true;
        Starts++;
        Memory.Exhausted = false;
        Pins.OnStart();
        Clock.OnStart();
        Wifi.OnStart();
        Mqtt.OnStart();
    }

    /// <summary>Moves time on and runs what was scheduled until then.</summary>
    internal void AdvanceTo(long atUs)
    {
        while (_events.TryPeek(out _, out var due) && due.AtUs <= atUs)
        {
            if (due.AtUs > NowUs)
            {
                NowUs = due.AtUs;
            }

            EventsRun++;
            LastEventUs = NowUs;
            _events.Dequeue()();
        }

        if (atUs > NowUs)
        {
            NowUs = atUs;
        }

        Pins.AdvanceInterrupts(NowUs);
    }

    /// <summary>A call of the firmware that takes time on the device while its other thread goes on.</summary>
    internal void Block(long durationUs)
    {
        ThrowIfDead();
        (BlockHandler ?? AdvanceTo)(NowUs + durationUs);
        ThrowIfDead();
    }

    /// <summary>One step of I/O with a lasting effect is about to happen.</summary>
    internal void IoStep(IoStepKind kind)
    {
        ThrowIfDead();
        IoSteps++;
        OnIoStep?.Invoke(IoSteps, kind);
        ThrowIfDead();
    }

    internal void ThrowIfDead()
    {
        if (!IsRunning)
        {
            throw new PowerLostException(_deathCause ?? "not started");
        }
    }
}

/// <summary>Why the processor started.</summary>
public enum ResetCause
{
    Power,
    Software,
    Brownout,
    Watchdog,
}

/// <summary>Kinds of I/O step.</summary>
public enum IoStepKind
{
    I2cWrite,
    I2cRead,
    FlashCommit,
    FlashDelete,
    FlashRead,
    MqttConnect,
    MqttPublish,
    MqttAcknowledge,
    WifiConnect,
}
