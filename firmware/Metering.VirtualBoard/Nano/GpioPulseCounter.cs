#pragma warning disable IDE0130, CA1063, CA1816 // imitates nanoFramework's names and shapes
using Metering.Virtual;

namespace System.Device.Gpio;

public enum GpioPulsePolarity
{
    Both = 0,
    Falling = 1,
    Rising = 2,
}

public struct GpioPulseCount
{
    public long Count;
    public TimeSpan RelativeTime;
}

/// <summary>The hardware pulse counter (nanoFramework.Hardware.Esp32), with its traps: Start clears, Dispose leaks the unit,
/// one read at a wrap of the 16-bit hardware count may be off by 32767.</summary>
public class GpioPulseCounter : IDisposable
{
    private readonly VirtualBoard _board = VirtualBoard.Current;
    private readonly PulseInput? _input;
    private GpioPulsePolarity _polarity = GpioPulsePolarity.Falling;
    private ushort _filterPulses;
    private int _baseRising;
    private int _baseFalling;

    public GpioPulseCounter(int pinNumberA, int pinNumberB = -1)
    {
        _board.ThrowIfDead();
        _ = pinNumberB;
        if (_board.Options.PulseCounterUnits == 0)
        {
            throw new NotImplementedException();
        }

        if (_board.Pins.CountersInUse >= _board.Options.PulseCounterUnits)
        {
            throw new NotSupportedException();
        }

        _board.Pins.CountersInUse++;
        _input = _board.Pins.InputAt(pinNumberA);
    }

    public bool IsStarted { get; private set; }

    public GpioPulsePolarity Polarity
    {
        get => _polarity;
        set
        {
            if (IsStarted)
            {
                throw new InvalidOperationException();
            }

            _polarity = value;
        }
    }

    public ushort FilterPulses
    {
        get => _filterPulses;
        set
        {
            if (value > 1023)
            {
                throw new ArgumentException("FilterPulses is 0 to 1023.");
            }

            _filterPulses = value;
        }
    }

    public void Start()
    {
        _board.ThrowIfDead();
        IsStarted = true;
        if (_input is not null)
        {
            _input.AdvanceTo(_board.NowUs);
            _input.Counting = true;
            _input.RisingOnly = _polarity == GpioPulsePolarity.Rising;
            _baseRising = _input.Rising;
            _baseFalling = _input.Falling;
        }
    }

    public void Stop()
    {
        _board.ThrowIfDead();
        IsStarted = false;
        if (_input is not null)
        {
            _input.AdvanceTo(_board.NowUs);
            _input.Counting = false;
        }
    }

    public GpioPulseCount Read()
    {
        _board.ThrowIfDead();
        var result = default(GpioPulseCount);
        result.RelativeTime = TimeSpan.FromTicks(_board.Clock.UptimeUs * 10);
        if (_input is null || !IsStarted)
        {
            return result;
        }

        _input.AdvanceTo(_board.NowUs);
        var rising = _input.Rising - _baseRising;
        var falling = _input.Falling - _baseFalling;
        result.Count = _polarity switch
        {
            GpioPulsePolarity.Rising => rising,
            GpioPulsePolarity.Falling => falling,
            _ => rising + falling,
        };
        result.Count += _board.Pins.TakeWrapGlitch();
        return result;
    }

    public GpioPulseCount Reset()
    {
        var result = Read();
        if (_input is not null)
        {
            _baseRising = _input.Rising;
            _baseFalling = _input.Falling;
        }

        return result;
    }

    public void Dispose() => IsStarted = false;
}
