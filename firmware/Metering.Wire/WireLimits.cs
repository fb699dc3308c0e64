namespace Metering.Wire
{
    /// <summary>Every bound of the wire format (docs/wire-format.md).</summary>
    public static class WireLimits
    {
        public const int PayloadBytesMax = 8192;
        public const int SamplesPerPackMax = 16;
        public const int PulseChannelsMax = 8;
        public const int ClimateSensorsMax = 4;

        /// <summary>Values in a sample: 8 registers, 4 temperatures, 4 humidities, 1 pressure.</summary>
        public const int ValuesMax = 17;

        public const int BoardIdChars = 16;

        /// <summary>2^53 - 1, the largest integer that every JSON reader keeps exactly.</summary>
        public const long IntegerMax = 9007199254740991L;

        public const int BootMax = 2147483647;

        /// <summary>Temperature, hundredths of a degree Celsius.</summary>
        public const int TemperatureCentiMin = -6000;

        public const int TemperatureCentiMax = 15000;

        /// <summary>Relative humidity, hundredths of a percent.</summary>
        public const int HumidityCentiMin = -1000;

        public const int HumidityCentiMax = 12000;

        /// <summary>Pressure, pascals.</summary>
        public const int PressurePaMin = 30000;

        public const int PressurePaMax = 110000;
    }
}
