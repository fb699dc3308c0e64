using Metering.Firmware.Drivers;

namespace Metering.Firmware.Climate
{
    /// <summary>Finds out which sensor sits at an address of the bus.</summary>
    public static class SensorScan
    {
        /// <summary>Addresses at which sensors can be.</summary>
        public const int Addresses = 4;

        /// <summary>Address of the nth place to look at, the lowest first.</summary>
        public static int AddressOf(int which)
        {
            switch (which)
            {
                case 0:
                    return Sht4x.Address;
                case 1:
                    return Sht4x.AddressB;
                case 2:
                    return Bme280.Address;
                default:
                    return Bme280.AddressB;
            }
        }

        /// <summary>The sensor there, or null.</summary>
        public static IClimateSensor Find(int bus, int which)
        {
            int address = AddressOf(which);
            if (which >= 2)
            {
                return Bme280.Find(bus, address);
            }

            // Both families live at the same addresses; each refuses the other's way of asking for the serial number.
            IClimateSensor sensor = Sht4x.Find(bus, address);
            return sensor != null ? sensor : Sht3x.Find(bus, address);
        }
    }
}
