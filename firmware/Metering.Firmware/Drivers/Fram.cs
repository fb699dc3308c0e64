using System;
using System.Device.I2c;

namespace Metering.Firmware.Drivers
{
    /// <summary>MB85RC256V: 32 KiB of FRAM at 0x50, two address bytes, no write delay (data sheet MB85RC256V).</summary>
    public sealed class Fram
    {
        public const int Address = 0x50;

        /// <summary>Bytes in one transfer at most.</summary>
        public const int TransferBytesMax = 128;

        private readonly I2cDevice _device;
        private readonly byte[] _write = new byte[TransferBytesMax + 2];
        private readonly byte[] _address = new byte[2];

        public Fram(int bus)
        {
            _device = new I2cDevice(new I2cConnectionSettings(bus, Address, I2cBusSpeed.FastMode));
        }

        public bool Write(int address, byte[] data, int count)
        {
            _write[0] = (byte)(address >> 8);
            _write[1] = (byte)address;
            Array.Copy(data, 0, _write, 2, count);
            return _device.Write(new SpanByte(_write, 0, count + 2)).Status == I2cTransferStatus.FullTransfer;
        }

        public bool Read(int address, byte[] data, int count)
        {
            _address[0] = (byte)(address >> 8);
            _address[1] = (byte)address;
            return _device.WriteRead(new SpanByte(_address), new SpanByte(data, 0, count)).Status == I2cTransferStatus.FullTransfer;
        }
    }
}
