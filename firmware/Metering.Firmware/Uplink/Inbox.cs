using System.Threading;
using Metering.Firmware.Settings;
using Metering.Wire;

namespace Metering.Firmware.Uplink
{
    /// <summary>Messages to the board, put by the MQTT client's thread and taken by the meter loop.</summary>
    public sealed class Inbox
    {
        public const int CommandsMax = 4;
        public const int CommandBytesMax = 512;

        private readonly object _gate = new object();
        private readonly byte[][] _commands = new byte[CommandsMax][];
        private readonly string _configTopic;
        private readonly string _commandTopic;
        private byte[] _config;
        private int _count;

        public Inbox(string board)
        {
            _configTopic = Topics.For(board, Topics.Config);
            _commandTopic = Topics.For(board, Topics.Command);
        }

        /// <summary>Messages that were too large or too many.</summary>
        public int Refused { get; private set; }

        /// <summary>Whether the newest config was kept by the broker: its time is not now.</summary>
        public bool ConfigIsRetained { get; private set; }

        public bool HasAny
        {
            get { return _config != null || _count != 0; }
        }

        public void Put(string topic, byte[] payload, bool retained)
        {
            Monitor.Enter(_gate);
            try
            {
                // One byte over the bound is kept, so that the reader can say that it is too long.
                if (topic == _configTopic && payload.Length <= BoardSettings.DocumentBytesMax + 1)
                {
                    _config = payload;
                    ConfigIsRetained = retained;
                }
                else if (topic == _commandTopic && payload.Length <= CommandBytesMax && _count < CommandsMax)
                {
                    _commands[_count++] = payload;
                }
                else
                {
                    Refused++;
                }
            }
            finally
            {
                Monitor.Exit(_gate);
            }
        }

        /// <summary>The newest config document, or null.</summary>
        public byte[] TakeConfig()
        {
            byte[] config = _config;
            _config = null;
            return config;
        }

        /// <summary>The oldest command, or null.</summary>
        public byte[] TakeCommand()
        {
            Monitor.Enter(_gate);
            try
            {
                if (_count == 0)
                {
                    return null;
                }

                byte[] command = _commands[0];
                _count--;
                for (int i = 0; i < _count; i++)
                {
                    _commands[i] = _commands[i + 1];
                }

                _commands[_count] = null;
                return command;
            }
            finally
            {
                Monitor.Exit(_gate);
            }
        }
    }
}
