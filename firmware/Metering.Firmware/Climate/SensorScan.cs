using Metering.Firmware.Drivers;
using Metering.Wire;

namespace Metering.Firmware.Climate
{
    /// <summary>Finds the sensors on the bus, in the order of their addresses: the first is t1 and rh1.</summary>
    public static class SensorScan
    {
        /// <summary>Fills the array from the front; returns how many answered.</summary>
        public static int Find(int bus, IClimateSensor[] sensors)
        {
            int count = 0;
            count = Add(sensors, count, Sensirion(bus, Sht4x.Address));
            count = Add(sensors, count, Sensirion(bus, Sht4x.AddressB));
            count = Add(sensors, count, Bme280.Find(bus, Bme280.Address));
            return Add(sensors, count, Bme280.Find(bus, Bme280.AddressB));
        }

        // Both families live at the same addresses; each refuses the other's way of asking for the serial number.
        private static IClimateSensor Sensirion(int bus, int address)
        {
            IClimateSensor sensor = Sht4x.Find(bus, address);
            return sensor != null ? sensor : Sht3x.Find(bus, address);
        }

        private static int Add(IClimateSensor[] sensors, int count, IClimateSensor sensor)
        {
            if (sensor == null || count == WireLimits.ClimateSensorsMax)
            {
                return count;
            }

            sensors[count] = sensor;
            return count + 1;
        }
    }
}
