namespace Metering.Wire
{
    /// <summary>Channel codes: one byte in the journal, a short name on the wire.</summary>
    public static class WireChannel
    {
        /// <summary>ch1 is 0x11, ch8 is 0x18.</summary>
        public const byte Pulse = 0x10;

        /// <summary>t1 is 0x21, t4 is 0x24.</summary>
        public const byte Temperature = 0x20;

        /// <summary>rh1 is 0x31, rh4 is 0x34.</summary>
        public const byte Humidity = 0x30;

        /// <summary>p1 is 0x41.</summary>
        public const byte Pressure = 0x40;

        public const byte None = 0;

        public static byte Kind(byte channel)
        {
            return (byte)(channel & 0xF0);
        }

        public static int Index(byte channel)
        {
            return channel & 0x0F;
        }

        /// <summary>The record name.</summary>
        public static string Name(byte channel)
        {
            string index = Index(channel).ToString();
            switch (Kind(channel))
            {
                case Pulse: return "ch" + index;
                case Temperature: return "t" + index;
                case Humidity: return "rh" + index;
                default: return "p" + index;
            }
        }

        /// <summary>The SenML unit (RFC 8428, table 1).</summary>
        public static string Unit(byte channel)
        {
            switch (Kind(channel))
            {
                case Pulse: return "count";
                case Temperature: return "Cel";
                case Humidity: return "%RH";
                default: return "Pa";
            }
        }

        /// <summary>Decimals that the scaled integer carries: 2 for temperature and humidity.</summary>
        public static int Decimals(byte channel)
        {
            byte kind = Kind(channel);
            return kind == Temperature || kind == Humidity ? 2 : 0;
        }

        /// <summary>The code of a record name, or <see cref="None"/> when it names no channel.</summary>
        public static byte Parse(string name)
        {
            int length = name.Length;
            if (length < 2 || length > 3)
            {
                return None;
            }

            int index = name[length - 1] - '0';
            if (length == 3)
            {
                if (name[0] == 'c' && name[1] == 'h' && index >= 1 && index <= WireLimits.PulseChannelsMax)
                {
                    return (byte)(Pulse + index);
                }

                return name[0] == 'r' && name[1] == 'h' && index >= 1 && index <= WireLimits.ClimateSensorsMax
                    ? (byte)(Humidity + index)
                    : None;
            }

            if (name[0] == 't' && index >= 1 && index <= WireLimits.ClimateSensorsMax)
            {
                return (byte)(Temperature + index);
            }

            return name[0] == 'p' && index == 1 ? (byte)(Pressure + 1) : None;
        }

        /// <summary>Whether a scaled value is inside the channel's range.</summary>
        public static bool InRange(byte channel, long value)
        {
            switch (Kind(channel))
            {
                case Pulse: return value >= 0 && value <= WireLimits.IntegerMax;
                case Temperature: return value >= WireLimits.TemperatureCentiMin && value <= WireLimits.TemperatureCentiMax;
                case Humidity: return value >= WireLimits.HumidityCentiMin && value <= WireLimits.HumidityCentiMax;
                default: return value >= WireLimits.PressurePaMin && value <= WireLimits.PressurePaMax;
            }
        }
    }
}
