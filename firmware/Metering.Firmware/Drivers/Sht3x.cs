using System;
using System.Device.I2c;
using Metering.Firmware.Climate;
using Metering.Wire;

namespace Metering.Firmware.Drivers
{
    /// <summary>SHT30/31/35 (Sensirion data sheet SHT3x-DIS, version 6, sections 4.3, 4.12 and 4.13), without clock stretching.</summary>
    public sealed class Sht3x : IClimateSensor
    {
        public const int Address = 0x44;
        public const int AddressB = 0x45;

        private const int MeasureHighRepeatability = 0x2400;
        private const int ReadSerial = 0x3780;

        private readonly I2cDevice _device;
        private readonly byte[] _command = new byte[2];
        private readonly byte[] _answer = new byte[6];

        private Sht3x(I2cDevice device)
        {
            _device = device;
        }

        public uint Serial { get; private set; }

        /// <summary>High repeatability takes 15.5 ms at most (table 4).</summary>
        public int MeasureMs
        {
            get { return 18; }
        }

        public bool HasPressure
        {
            get { return false; }
        }

        public int TemperatureCenti { get; private set; }

        public int HumidityCenti { get; private set; }

        public int PressurePa
        {
            get { return 0; }
        }

        /// <summary>The sensor at an address, or null when nothing there answers the serial number with a right CRC.</summary>
        public static Sht3x Find(int bus, int address)
        {
            Sht3x sensor = new Sht3x(new I2cDevice(new I2cConnectionSettings(bus, address, I2cBusSpeed.StandardMode)));
            if (!sensor.Send(ReadSerial) || !sensor.Receive())
            {
                return null;
            }

            int high = SensirionWord.Read(sensor._answer, 0);
            int low = SensirionWord.Read(sensor._answer, 3);
            if (high < 0 || low < 0)
            {
                return null;
            }

            sensor.Serial = ((uint)high << 16) | (uint)low;
            return sensor;
        }

        public byte Trigger()
        {
            return Send(MeasureHighRepeatability) ? MissingCode.None : MissingCode.Nack;
        }

        public byte Fetch()
        {
            if (!Receive())
            {
                return MissingCode.Timeout;
            }

            int temperature = SensirionWord.Read(_answer, 0);
            int humidity = SensirionWord.Read(_answer, 3);
            if (temperature < 0 || humidity < 0)
            {
                return MissingCode.Crc;
            }

            // T = -45 + 175 S/65535; RH = 100 S/65535 (section 4.13).
            TemperatureCenti = SensirionWord.Centi(temperature, -4500, 17500);
            HumidityCenti = SensirionWord.Centi(humidity, 0, 10000);
            return MissingCode.None;
        }

        /// <summary>The heater of this family raises the temperature by a few degrees only and removes no creep.</summary>
        public bool Heat()
        {
            return false;
        }

        private bool Send(int command)
        {
            _command[0] = (byte)(command >> 8);
            _command[1] = (byte)command;
            return _device.Write(new SpanByte(_command)).Status == I2cTransferStatus.FullTransfer;
        }

        private bool Receive()
        {
            return _device.Read(new SpanByte(_answer)).Status == I2cTransferStatus.FullTransfer;
        }
    }
}
