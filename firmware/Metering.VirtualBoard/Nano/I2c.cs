#pragma warning disable IDE0130, CA1063, CA1816, CA1815 // imitates nanoFramework's names and shapes
using Metering.Virtual;

namespace System.Device.I2c;

public enum I2cBusSpeed
{
    StandardMode = 0,
    FastMode = 1,
    FastModePlus = 2,
}

public enum I2cTransferStatus
{
    UnknownError = 0,
    FullTransfer = 1,
    ClockStretchTimeout = 2,
    PartialTransfer = 3,
    SlaveAddressNotAcknowledged = 4,
}

public readonly struct I2cTransferResult
{
    internal I2cTransferResult(uint bytesTransferred, I2cTransferStatus status)
    {
        BytesTransferred = bytesTransferred;
        Status = status;
    }

    public uint BytesTransferred { get; }

    public I2cTransferStatus Status { get; }
}

public class I2cConnectionSettings(int busId, int deviceAddress, I2cBusSpeed busSpeed)
{
    public I2cConnectionSettings(int busId, int deviceAddress)
        : this(busId, deviceAddress, I2cBusSpeed.StandardMode)
    {
    }

    public int BusId { get; } = busId;

    public int DeviceAddress { get; } = deviceAddress;

    public I2cBusSpeed BusSpeed { get; } = busSpeed;
}

/// <summary>One address on the bus. Errors do not throw; the status says them.</summary>
public class I2cDevice(I2cConnectionSettings settings) : IDisposable
{
    private readonly VirtualI2cBus _bus = VirtualBoard.Current.I2c;

    public I2cConnectionSettings ConnectionSettings { get; } = settings;

    public static I2cDevice Create(I2cConnectionSettings settings) => new(settings);

    public byte ReadByte()
    {
        var one = new byte[1];
        Read(one);
        return one[0];
    }

    public I2cTransferResult Read(SpanByte buffer) => _bus.Transfer(ConnectionSettings.DeviceAddress, SpanByte.Empty, buffer);

    public I2cTransferResult WriteByte(byte value) => Write(new[] { value });

    public I2cTransferResult Write(SpanByte buffer) => _bus.Transfer(ConnectionSettings.DeviceAddress, buffer, SpanByte.Empty);

    public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer) =>
        _bus.Transfer(ConnectionSettings.DeviceAddress, writeBuffer, readBuffer);

    public void Dispose()
    {
    }
}
