#if NANOFRAMEWORK_1_0
using System.Net.NetworkInformation;
#else
using Metering.Virtual.Net.NetworkInformation;
#endif

namespace Metering.Firmware.Uplink
{
    /// <summary>What the firmware asks of the network interface.</summary>
    public static class BoardNetwork
    {
        public static bool IsAvailable
        {
            get { return NetworkInterface.GetIsNetworkAvailable(); }
        }

        /// <summary>MAC-48 of the first interface.</summary>
        public static byte[] MacAddress
        {
            get { return NetworkInterface.GetAllNetworkInterfaces()[0].PhysicalAddress; }
        }
    }
}
