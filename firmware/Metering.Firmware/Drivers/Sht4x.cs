using System;
using System.Device.I2c;
using Metering.Firmware.Climate;
using Metering.Wire;

namespace Metering.Firmware.Drivers
{
    /// <summary>SHT40/41/43/45 (Sensirion data sheet SHT4x, version 6, sections 4.4 to 4.6).</summary>
    public sealed class Sht4x : IClimateSensor
    {
        public const int Address = 0x44;
        public const int AddressB = 0x45;

        private const byte MeasureHighPrecision = 0xFD;
        private const byte ReadSerial = 0x89;
        private const byte Heat200MilliwattsOneSecond = 0x39;

        private readonly I2cDevice _device;
        private readonly byte[] _command = new byte[1];
        private readonly byte[] _answer = new byte[6];

        private Sht4x(I2cDevice device)
        {
            _device = device;
        }

        public uint Serial { get; private set; }

        /// <summary>High precision takes 8.3 ms at most (table 5).</summary>
        public int MeasureMs
        {
            get { return 10; }
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
        public static Sht4x Find(int bus, int address)
        {
            Sht4x sensor = new Sht4x(new I2cDevice(new I2cConnectionSettings(bus, address, I2cBusSpeed.StandardMode)));
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
            return Send(MeasureHighPrecision) ? MissingCode.None : MissingCode.Nack;
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

            // T = -45 + 175 S/65535; RH = -6 + 125 S/65535 (section 4.6).
            TemperatureCenti = SensirionWord.Centi(temperature, -4500, 17500);
            HumidityCenti = SensirionWord.Centi(humidity, -600, 12500);
            return MissingCode.None;
        }

        public bool Heat()
        {
            return Send(Heat200MilliwattsOneSecond);
        }

        private bool Send(byte command)
        {
            _command[0] = command;
            return _device.Write(new SpanByte(_command)).Status == I2cTransferStatus.FullTransfer;
        }

        private bool Receive()
        {
            return _device.Read(new SpanByte(_answer)).Status == I2cTransferStatus.FullTransfer;
        }
    }
}
