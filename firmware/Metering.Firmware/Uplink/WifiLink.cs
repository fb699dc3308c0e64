using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using Metering.Firmware.Settings;
using nanoFramework.Networking;

namespace Metering.Firmware.Uplink
{
    /// <summary>
    /// Wi-Fi. Every call of ConnectDhcp writes the credentials to flash; so it is called only when the network of the
    /// settings is not the stored one, and Reconnect otherwise.
    /// </summary>
    public static class WifiLink
    {
        private const int TimeoutMs = 30000;

        /// <summary>Signal strength of the own network at the last scan, dBm; 0 while unknown. Starts the next scan.</summary>
        public static int SignalDbm()
        {
            WifiAdapter adapter = WifiNetworkHelper.WifiAdapter;
            if (adapter == null)
            {
                return 0;
            }

            string ssid = StoredSsid();
            WifiAvailableNetwork[] networks = adapter.NetworkReport.AvailableNetworks;
            int best = 0;
            for (int i = 0; i < networks.Length; i++)
            {
                int dbm = (int)networks[i].NetworkRssiInDecibelMilliwatts;
                if (networks[i].Ssid == ssid && (best == 0 || dbm > best))
                {
                    best = dbm;
                }
            }

            adapter.ScanAsync();
            return best;
        }

        /// <summary>Joins the network; blocks for up to half a minute.</summary>
        public static bool Join(BoardSettings settings)
        {
            CancellationTokenSource timeout = new CancellationTokenSource(TimeoutMs);
            try
            {
                if (settings.WifiSsid != null && settings.WifiSsid != StoredSsid())
                {
                    return WifiNetworkHelper.ConnectDhcp(
                        settings.WifiSsid, settings.WifiPassword, WifiReconnectionKind.Automatic, false, 0, timeout.Token);
                }

                return WifiNetworkHelper.Reconnect(false, 0, timeout.Token);
            }
            finally
            {
                timeout.Dispose();
            }
        }

        private static string StoredSsid()
        {
            Wireless80211Configuration[] stored = Wireless80211Configuration.GetAllWireless80211Configurations();
            return stored.Length == 0 ? string.Empty : stored[0].Ssid;
        }
    }
}
