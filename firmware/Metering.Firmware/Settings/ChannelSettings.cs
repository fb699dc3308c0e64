namespace Metering.Firmware.Settings
{
    /// <summary>One pulse input as the site has it.</summary>
    public sealed class ChannelSettings
    {
        /// <summary>10 Wh per pulse at 24 kW.</summary>
        public const int DefaultPlausiblePeriodMs = 1500;

        /// <summary>Energy of one pulse, milliwatt-hours (10 Wh: 10000).</summary>
        public int PulseMilliWh = 10000;

        /// <summary>Counts the opening of the contact instead of its closing.</summary>
        public bool FallingEdge;

        /// <summary>Smallest plausible time between pulses, milliseconds.</summary>
        public int PlausiblePeriodMs = DefaultPlausiblePeriodMs;

        /// <summary>Register of a new board, pulses.</summary>
        public long Start;
    }
}
