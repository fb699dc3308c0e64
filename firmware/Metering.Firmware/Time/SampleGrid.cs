namespace Metering.Firmware.Time
{
    /// <summary>
    /// Decides when samples are due: at every ten minutes of UTC once the clock is known, before that at every ten
    /// minutes of uptime. Whatever the clock does, no instant of the grid is taken twice in a row by a small step back,
    /// and two samples are never more than twenty minutes of uptime apart.
    /// </summary>
    public sealed class SampleGrid
    {
        public const long PeriodMs = 600 * 1000L;

        /// <summary>A sample taken at most this late still carries the instant of the grid, milliseconds.</summary>
        public const long LateMsMax = 2000;

        private readonly WallClock _clock;
        private long _nextUnixMs;
        private long _lastUnixMs;
        private long _nextUptimeMs = PeriodMs;

        public SampleGrid(WallClock clock)
        {
            _clock = clock;
        }

        /// <summary>Uptime at which the next sample is due.</summary>
        public long DueUptimeMs
        {
            get { return _clock.IsKnown && _nextUnixMs != 0 ? _clock.UptimeMsAt(_nextUnixMs) : _nextUptimeMs; }
        }

        /// <summary>Instant of the sample now due, Unix seconds (0 without a clock), and whether it lies on the grid.</summary>
        public long SampleUnixSeconds { get; private set; }

        public bool OnGrid { get; private set; }

        /// <summary>To be called when the clock was set.</summary>
        public void ClockChanged(long uptimeMs)
        {
            if (!_clock.IsKnown)
            {
                _nextUnixMs = 0;
                _nextUptimeMs = uptimeMs + PeriodMs;
                return;
            }

            long now = _clock.UnixMsAt(uptimeMs);
            long next = NextAfter(now);
            bool passed = _nextUnixMs != 0 && _nextUnixMs <= now;
            bool small = _lastUnixMs != 0 && next <= _lastUnixMs && next > _lastUnixMs - PeriodMs;
            if (!passed)
            {
                // A small step back must not take the last instant again.
                _nextUnixMs = small ? _lastUnixMs + PeriodMs : next;
            }
        }

        /// <summary>Whether a sample is due; if so, its instant is set and the next one planned.</summary>
        public bool Take(long uptimeMs)
        {
            if (uptimeMs < DueUptimeMs)
            {
                return false;
            }

            if (!_clock.IsKnown || _nextUnixMs == 0)
            {
                SampleUnixSeconds = 0;
                OnGrid = false;
                _nextUptimeMs = uptimeMs - (uptimeMs % PeriodMs) + PeriodMs;
                return true;
            }

            long now = _clock.UnixMsAt(uptimeMs);
            OnGrid = now - _nextUnixMs <= LateMsMax;
            SampleUnixSeconds = (OnGrid ? _nextUnixMs : now) / 1000;
            _lastUnixMs = OnGrid ? _nextUnixMs : now - (now % PeriodMs);
            _nextUnixMs = NextAfter(now);
            _nextUptimeMs = uptimeMs + PeriodMs;
            return true;
        }

        private static long NextAfter(long unixMs)
        {
            return unixMs - (unixMs % PeriodMs) + PeriodMs;
        }
    }
}
