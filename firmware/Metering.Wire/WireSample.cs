namespace Metering.Wire
{
    /// <summary>One sample: what a board measured at one instant. Reused, so that a board allocates none while it runs.</summary>
    public sealed class WireSample
    {
        public readonly byte[] Channels = new byte[WireLimits.ValuesMax];

        /// <summary>Scaled integers: registers in pulses, hundredths of degrees and percents, pascals.</summary>
        public readonly long[] Values = new long[WireLimits.ValuesMax];

        /// <summary><see cref="MissingCode"/> of each value.</summary>
        public readonly byte[] Missing = new byte[WireLimits.ValuesMax];

        public long Boot;
        public long Sequence;

        /// <summary>Seconds since the boot.</summary>
        public long Uptime;

        /// <summary>Unix seconds; 0 when <see cref="Clock"/> is <see cref="ClockCode.None"/>.</summary>
        public long Time;

        public byte Clock;
        public byte Flags;
        public int Count;

        public void Clear()
        {
            Boot = 0;
            Sequence = 0;
            Uptime = 0;
            Time = 0;
            Clock = 0;
            Flags = 0;
            Count = 0;
        }

        /// <summary>Adds a value; false when the sample is full.</summary>
        public bool Add(byte channel, long value)
        {
            return Add(channel, value, MissingCode.None);
        }

        /// <summary>Adds a missing value with its reason; false when the sample is full.</summary>
        public bool AddMissing(byte channel, byte reason)
        {
            return Add(channel, 0, reason);
        }

        public bool Add(byte channel, long value, byte missing)
        {
            if (Count == WireLimits.ValuesMax)
            {
                return false;
            }

            Channels[Count] = channel;
            Values[Count] = value;
            Missing[Count] = missing;
            Count++;
            return true;
        }
    }
}
