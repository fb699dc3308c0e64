using Metering.Wire;

namespace Metering.Firmware.Drivers
{
    /// <summary>SHT30/31/35 (Sensirion data sheet SHT3x-DIS, version 6, sections 4.3, 4.12 and 4.13), without clock stretching.</summary>
    public sealed class Sht3x : SensirionSensor
    {
        public const int Address = 0x44;
        public const int AddressB = 0x45;

        private const int MeasureHighRepeatability = 0x2400;
        private const int ReadSerial = 0x3780;

        private readonly byte[] _command = new byte[2];

        private Sht3x(int bus, int address)
            : base(bus, address)
        {
        }

        /// <summary>High repeatability takes 15.5 ms at most (table 4).</summary>
        public override int MeasureMs
        {
            get { return 18; }
        }

        /// <summary>The sensor at an address, or null when nothing there answers the serial number with a right CRC.</summary>
        public static Sht3x Find(int bus, int address)
        {
            Sht3x sensor = new Sht3x(bus, address);
            return sensor.Identify(sensor.Command(ReadSerial)) ? sensor : null;
        }

        public override byte Trigger()
        {
            return Send(Command(MeasureHighRepeatability)) ? MissingCode.None : MissingCode.Nack;
        }

        /// <summary>The heater of this family raises the temperature by a few degrees only and removes no creep.</summary>
        public override bool Heat()
        {
            return false;
        }

        // RH = 100 S/65535 (section 4.13).
        protected override int HumidityOf(int word)
        {
            return SensirionWord.Centi(word, 0, 10000);
        }

        private byte[] Command(int command)
        {
            _command[0] = (byte)(command >> 8);
            _command[1] = (byte)command;
            return _command;
        }
    }
}
