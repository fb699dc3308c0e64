namespace Metering.Firmware
{
    /// <summary>Where things are connected: the device project fills it from hardware/'s pin map.</summary>
    public sealed class BoardPins
    {
        /// <summary>GPIO of each pulse input, ch1 first. GPIO high: the contact is closed.</summary>
        public int[] PulsePins;

        public int I2cBus;
        public int SdaPin;
        public int SclPin;

        /// <summary>-1: none.</summary>
        public int LedPin;

        /// <summary>Low while pressed; -1: none.</summary>
        public int ButtonPin;

        /// <summary>Falls when the supply fails; -1: none.</summary>
        public int PowerFailPin;

        /// <summary>Flash that the journal may use, segments of 4 KiB.</summary>
        public int JournalSegmentsMax;

        /// <summary>The pin map of the project's own board (hardware facts, section 3.1).</summary>
        public static BoardPins Standard()
        {
            BoardPins pins = new BoardPins();
            pins.PulsePins = new int[] { 34, 35, 32, 33 };
            pins.I2cBus = 1;
            pins.SdaPin = 21;
            pins.SclPin = 22;
            pins.LedPin = 25;
            pins.ButtonPin = 27;
            pins.PowerFailPin = 26;
            pins.JournalSegmentsMax = 36;
            return pins;
        }
    }
}
