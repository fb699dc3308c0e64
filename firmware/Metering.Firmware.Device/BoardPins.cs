namespace Metering.Firmware.Device
{
    /// <summary>
    /// Where things are connected on the project's carrier board with an ESP32-DevKitC-32E; hardware/board/pinmap.json
    /// says the same, and a test holds the two against each other.
    /// </summary>
    public static class BoardPins
    {
        public const int Channel1 = 34;
        public const int Channel2 = 35;
        public const int Channel3 = 32;
        public const int Channel4 = 33;
        public const int Led = 25;
        public const int Button = 27;
        public const int PowerFail = 26;
        public const int I2cBus = 1;
        public const int Sda = 21;
        public const int Scl = 22;

        /// <summary>RS-485 or TIC option; no firmware uses it yet.</summary>
        public const int Uart2Rx = 16;

        /// <inheritdoc cref="Uart2Rx"/>
        public const int Uart2Tx = 17;

        /// <summary>Segments of 4 KiB for the journal: 144 of the 256 KiB that a 4 MB module's partition has, of which the
        /// configuration, the settings and littlefs itself need the rest.</summary>
        public const int JournalSegmentsMax = 36;

        public static Metering.Firmware.BoardPins Create()
        {
            Metering.Firmware.BoardPins pins = new Metering.Firmware.BoardPins();
            pins.PulsePins = new int[] { Channel1, Channel2, Channel3, Channel4 };
            pins.LedPin = Led;
            pins.ButtonPin = Button;
            pins.PowerFailPin = PowerFail;
            pins.I2cBus = I2cBus;
            pins.SdaPin = Sda;
            pins.SclPin = Scl;
            pins.JournalSegmentsMax = JournalSegmentsMax;
            return pins;
        }
    }
}
