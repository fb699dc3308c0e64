using System;
#if NANOFRAMEWORK_1_0
using SystemClock = System.DateTime;
using SystemUptime = System.Environment;
#else
using SystemClock = Metering.Virtual.Root.DateTime;
using SystemUptime = Metering.Virtual.Root.Environment;
#endif

namespace Metering.Firmware.Time
{
    /// <summary>The one place where the firmware asks for the time.</summary>
    public static class BoardClock
    {
        private const long TicksPerMs = 10000;

        /// <summary>Milliseconds since the processor started; never steps.</summary>
        public static long UptimeMs
        {
            get { return SystemUptime.TickCount64; }
        }

        /// <summary>The system clock, milliseconds since the Unix epoch; near 0 until somebody sets it.</summary>
        public static long UnixMs
        {
            get { return (SystemClock.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / TicksPerMs; }
        }

        /// <summary>Sets the system clock.</summary>
        public static void SetUnixSeconds(long seconds)
        {
            nanoFramework.Runtime.Native.Rtc.SetSystemTime(new DateTime(DateTime.UnixEpoch.Ticks + (seconds * 1000 * TicksPerMs)));
        }
    }
}
