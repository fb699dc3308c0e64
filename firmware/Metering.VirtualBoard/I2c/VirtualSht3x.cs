namespace Metering.Virtual;

/// <summary>SHT31 or SHT35 at 0x44 or 0x45: sixteen-bit commands, no clock stretching.</summary>
public sealed class VirtualSht3x(IClimateSource climate, uint serial) : IVirtualI2cDevice
{
    private const long MeasureUs = 15_500;

    private int _command;
    private long _readyUs;
    private (double Celsius, double Percent) _air;

    /// <summary>Fault: this many of the next answers carry a wrong CRC.</summary>
    public int BadCrcAnswers { get; set; }

    public bool Write(VirtualBoard board, ReadOnlySpan<byte> data)
    {
        if (data.Length < 2)
        {
            return false;
        }

        _command = (data[0] << 8) | data[1];
        _air = climate.At(board.NowUs);
        _readyUs = board.NowUs + (_command == 0x2400 ? MeasureUs : 0);
        return true;
    }

    public bool Read(VirtualBoard board, Span<byte> data)
    {
        if (board.NowUs < _readyUs)
        {
            return false;
        }

        var (first, second) = _command switch
        {
            0x3780 => ((int)(serial >> 16), (int)(serial & 0xffff)),
            0x2400 => (Ticks((_air.Celsius + 45) / 175), Ticks(_air.Percent / 100)),
            _ => (0, 0),
        };
        Span<byte> answer =
        [
            (byte)(first >> 8), (byte)first, SensirionCrc.Of((byte)(first >> 8), (byte)first),
            (byte)(second >> 8), (byte)second, SensirionCrc.Of((byte)(second >> 8), (byte)second),
        ];
        if (BadCrcAnswers > 0)
        {
            BadCrcAnswers--;
            answer[2] ^= 0x55;
        }

        answer[..Math.Min(6, data.Length)].CopyTo(data);
        return true;
    }

    private static int Ticks(double fraction) => Math.Clamp((int)Math.Round(fraction * 65535, MidpointRounding.AwayFromZero), 0, 65535);
}
