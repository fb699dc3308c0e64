using System;
using System.Device.I2c;
using Metering.Firmware.Climate;
using Metering.Wire;

namespace Metering.Firmware.Drivers
{
    /// <summary>BME280 in forced mode (Bosch data sheet BST-BME280-DS001, sections 3.5, 4.2.3 and 5.4).</summary>
    public sealed class Bme280 : IClimateSensor
    {
        public const int Address = 0x76;
        public const int AddressB = 0x77;

        private const byte ChipIdRegister = 0xD0;
        private const byte ChipId = 0x60;
        private const byte CalibrationRegister = 0x88;
        private const byte HumidityCalibrationRegister = 0xE1;
        private const byte HumidityControlRegister = 0xF2;
        private const byte StatusRegister = 0xF3;
        private const byte MeasureControlRegister = 0xF4;
        private const byte DataRegister = 0xF7;

        /// <summary>Oversampling x1 for all three; forced mode.</summary>
        private const byte HumidityOversampling = 0x01;

        private const byte Force = 0x25;
        private const byte Measuring = 0x08;
        private const int SkippedTemperature = 0x80000;
        private const int SkippedHumidity = 0x8000;

        private readonly I2cDevice _device;
        private readonly Bme280Compensation _compensation = new Bme280Compensation();
        private readonly byte[] _register = new byte[1];
        private readonly byte[] _write = new byte[2];
        private readonly byte[] _data = new byte[8];

        private Bme280(I2cDevice device)
        {
            _device = device;
        }

        /// <summary>The part has no serial number.</summary>
        public uint Serial
        {
            get { return 0; }
        }

        /// <summary>One sample of each takes 9.3 ms at most (section 9.1).</summary>
        public int MeasureMs
        {
            get { return 12; }
        }

        public bool HasPressure
        {
            get { return true; }
        }

        public int TemperatureCenti { get; private set; }

        public int HumidityCenti { get; private set; }

        public int PressurePa { get; private set; }

        /// <summary>The sensor at an address, or null when there is none with this chip id.</summary>
        public static Bme280 Find(int bus, int address)
        {
            Bme280 sensor = new Bme280(new I2cDevice(new I2cConnectionSettings(bus, address, I2cBusSpeed.StandardMode)));
            byte[] id = new byte[1];
            if (!sensor.ReadRegisters(ChipIdRegister, id) || id[0] != ChipId)
            {
                return null;
            }

            byte[] first = new byte[26];
            byte[] second = new byte[7];
            if (!sensor.ReadRegisters(CalibrationRegister, first) || !sensor.ReadRegisters(HumidityCalibrationRegister, second))
            {
                return null;
            }

            sensor._compensation.Load(first, second);
            return sensor;
        }

        public byte Trigger()
        {
            return WriteRegister(HumidityControlRegister, HumidityOversampling) && WriteRegister(MeasureControlRegister, Force)
                ? MissingCode.None
                : MissingCode.Nack;
        }

        public byte Fetch()
        {
            byte[] status = _register;
            if (!ReadRegisters(StatusRegister, status))
            {
                return MissingCode.Nack;
            }

            if ((status[0] & Measuring) != 0)
            {
                return MissingCode.Timeout;
            }

            if (!ReadRegisters(DataRegister, _data))
            {
                return MissingCode.Nack;
            }

            int pressure = (_data[0] << 12) | (_data[1] << 4) | (_data[2] >> 4);
            int temperature = (_data[3] << 12) | (_data[4] << 4) | (_data[5] >> 4);
            int humidity = (_data[6] << 8) | _data[7];

            // The values after reset say that nothing was measured; the part has no checksum.
            if (temperature == SkippedTemperature || humidity == SkippedHumidity || pressure == SkippedTemperature)
            {
                return MissingCode.Range;
            }

            TemperatureCenti = _compensation.TemperatureCenti(temperature);
            HumidityCenti = _compensation.HumidityCenti(humidity);
            PressurePa = _compensation.PressurePa(pressure);
            bool inRange = PressurePa >= WireLimits.PressurePaMin && PressurePa <= WireLimits.PressurePaMax;
            return inRange ? MissingCode.None : MissingCode.Range;
        }

        public bool Heat()
        {
            return false;
        }

        private bool ReadRegisters(byte register, byte[] buffer)
        {
            _write[0] = register;
            return _device.WriteRead(new SpanByte(_write, 0, 1), new SpanByte(buffer)).Status == I2cTransferStatus.FullTransfer;
        }

        private bool WriteRegister(byte register, byte value)
        {
            _write[0] = register;
            _write[1] = value;
            return _device.Write(new SpanByte(_write)).Status == I2cTransferStatus.FullTransfer;
        }
    }
}
