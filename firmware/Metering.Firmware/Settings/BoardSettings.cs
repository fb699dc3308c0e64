using Metering.Wire;

namespace Metering.Firmware.Settings
{
    /// <summary>What a board is told: settings.json at provisioning, the config message later. Never changed once read.</summary>
    public sealed class BoardSettings
    {
        /// <summary>Size of a settings document at most, bytes.</summary>
        public const int DocumentBytesMax = 2048;

        /// <summary>Version of the document, given by whoever wrote it.</summary>
        public int Version;

        /// <summary>EUI-64, or null: from the MAC address.</summary>
        public string Board;

        public string BrokerHost;
        public int BrokerPort = 1883;
        public bool Tls;
        public string UserName;
        public string Password;

        /// <summary>4: MQTT 3.1.1, 5: MQTT 5.</summary>
        public int MqttVersion = 4;

        /// <summary>Wi-Fi network, or null: the one stored in the configuration block.</summary>
        public string WifiSsid;

        public string WifiPassword;

        /// <summary>Samples that are waited for before a pack is sent, 1 to 16.</summary>
        public int PackSamples = 1;

        /// <summary>The next boot number is above this; provisioning sets it when a board loses its memory.</summary>
        public int BootFloor;

        /// <summary>Temperature and humidity sensors that the board should have; those that do not answer are reported absent.</summary>
        public int Sensors;

        /// <summary>Time of the document, Unix seconds, or 0: sets a clock that nobody else has set.</summary>
        public long Time;

        public ChannelSettings[] Channels = new ChannelSettings[0];

        public SensorOffset[] Offsets = new SensorOffset[0];

        /// <summary>Whether another connection is needed than with other settings.</summary>
        public bool SameBroker(BoardSettings other)
        {
            return BrokerHost == other.BrokerHost && BrokerPort == other.BrokerPort && Tls == other.Tls
                && UserName == other.UserName && Password == other.Password && MqttVersion == other.MqttVersion
                && WifiSsid == other.WifiSsid && WifiPassword == other.WifiPassword;
        }
    }

    /// <summary>Correction of one sensor, found by co-location, added to what it measures.</summary>
    public sealed class SensorOffset
    {
        public uint Serial;
        public int TemperatureCenti;
        public int HumidityCenti;
    }
}
