using System.Collections;
using Metering.Wire;

namespace Metering.Firmware.Settings
{
    /// <summary>
    /// Reads and validates a settings document. One error refuses the whole document and says what and where, so that
    /// the settings in force stay.
    /// </summary>
    public sealed class SettingsReader
    {
        private const int HostCharsMax = 128;
        private const int TextCharsMax = 64;
        private const int OffsetsMax = 8;

        private JsonCursor _json;
        private BoardSettings _settings;

        /// <summary>Why the last document was refused, or null.</summary>
        public string Error { get; private set; }

        /// <summary>The settings of a document, or null with <see cref="Error"/>.</summary>
        public BoardSettings Read(byte[] document, int length)
        {
            Error = null;
            if (length > BoardSettings.DocumentBytesMax)
            {
                Error = "longer than " + BoardSettings.DocumentBytesMax.ToString() + " bytes";
                return null;
            }

            _json = new JsonCursor(document, length);
            _settings = new BoardSettings();
            bool good = Members(Scope.Document, null, null);
            if (good && !_json.AtEnd)
            {
                good = _json.Fail("text behind the document");
            }

            good = good && Validate();
            Error = _json.Error;
            BoardSettings result = good ? _settings : null;
            _json = null;
            _settings = null;
            return result;
        }

        private bool Validate()
        {
            if (_settings.BrokerHost == null)
            {
                return _json.Fail("broker.host is missing");
            }

            return true;
        }

        private bool Members(Scope scope, ChannelSettings channel, SensorOffset offset)
        {
            if (!_json.Expect('{'))
            {
                return false;
            }

            if (_json.Take('}'))
            {
                return true;
            }

            while (!_json.Failed)
            {
                string key = _json.Text();
                if (key == null || !_json.Expect(':'))
                {
                    return false;
                }

                bool good;
                switch (scope)
                {
                    case Scope.Document:
                        good = DocumentMember(key);
                        break;
                    case Scope.Broker:
                        good = BrokerMember(key);
                        break;
                    case Scope.Wifi:
                        good = WifiMember(key);
                        break;
                    case Scope.Channel:
                        good = ChannelMember(key, channel);
                        break;
                    default:
                        good = OffsetMember(key, offset);
                        break;
                }

                if (!good)
                {
                    return _json.Fail(key);
                }

                if (_json.Take('}'))
                {
                    return true;
                }

                _json.Expect(',');
            }

            return false;
        }

        private bool DocumentMember(string key)
        {
            switch (key)
            {
                case "version":
                    return Integer(key, 0, int.MaxValue, out _settings.Version);
                case "board":
                    _settings.Board = _json.Text();
                    return Topics.IsBoardId(_settings.Board) || _json.Fail("board is sixteen lower-case hexadecimal digits");
                case "broker":
                    return Members(Scope.Broker, null, null);
                case "wifi":
                    return Members(Scope.Wifi, null, null);
                case "packSamples":
                    return Integer(key, 1, WireLimits.SamplesPerPackMax, out _settings.PackSamples);
                case "bootFloor":
                    return Integer(key, 0, WireLimits.BootMax / 2, out _settings.BootFloor);
                case "sensors":
                    return Integer(key, 0, WireLimits.ClimateSensorsMax, out _settings.Sensors);
                case "time":
                    return _json.Number(0, out _settings.Time);
                case "channels":
                    return ReadChannels();
                case "offsets":
                    return ReadOffsets();
                default:
                    return _json.Skip();
            }
        }

        private bool BrokerMember(string key)
        {
            switch (key)
            {
                case "host":
                    return String(key, 1, HostCharsMax, out _settings.BrokerHost);
                case "port":
                    return Integer(key, 1, 65535, out _settings.BrokerPort);
                case "tls":
                    return _json.Boolean(out _settings.Tls);
                case "user":
                    return String(key, 0, TextCharsMax, out _settings.UserName);
                case "password":
                    return String(key, 0, TextCharsMax, out _settings.Password);
                case "mqtt":
                    return Integer(key, 4, 5, out _settings.MqttVersion);
                default:
                    return _json.Skip();
            }
        }

        private bool WifiMember(string key)
        {
            switch (key)
            {
                case "ssid":
                    return String(key, 1, 32, out _settings.WifiSsid);
                case "password":
                    return String(key, 0, TextCharsMax, out _settings.WifiPassword);
                default:
                    return _json.Skip();
            }
        }

        private bool ChannelMember(string key, ChannelSettings channel)
        {
            switch (key)
            {
                case "wh":
                    return MilliWh(channel);
                case "edge":
                    string edge = _json.Text();
                    channel.FallingEdge = edge == "open";
                    return edge == "open" || edge == "close" || _json.Fail("edge is close or open");
                case "minPeriodMs":
                    return Integer(key, 60, 3600000, out channel.PlausiblePeriodMs);
                case "start":
                    bool good = _json.Number(0, out channel.Start);
                    return good && channel.Start >= 0 ? true : _json.Fail("start is 0 or more");
                default:
                    return _json.Skip();
            }
        }

        private bool MilliWh(ChannelSettings channel)
        {
            long value;
            if (!_json.Number(3, out value) || value < 1 || value > 1000000)
            {
                return _json.Fail("wh is 0.001 to 1000");
            }

            channel.PulseMilliWh = (int)value;
            return true;
        }

        private bool OffsetMember(string key, SensorOffset offset)
        {
            switch (key)
            {
                case "serial":
                    long serial;
                    bool good = _json.Number(0, out serial) && serial >= 0 && serial <= uint.MaxValue;
                    offset.Serial = (uint)serial;
                    return good || _json.Fail("serial is 0 to 4294967295");
                case "t":
                    return Centi(key, out offset.TemperatureCenti);
                case "rh":
                    return Centi(key, out offset.HumidityCenti);
                default:
                    return _json.Skip();
            }
        }

        private bool Centi(string name, out int value)
        {
            long number;
            bool good = _json.Number(2, out number) && number >= -2000 && number <= 2000;
            value = (int)number;
            return good || _json.Fail(name + " is -20 to 20");
        }

        private bool ReadChannels()
        {
            ArrayList list = new ArrayList();
            if (!_json.Expect('['))
            {
                return false;
            }

            if (!_json.Take(']'))
            {
                do
                {
                    ChannelSettings channel = new ChannelSettings();
                    if (list.Count == WireLimits.PulseChannelsMax || !Members(Scope.Channel, channel, null))
                    {
                        return _json.Fail("at most " + WireLimits.PulseChannelsMax.ToString() + " channels");
                    }

                    list.Add(channel);
                }
                while (_json.Take(','));
                if (!_json.Expect(']'))
                {
                    return false;
                }
            }

            _settings.Channels = new ChannelSettings[list.Count];
            for (int i = 0; i < list.Count; i++)
            {
                _settings.Channels[i] = (ChannelSettings)list[i];
            }

            return true;
        }

        private bool ReadOffsets()
        {
            ArrayList list = new ArrayList();
            if (!_json.Expect('['))
            {
                return false;
            }

            if (!_json.Take(']'))
            {
                do
                {
                    SensorOffset offset = new SensorOffset();
                    if (list.Count == OffsetsMax || !Members(Scope.Offset, null, offset))
                    {
                        return _json.Fail("at most " + OffsetsMax.ToString() + " offsets");
                    }

                    list.Add(offset);
                }
                while (_json.Take(','));
                if (!_json.Expect(']'))
                {
                    return false;
                }
            }

            _settings.Offsets = new SensorOffset[list.Count];
            for (int i = 0; i < list.Count; i++)
            {
                _settings.Offsets[i] = (SensorOffset)list[i];
            }

            return true;
        }

        private bool Integer(string name, int min, int max, out int value)
        {
            long number;
            bool good = _json.Number(0, out number) && number >= min && number <= max;
            value = (int)number;
            return good || _json.Fail(name + " is " + min.ToString() + " to " + max.ToString());
        }

        private bool String(string name, int min, int max, out string value)
        {
            value = _json.Text();
            bool good = value != null && value.Length >= min && value.Length <= max;
            return good || _json.Fail(name + " has " + min.ToString() + " to " + max.ToString() + " characters");
        }

        private enum Scope
        {
            Document,
            Broker,
            Wifi,
            Channel,
            Offset,
        }
    }
}
