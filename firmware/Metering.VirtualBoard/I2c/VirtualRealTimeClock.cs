namespace Metering.Virtual;

/// <summary>
/// A battery-backed real-time clock with BCD registers at 0: RV-3028 (0x52, power-on flag in 0x0E bit 0) or DS3231
/// (0x68, oscillator-stop flag in 0x0F bit 7). Runs on while the board is off.
/// </summary>
public sealed class VirtualRealTimeClock : IVirtualI2cDevice
{
    public const int Rv3028Address = 0x52;
    public const int Ds3231Address = 0x68;

    private readonly double _ppm;
    private readonly int _statusRegister;
    private readonly byte _lostBit;
    private readonly byte[] _other = new byte[64];
    private byte _register;
    private long _setAtUs;
    private long _setToSeconds = 946_684_800;
    private bool _lost = true;

    private VirtualRealTimeClock(int statusRegister, byte lostBit, double ppm)
    {
        _statusRegister = statusRegister;
        _lostBit = lostBit;
        _ppm = ppm;
    }

    /// <summary>Whether the clock says that it lost the time.</summary>
    public bool Lost => _lost;

    public static VirtualRealTimeClock Rv3028(double ppm = 1) => new(0x0e, 0x01, ppm);

    public static VirtualRealTimeClock Ds3231(double ppm = 2) => new(0x0f, 0x80, ppm);

    /// <summary>Fault: the battery was empty.</summary>
    public void LoseTime() => _lost = true;

    public bool Write(VirtualBoard board, ReadOnlySpan<byte> data)
    {
        _register = data[0];
        for (var i = 1; i < data.Length; i++)
        {
            var register = _register++;
            if (register == _statusRegister)
            {
                _lost &= (data[i] & _lostBit) != 0;
            }
            else
            {
                _other[register & 63] = data[i];
            }
        }

        if (data[0] == 0 && data.Length >= 8)
        {
            _setAtUs = board.NowUs;
            _setToSeconds = new DateTimeOffset(
                2000 + Binary(data[7]), Binary((byte)(data[6] & 0x1f)), Binary(data[5]), Binary(data[3]), Binary(data[2]), Binary(data[1]), TimeSpan.Zero).ToUnixTimeSeconds();
        }

        return true;
    }

    public bool Read(VirtualBoard board, Span<byte> data)
    {
        var elapsedUs = (long)((board.NowUs - _setAtUs) * (1 + (_ppm / 1e6)));
        var now = DateTimeOffset.FromUnixTimeSeconds(_setToSeconds + (elapsedUs / 1_000_000));
        for (var i = 0; i < data.Length; i++)
        {
            var register = _register++;
            data[i] = register switch
            {
                0 => Bcd(now.Second),
                1 => Bcd(now.Minute),
                2 => Bcd(now.Hour),
                3 => (byte)now.DayOfWeek,
                4 => Bcd(now.Day),
                5 => Bcd(now.Month),
                6 => Bcd(now.Year - 2000),
                _ when register == _statusRegister => _lost ? _lostBit : (byte)0,
                _ => _other[register & 63],
            };
        }

        return true;
    }

    private static byte Bcd(int value) => (byte)(((value / 10) << 4) | (value % 10));

    private static int Binary(byte bcd) => ((bcd >> 4) * 10) + (bcd & 15);
}
