using System;

namespace Metering.Firmware.Uplink
{
    /// <summary>Waiting times between attempts: doubled at each failure, with jitter so that a fleet does not knock at once.</summary>
    public sealed class Backoff
    {
        public const int FirstMs = 2000;
        public const int LongestMs = 10 * 60 * 1000;

        private readonly Random _random;
        private int _nextMs = FirstMs;

        public Backoff(int seed)
        {
            _random = new Random(seed);
        }

        /// <summary>Failures since the last success.</summary>
        public int Failures { get; private set; }

        /// <summary>Time to wait after a failure: between half and all of the current step, milliseconds.</summary>
        public int Fail()
        {
            Failures++;
            int wait = (_nextMs / 2) + _random.Next(_nextMs / 2);
            _nextMs = _nextMs > LongestMs / 2 ? LongestMs : _nextMs * 2;
            return wait;
        }

        public void Succeed()
        {
            Failures = 0;
            _nextMs = FirstMs;
        }
    }
}
