#pragma warning disable IDE0130, CA1052 // imitates nanoFramework's names and shapes
using Metering.Virtual;

namespace System.Device.Wifi
{
    public enum WifiReconnectionKind
    {
        Automatic = 0,
        Manual = 1,
    }

    public class WifiAvailableNetwork
    {
        public string Ssid { get; internal init; } = string.Empty;

        public double NetworkRssiInDecibelMilliwatts { get; internal init; }
    }

    public class WifiNetworkReport
    {
        public WifiAvailableNetwork[] AvailableNetworks { get; internal init; } = [];
    }

    public class WifiAdapter
    {
        private int _scans;

        public WifiNetworkReport NetworkReport => _scans == 0 ? new WifiNetworkReport() : VirtualBoard.Current.Wifi.Report();

        public void ScanAsync()
        {
            _scans++;
            VirtualBoard.Current.Wifi.Scan();
        }
    }
}

namespace nanoFramework.Networking
{
    using System.Device.Wifi;

    public static class WifiNetworkHelper
    {
        public static bool ConnectDhcp(
            string ssid,
            string password,
            WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic,
            bool requiresDateTime = false,
            int wifiAdapterId = 0,
            CancellationToken token = default) => VirtualBoard.Current.Wifi.Connect(ssid);

        public static bool Reconnect(bool requiresDateTime = false, int wifiAdapterId = 0, CancellationToken token = default) =>
            VirtualBoard.Current.Wifi.Connect(null);

        public static WifiAdapter WifiAdapter { get; } = new();

        public static void Disconnect() => VirtualBoard.Current.Wifi.Disconnect();
    }

    public class Sntp
    {
        public static void UpdateNow() => VirtualBoard.Current.Wifi.SynchroniseNow();
    }
}

namespace Metering.Virtual.Net.NetworkInformation
{
    /// <summary>What the firmware asks of System.Net.NetworkInformation.NetworkInterface, whose name .NET has too.</summary>
    public sealed class NetworkInterface
    {
        private NetworkInterface()
        {
        }

        public byte[] PhysicalAddress { get; } = VirtualBoard.Current.Options.Mac;

        public static bool GetIsNetworkAvailable() => VirtualBoard.Current.Wifi.Connected;

        public static NetworkInterface[] GetAllNetworkInterfaces() => [new NetworkInterface()];
    }
}

namespace System.Net.NetworkInformation
{
    /// <summary>The Wi-Fi credentials in the configuration block.</summary>
    public class Wireless80211Configuration
    {
        public string Ssid { get; set; } = VirtualBoard.Current.Wifi.StoredSsid;

        public static Wireless80211Configuration[] GetAllWireless80211Configurations() => [new()];
    }
}
