using System.Buffers;

namespace Metering.Virtual;

/// <summary>SHT45 at 0x44: quantises to the sensor's own 16 bits, answers with CRC, does not acknowledge while it measures.</summary>
public sealed class VirtualSht4x(IClimateSource climate, uint serial) : IVirtualI2cDevice
{
    public const int DefaultAddress = 0x44;

    /// <summary>Longest high-precision measurement, microseconds (data sheet table 5: 8.3 ms).</summary>
    private const long MeasureUs = 8_300;

    private const long HeaterUs = 1_100_000;

    private byte _command;
    private long _readyUs;
    private static readonly SearchValues<byte> Commands = SearchValues.Create([0xfd, 0xf6, 0xe0, 0x89, 0x94, 0x39, 0x32, 0x2f, 0x24, 0x1e, 0x15]);

    private (double Celsius, double Percent) _air;

    /// <summary>Fault: this many of the next answers carry a wrong CRC.</summary>
    public int BadCrcAnswers { get; set; }

    /// <summary>How often the heater was fired.</summary>
    public int HeaterPulses { get; private set; }

    /// <summary>Fault: a creep of the humidity reading that the heater removes, percent.</summary>
    public double CreepPercent { get; set; }

    public bool Write(VirtualBoard board, ReadOnlySpan<byte> data)
    {
        // Its commands are one byte; this one acknowledges no second one and nothing else.
        if (board.NowUs < _readyUs || data.Length != 1 || !Commands.Contains(data[0]))
        {
            return false;
        }

        _command = data[0];
        _air = climate.At(board.NowUs);
        var heater = _command is 0x39 or 0x32 or 0x2f or 0x24 or 0x1e or 0x15;
        if (heater)
        {
            HeaterPulses++;
            CreepPercent = 0;
            _air = (_air.Celsius + 60, _air.Percent / 20);
        }

        _readyUs = board.NowUs + (heater ? HeaterUs : _command is 0xfd or 0xf6 or 0xe0 ? MeasureUs : 0);
        return true;
    }

    public bool Read(VirtualBoard board, Span<byte> data)
    {
        if (board.NowUs < _readyUs)
        {
            return false;
        }

        int first;
        int second;
        if (_command == 0x89)
        {
            first = (int)(serial >> 16);
            second = (int)(serial & 0xffff);
        }
        else
        {
            first = Ticks((_air.Celsius + 45) / 175);
            second = Ticks((_air.Percent + CreepPercent + 6) / 125);
        }

        Span<byte> answer =
        [
            (byte)(first >> 8), (byte)first, SensirionCrc.Of((byte)(first >> 8), (byte)first),
            (byte)(second >> 8), (byte)second, SensirionCrc.Of((byte)(second >> 8), (byte)second),
        ];
        if (BadCrcAnswers > 0)
        {
            BadCrcAnswers--;
            answer[2] ^= 0x55;
            answer[5] ^= 0x55;
        }

        answer[..Math.Min(6, data.Length)].CopyTo(data);
        return true;
    }

    private static int Ticks(double fraction) => Math.Clamp((int)Math.Round(fraction * 65535, MidpointRounding.AwayFromZero), 0, 65535);
}
