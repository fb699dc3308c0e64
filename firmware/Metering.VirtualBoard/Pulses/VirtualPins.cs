using System.Device.Gpio;

namespace Metering.Virtual;

/// <summary>The chip's pins: pulse inputs with their meters, and plain inputs and outputs (button, LED, power-fail).</summary>
public sealed class VirtualPins
{
    private const int WrapGlitchReads = 2;

    private readonly VirtualBoard _board;
    private readonly bool[] _level = new bool[40];
    private readonly GpioPin?[] _open = new GpioPin?[40];
    private readonly PulseInput?[] _inputByPin = new PulseInput?[40];
    private PulseInput[] _inputs = [];
    private int _wrapGlitch;
    private int _wrapGlitchReads;

    internal VirtualPins(VirtualBoard board)
    {
        _board = board;
        Array.Fill(_level, true);
    }

    /// <summary>Every change of an output pin (LED): true instant, pin, level.</summary>
    public Action<long, int, bool>? OnOutput { get; set; }

    /// <summary>Fault: added to the next two reads of a hardware counter, as a read at a wrap is off by 32767 either way:
    /// one may be a mere look whether anything came, the second is then a poll.</summary>
    public int WrapGlitch
    {
        get => _wrapGlitch;
        set => (_wrapGlitch, _wrapGlitchReads) = (value, WrapGlitchReads);
    }

    internal int CountersInUse { get; set; }

    /// <summary>Connects a meter's pulse output to a pin.</summary>
    public PulseInput Attach(int pin, IContactSource source)
    {
        if (_inputByPin[pin] is not null)
        {
            throw new ArgumentException($"Pin {pin} has a meter already.", nameof(pin));
        }

        var input = new PulseInput(pin, source, _board.NowUs);
        _inputByPin[pin] = input;
        _inputs = [.. _inputs, input];
        return input;
    }

    /// <summary>The meter input at a pin, or null.</summary>
    public PulseInput? InputAt(int pin) => _inputByPin[pin];

    /// <summary>Level of a pin.</summary>
    public bool Level(int pin)
    {
        if (_inputByPin[pin] is { } input)
        {
            input.AdvanceTo(_board.NowUs);
            return input.High;
        }

        return _level[pin];
    }

    /// <summary>The world changes an input pin (button to ground: false; power-fail: false).</summary>
    public void Drive(int pin, bool high)
    {
        if (_level[pin] == high)
        {
            return;
        }

        _level[pin] = high;
        if (_board.IsRunning)
        {
            _open[pin]?.Raise(high);
        }
    }

    internal int TakeWrapGlitch()
    {
        if (_wrapGlitchReads == 0)
        {
            return 0;
        }

        _wrapGlitchReads--;
        return _wrapGlitch;
    }

    internal void Write(int pin, bool high)
    {
        if (_level[pin] != high)
        {
            _level[pin] = high;
            OnOutput?.Invoke(_board.NowUs, pin, high);
        }
    }

    internal void Open(GpioPin pin)
    {
        _open[pin.PinNumber] = pin;
        if (_inputByPin[pin.PinNumber] is { } input)
        {
            input.AdvanceTo(_board.NowUs);
            input.Counting = true;
            input.OnEdge = pin.Raise;
        }
    }

    internal void Close(int pin)
    {
        _open[pin] = null;
        if (_inputByPin[pin] is { } input)
        {
            input.OnEdge = null;
        }
    }

    internal long NextEdgeUs()
    {
        var next = long.MaxValue;
        foreach (var input in _inputs)
        {
            // What nobody counts changes nothing until somebody does.
            next = input.Counting ? Math.Min(next, input.NextHappeningUs) : next;
        }

        return next;
    }

    /// <summary>Passes edges up to an instant: a round of the meter loop has seen those that it looks at.</summary>
    internal void Pass(long atUs)
    {
        foreach (var input in _inputs)
        {
            input.AdvanceTo(atUs);
        }
    }

    /// <summary>Passes edges up to now on inputs with an interrupt handler, so that handlers run at their instant's order.</summary>
    internal void AdvanceInterrupts(long atUs)
    {
        foreach (var input in _inputs)
        {
            if (input.OnEdge is not null)
            {
                input.AdvanceTo(atUs);
            }
        }
    }

    internal void OnStart()
    {
        CountersInUse = 0;
        Array.Clear(_open);
        foreach (var input in _inputs)
        {
            input.OnEdge = null;
            input.AdvanceTo(_board.NowUs);
            input.Counting = false;
            input.RisingOnly = false;
        }
    }

    internal void OnStop()
    {
        foreach (var input in _inputs)
        {
            input.AdvanceTo(_board.NowUs);
            input.Counting = false;
            input.RisingOnly = false;
            input.OnEdge = null;
        }
    }
}
