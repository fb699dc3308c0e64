using System;
using System.Threading;
using nanoFramework.Runtime.Native;

namespace Metering.Firmware.Device
{
    /// <summary>The device's entry point: the two loops of <see cref="MeterApp"/>, each on a thread.</summary>
    public static class Program
    {
        private const string Version = "0.1.0";

        /// <summary>How soon an interrupt (the supply fails: 13.8 ms are left) reaches the meter loop, milliseconds.</summary>
        private const int UrgencyMs = 2;

        /// <summary>Every so many sleeps the counters are looked at.</summary>
        private const int SleepsPerWatch = MeterApp.WatchPeriodMs / UrgencyMs;

        /// <summary>Pause after a failed start, milliseconds: a board that cannot start must not wear its flash out.</summary>
        private const int RestartMs = 30 * 1000;

        public static void Main()
        {
            try
            {
                MeterApp app = new MeterApp(BoardPins.Create(), Version);
                new Thread(new UplinkLoop(app).Run).Start();
                RunMeter(app);
            }
            catch (Exception e)
            {
                Console.WriteLine("start failed: " + e.Message);
            }

            Thread.Sleep(RestartMs);
            Power.RebootDevice();
        }

        private static void RunMeter(MeterApp app)
        {
            while (true)
            {
                long wakeMs = app.Tick();
                int sleeps = 0;
                bool hasNews = false;
                while (!app.IsUrgent && !hasNews && Environment.TickCount64 < wakeMs)
                {
                    Thread.Sleep(UrgencyMs);
                    sleeps++;
                    hasNews = sleeps % SleepsPerWatch == 0 && app.HasNewPulses;
                }
            }
        }

        /// <summary>The uplink blocks in name resolution, TLS and connects; the meter loop goes on beside it.</summary>
        private sealed class UplinkLoop
        {
            private const int PauseMsMin = 20;

            private readonly MeterApp _app;

            public UplinkLoop(MeterApp app)
            {
                _app = app;
            }

            public void Run()
            {
                while (true)
                {
                    long pauseMs = _app.UplinkTick() - Environment.TickCount64;
                    Thread.Sleep(pauseMs > MeterApp.PollPeriodMs ? MeterApp.PollPeriodMs : pauseMs < PauseMsMin ? PauseMsMin : (int)pauseMs);
                }
            }
        }
    }
}
