using System.Device.I2c;

namespace Metering.Virtual;

/// <summary>A device on the I2C bus.</summary>
public interface IVirtualI2cDevice
{
    /// <summary>Receives bytes after its address. False: not acknowledged.</summary>
    bool Write(VirtualBoard board, ReadOnlySpan<byte> data);

    /// <summary>Sends bytes. False: not acknowledged.</summary>
    bool Read(VirtualBoard board, Span<byte> data);
}

/// <summary>The board's I2C bus: up to 112 addresses, each empty or a device.</summary>
public sealed class VirtualI2cBus(VirtualBoard board)
{
    private readonly IVirtualI2cDevice?[] _devices = new IVirtualI2cDevice?[128];

    /// <summary>Faults: addresses that do not acknowledge for the time being.</summary>
    public HashSet<int> Silent { get; } = [];

    /// <summary>Plugs a device in; it replaces what was there.</summary>
    public void Attach(int address, IVirtualI2cDevice device) => _devices[address] = device;

    /// <summary>Unplugs a device.</summary>
    public void Detach(int address) => _devices[address] = null;

    internal I2cTransferResult Transfer(int address, SpanByte write, SpanByte read)
    {
        board.ThrowIfDead();
        var device = _devices[address];
        if (device is null || (Silent.Count > 0 && Silent.Contains(address)))
        {
            return new I2cTransferResult(0, I2cTransferStatus.SlaveAddressNotAcknowledged);
        }

        if (write.Length > 0)
        {
            board.IoStep(IoStepKind.I2cWrite);
            if (!device.Write(board, write.AsSpan()))
            {
                return new I2cTransferResult(0, I2cTransferStatus.SlaveAddressNotAcknowledged);
            }
        }

        if (read.Length > 0)
        {
            board.ThrowIfDead();
            if (!device.Read(board, read.AsSpan()))
            {
                return new I2cTransferResult((uint)write.Length, I2cTransferStatus.SlaveAddressNotAcknowledged);
            }
        }

        return new I2cTransferResult((uint)(write.Length + read.Length), I2cTransferStatus.FullTransfer);
    }
}
