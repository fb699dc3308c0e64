using nanoFramework.Hardware.Esp32;

namespace Metering.Firmware.Site
{
    /// <summary>
    /// Decides when only a reboot helps: the MQTT client hangs, memory runs out, or the loop keeps failing. A mere outage
    /// is no reason: a reboot costs the pulses of its two to five seconds.
    /// </summary>
    public sealed class Supervisor
    {
        /// <summary>The uplink loop comes round at least this often, or it hangs. Its longest call takes 30 s.</summary>
        public const long UplinkSilenceMsMax = 15 * 60 * 1000L;

        /// <summary>A TLS connection needs a contiguous 16 KiB.</summary>
        public const uint LargestBlockBytesMin = 20 * 1024;

        public const uint ManagedFreeBytesMin = 8 * 1024;

        /// <summary>Looks in a row at which memory has to be short.</summary>
        public const int ShortLooksMax = 3;

        /// <summary>Rounds of the uplink without memory, and none acknowledged between them, that make a reboot the last resort.</summary>
        public const int UplinkMemoryFailuresMax = 3;

        /// <summary>For their sake a board reboots once an hour at most: what does not fit may not fit after the next start either.</summary>
        public const long UplinkMemoryUptimeMsMin = 60 * 60 * 1000L;

        /// <summary>Failures of the meter loop in a row.</summary>
        public const int LoopFailuresMax = 10;

        private int _shortLooks;

        /// <summary>Largest free block of native memory at the last look, bytes.</summary>
        public uint LargestBlock { get; private set; }

        /// <summary>Free native memory at the last look, bytes.</summary>
        public uint Free { get; private set; }

        /// <summary>Failures of the meter loop since one round went well.</summary>
        public int LoopFailures { get; set; }

        /// <summary>Looks at the memory; called with every sample.</summary>
        public void Look()
        {
            Read();
            bool isShort = LargestBlock < LargestBlockBytesMin || nanoFramework.Runtime.Native.GC.Run(false) < ManagedFreeBytesMin;
            _shortLooks = isShort ? _shortLooks + 1 : 0;
        }

        /// <summary>Reads the figures.</summary>
        public void Read()
        {
            uint total;
            uint free;
            uint largest;
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out total, out free, out largest);
            Free = free;
            LargestBlock = largest;
        }

        /// <summary>Whether the board should checkpoint and reboot.</summary>
        public bool WantsReboot(long uptimeMs, long uplinkSeenMs, int uplinkMemoryFailures)
        {
            return (uplinkMemoryFailures >= UplinkMemoryFailuresMax && uptimeMs >= UplinkMemoryUptimeMsMin)
                || uptimeMs - uplinkSeenMs > UplinkSilenceMsMax
                || _shortLooks >= ShortLooksMax
                || LoopFailures >= LoopFailuresMax;
        }
    }
}
