namespace Metering.Virtual;

/// <summary>A device that is nothing but 256 byte registers with an address that counts up: a BME280 loaded with the
/// numbers of a data sheet, or any part whose behaviour does not matter.</summary>
public sealed class VirtualRegisterFile : IVirtualI2cDevice
{
    private byte _register;

    /// <summary>The registers.</summary>
    public byte[] Registers { get; } = new byte[256];

    public bool Write(VirtualBoard board, ReadOnlySpan<byte> data)
    {
        _register = data[0];
        for (var i = 1; i < data.Length; i++)
        {
            Registers[_register++] = data[i];
        }

        return true;
    }

    public bool Read(VirtualBoard board, Span<byte> data)
    {
        for (var i = 0; i < data.Length; i++)
        {
            data[i] = Registers[_register++];
        }

        return true;
    }
}
