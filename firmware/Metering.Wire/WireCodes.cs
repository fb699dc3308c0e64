namespace Metering.Wire
{
    /// <summary>Record <c>clk</c>: how far the clock that dated a sample can be trusted.</summary>
    public static class ClockCode
    {
        public const byte None = 0;
        public const byte Estimated = 1;
        public const byte Synchronised = 2;
    }

    /// <summary>Record <c>flg</c>: bits of a sample.</summary>
    public static class SampleFlag
    {
        /// <summary>The register comes from an older copy, or the board stopped without warning: pulses may be missing before this sample.</summary>
        public const byte RegisterRestored = 1;

        /// <summary>The journal dropped samples before this one.</summary>
        public const byte JournalDropped = 2;

        /// <summary>Taken off the ten-minute grid.</summary>
        public const byte OffGrid = 4;

        /// <summary>A register was set by command since the sample before.</summary>
        public const byte RegisterSet = 8;

        /// <summary>First sample of a boot.</summary>
        public const byte FirstOfBoot = 16;
    }

    /// <summary>Why a value is missing.</summary>
    public static class MissingCode
    {
        public const byte None = 0;
        public const byte Absent = 1;
        public const byte Nack = 2;
        public const byte Crc = 3;
        public const byte Timeout = 4;
        public const byte Range = 5;
        public const byte Heater = 6;

        public static string Name(byte code)
        {
            switch (code)
            {
                case None: return "ok";
                case Absent: return "absent";
                case Nack: return "nack";
                case Crc: return "crc";
                case Timeout: return "timeout";
                case Range: return "range";
                default: return "heater";
            }
        }

        /// <summary>The code of a reason's name; <see cref="None"/> when there is no such reason.</summary>
        public static byte Parse(string name)
        {
            for (byte code = Absent; code <= Heater; code++)
            {
                if (Name(code) == name)
                {
                    return code;
                }
            }

            return None;
        }
    }
}
