using Metering.Wire;

namespace Metering.Firmware.Drivers
{
    /// <summary>SHT40/41/43/45 (Sensirion data sheet SHT4x, version 6, sections 4.4 to 4.6).</summary>
    public sealed class Sht4x : SensirionSensor
    {
        public const int Address = 0x44;
        public const int AddressB = 0x45;

        private const byte MeasureHighPrecision = 0xFD;
        private const byte ReadSerial = 0x89;
        private const byte Heat200MilliwattsOneSecond = 0x39;

        private readonly byte[] _command = new byte[1];

        private Sht4x(int bus, int address)
            : base(bus, address)
        {
        }

        /// <summary>High precision takes 8.3 ms at most (table 5).</summary>
        public override int MeasureMs
        {
            get { return 10; }
        }

        /// <summary>The sensor at an address, or null when nothing there answers the serial number with a right CRC.</summary>
        public static Sht4x Find(int bus, int address)
        {
            Sht4x sensor = new Sht4x(bus, address);
            return sensor.Identify(sensor.Command(ReadSerial)) ? sensor : null;
        }

        public override byte Trigger()
        {
            return Send(Command(MeasureHighPrecision)) ? MissingCode.None : MissingCode.Nack;
        }

        public override bool Heat()
        {
            return Send(Command(Heat200MilliwattsOneSecond));
        }

        // RH = -6 + 125 S/65535 (section 4.6).
        protected override int HumidityOf(int word)
        {
            return SensirionWord.Centi(word, -600, 12500);
        }

        private byte[] Command(byte command)
        {
            _command[0] = command;
            return _command;
        }
    }
}
