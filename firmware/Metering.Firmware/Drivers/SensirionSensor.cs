using System;
using System.Device.I2c;
using Metering.Firmware.Climate;
using Metering.Wire;

namespace Metering.Firmware.Drivers
{
    /// <summary>
    /// What the SHT3x and SHT4x families share: a command, then six bytes, two words each with its CRC. Both live at the same
    /// addresses; each refuses the other's command for the serial number.
    /// </summary>
    public abstract class SensirionSensor : IClimateSensor
    {
        /// <summary>Answers to the question for the serial number that may be wrong before a sensor counts as not there.</summary>
        private const int SerialReadsMax = 3;

        private readonly I2cDevice _device;
        private readonly byte[] _answer = new byte[6];

        protected SensirionSensor(int bus, int address)
        {
            _device = new I2cDevice(new I2cConnectionSettings(bus, address, I2cBusSpeed.StandardMode));
        }

        public uint Serial { get; private set; }

        public abstract int MeasureMs { get; }

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

        public abstract byte Trigger();

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

            // T = -45 + 175 S/65535 in both families (SHT3x 4.13, SHT4x 4.6).
            TemperatureCenti = SensirionWord.Centi(temperature, -4500, 17500);
            HumidityCenti = HumidityOf(humidity);
            return MissingCode.None;
        }

        public abstract bool Heat();

        /// <summary>Hundredths of a percent of a humidity word.</summary>
        protected abstract int HumidityOf(int word);

        protected bool Send(byte[] command)
        {
            return _device.Write(new SpanByte(command)).Status == I2cTransferStatus.FullTransfer;
        }

        /// <summary>Whether the family's command for the serial number is answered with right CRCs.</summary>
        protected bool Identify(byte[] readSerial)
        {
            for (int i = 0; i < SerialReadsMax; i++)
            {
                if (!Send(readSerial) || !Receive())
                {
                    return false;
                }

                int high = SensirionWord.Read(_answer, 0);
                int low = SensirionWord.Read(_answer, 3);
                if (high >= 0 && low >= 0)
                {
                    Serial = ((uint)high << 16) | (uint)low;
                    return true;
                }
            }

            return false;
        }

        private bool Receive()
        {
            return _device.Read(new SpanByte(_answer)).Status == I2cTransferStatus.FullTransfer;
        }
    }
}
