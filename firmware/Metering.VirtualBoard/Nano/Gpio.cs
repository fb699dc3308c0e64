#pragma warning disable IDE0130, CA1711, CA2225, CA1063, CA1816, CA2231, CA1066 // imitates nanoFramework's names and shapes
using Metering.Virtual;
using nanoFramework.Runtime.Events;

namespace System.Device.Gpio;

public enum PinMode
{
    Input = 0,
    InputPullDown = 1,
    InputPullUp = 2,
    Output = 3,
    OutputOpenDrain = 4,
    OutputOpenDrainPullUp = 5,
    OutputOpenSource = 6,
    OutputOpenSourcePullDown = 7,
}

[Flags]
public enum PinEventTypes
{
    None = 0,
    Rising = 1,
    Falling = 2,
}

public readonly struct PinValue : IEquatable<PinValue>
{
    private readonly byte _value;

    private PinValue(byte value) => _value = value;

    public static PinValue High => new(1);

    public static PinValue Low => new(0);

    public static implicit operator PinValue(int value) => value != 0 ? High : Low;

    public static implicit operator PinValue(bool value) => value ? High : Low;

    public static explicit operator byte(PinValue value) => value._value;

    public static explicit operator int(PinValue value) => value._value;

    public static explicit operator bool(PinValue value) => value._value != 0;

    public static bool operator ==(PinValue a, PinValue b) => a._value == b._value;

    public static bool operator !=(PinValue a, PinValue b) => a._value != b._value;

    public bool Equals(PinValue other) => _value == other._value;

    public override bool Equals(object? obj) => obj is PinValue other && Equals(other);

    public override int GetHashCode() => _value;

    public override string ToString() => _value != 0 ? "High" : "Low";
}

public class PinValueChangedEventArgs(PinEventTypes changeType, int pinNumber) : BaseEvent
{
    public PinEventTypes ChangeType { get; } = changeType;

    public int PinNumber { get; } = pinNumber;
}

public delegate void PinValueChangedEventHandler(object sender, PinValueChangedEventArgs e);

public sealed class GpioController : IDisposable
{
    private readonly VirtualBoard _board = VirtualBoard.Current;

    public GpioPin OpenPin(int pinNumber) => OpenPin(pinNumber, PinMode.Input);

    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        _board.ThrowIfDead();
        var pin = new GpioPin(_board, pinNumber, mode);
        _board.Pins.Open(pin);
        return pin;
    }

    public void Dispose()
    {
    }
}

public sealed class GpioPin : IDisposable
{
    private readonly VirtualBoard _board;
    private PinMode _mode;

    internal GpioPin(VirtualBoard board, int pinNumber, PinMode mode)
    {
        _board = board;
        PinNumber = pinNumber;
        _mode = mode;
    }

    public event PinValueChangedEventHandler? ValueChanged;

    public int PinNumber { get; }

    public TimeSpan DebounceTimeout { get; set; }

    public PinMode GetPinMode() => _mode;

    public void SetPinMode(PinMode value) => _mode = value;

    public PinValue Read()
    {
        _board.ThrowIfDead();
        return _board.Pins.Level(PinNumber);
    }

    public void Write(PinValue value)
    {
        _board.ThrowIfDead();
        _board.Pins.Write(PinNumber, (bool)value);
    }

    public void Toggle() => Write(!(bool)Read());

    public void Dispose() => _board.Pins.Close(PinNumber);

    internal void Raise(bool high)
    {
        if (_board.IsRunning && ValueChanged is not null)
        {
            _board.InterruptUs = Math.Min(_board.InterruptUs, _board.NowUs);
            ValueChanged.Invoke(this, new PinValueChangedEventArgs(high ? PinEventTypes.Rising : PinEventTypes.Falling, PinNumber));
        }
    }
}
