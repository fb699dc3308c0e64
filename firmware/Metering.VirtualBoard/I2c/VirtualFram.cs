namespace Metering.Virtual;

/// <summary>MB85RC256V: 32 KiB ferroelectric memory. Every byte is stored as it arrives, so that a cut leaves a prefix.</summary>
public sealed class VirtualFram : IVirtualI2cDevice
{
    public const int DefaultAddress = 0x50;

    private readonly byte[] _cells = new byte[32 * 1024];
    private int _address;

    /// <summary>Bytes written since it was made (endurance 1e12 a byte).</summary>
    public long BytesWritten { get; private set; }

    public bool Write(VirtualBoard board, ReadOnlySpan<byte> data)
    {
        if (data.Length < 2)
        {
            return true;
        }

        _address = ((data[0] << 8) | data[1]) & 0x7fff;
        var payload = data[2..];
        var half = payload.Length / 2;
        Store(payload[..half]);
        if (payload.Length > 0)
        {
            board.IoStep(IoStepKind.I2cWrite);
            Store(payload[half..]);
            board.IoStep(IoStepKind.I2cWrite);
        }

        return true;
    }

    public bool Read(VirtualBoard board, Span<byte> data)
    {
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = _cells[_address];
            _address = (_address + 1) & 0x7fff;
        }

        return true;
    }

    private void Store(ReadOnlySpan<byte> data)
    {
        BytesWritten += data.Length;
        if (_address + data.Length < _cells.Length)
        {
            data.CopyTo(_cells.AsSpan(_address));
            _address += data.Length;
            return;
        }

        foreach (var b in data)
        {
            _cells[_address] = b;
            _address = (_address + 1) & 0x7fff;
        }
    }
}
