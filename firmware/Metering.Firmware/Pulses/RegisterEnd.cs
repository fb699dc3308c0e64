namespace Metering.Firmware.Pulses
{
    /// <summary>How a board stopped, as the saved register tells the next boot.</summary>
    public static class RegisterEnd
    {
        /// <summary>It was running: whatever ended it gave no warning.</summary>
        public const byte None = 0;

        /// <summary>It rebooted on purpose, with everything saved.</summary>
        public const byte OnPurpose = 1;

        /// <summary>The power-fail input had fallen, and everything counted until then was saved.</summary>
        public const byte Announced = 2;
    }
}
