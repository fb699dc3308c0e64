using Metering.Firmware.Drivers;

namespace Metering.Firmware.Climate
{
    /// <summary>Finds the sensors on the bus at boot, in the order of their addresses: the first is t1 and rh1.</summary>
    public static class SensorScan
    {
        public static IClimateSensor[] Find(int bus)
        {
            IClimateSensor first = Sht4x.Find(bus, Sht4x.Address);
            IClimateSensor second = Sht4x.Find(bus, Sht4x.AddressB);
            int count = (first == null ? 0 : 1) + (second == null ? 0 : 1);
            IClimateSensor[] sensors = new IClimateSensor[count];
            int at = 0;
            if (first != null)
            {
                sensors[at++] = first;
            }

            if (second != null)
            {
                sensors[at] = second;
            }

            return sensors;
        }
    }
}
