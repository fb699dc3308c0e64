using Metering.Wire;

namespace Metering.Firmware.Time
{
    /// <summary>
    /// Judges the system clock. Uptime and system clock run from one crystal, so that their difference is constant until
    /// somebody sets the clock: a change of it is how a time server's answer is seen.
    /// </summary>
    public sealed class WallClock
    {
        /// <summary>2016-01-01: before it, the clock has not been set (it starts in 1970). No later, so that recorded data of
        /// that year can be replayed.</summary>
        public const long PlausibleUnixMsMin = 1451606400000L;

        /// <summary>2100-01-01: after it, whoever set it was wrong.</summary>
        public const long PlausibleUnixMsMax = 4102444800000L;

        /// <summary>
        /// A time server answers hourly. An answer that moves the clock by less than <see cref="NoticedMsMin"/> is not
        /// seen, so that the clock counts as estimated only when three in a row were missed (20 ppm: 0.2 s by then).
        /// </summary>
        public const long ConfirmationMsMax = 190 * 60 * 1000L;

        /// <summary>Smaller changes are rounding, milliseconds.</summary>
        private const long NoticedMsMin = 2;

        /// <summary>Steps from this size on are reported, milliseconds.</summary>
        public const long ReportedStepMsMin = 2000;

        private bool _known;
        private bool _synchronised;
        private bool _ownSetting;
        private long _offsetMs;
        private long _confirmedMs;

        /// <summary>Set when a step of at least <see cref="ReportedStepMsMin"/> (or the first setting) was seen; the app clears it.</summary>
        public bool StepSeen;

        /// <summary>Unix seconds that the clock showed, and shows, at the step; old is 0 at the first setting.</summary>
        public long StepOld;

        public long StepNew;

        public bool IsKnown
        {
            get { return _known; }
        }

        /// <summary>Looks at the clock; true when it was set since the last look.</summary>
        public bool Observe(long uptimeMs)
        {
            long unixMs;
            if (!ReadTogether(ref uptimeMs, out unixMs))
            {
                return false;
            }

            if (unixMs < PlausibleUnixMsMin || unixMs > PlausibleUnixMsMax)
            {
                bool lost = _known;
                _known = false;
                _synchronised = false;
                return lost;
            }

            long offset = unixMs - uptimeMs;
            long change = offset - _offsetMs;
            if (_known && change < NoticedMsMin && change > -NoticedMsMin)
            {
                return false;
            }

            bool first = !_known;
            if (first || change >= ReportedStepMsMin || change <= -ReportedStepMsMin)
            {
                StepSeen = true;
                StepOld = first ? 0 : (_offsetMs + uptimeMs) / 1000;
                StepNew = unixMs / 1000;
            }

            // A clock that is right at the very start survived a reboot: nobody confirmed it in this boot.
            bool survived = first && uptimeMs < 2000 && !_ownSetting;
            _known = true;
            _offsetMs = offset;
            _synchronised = !_ownSetting && !survived;
            _ownSetting = false;
            _confirmedMs = uptimeMs;
            return true;
        }

        // The other thread may run between the two reads; a pair that is not from one moment would look like a step.
        private static bool ReadTogether(ref long uptimeMs, out long unixMs)
        {
            unixMs = 0;
            for (int attempt = 0; attempt < 5; attempt++)
            {
                long before = BoardClock.UptimeMs;
                unixMs = BoardClock.UnixMs;
                if (BoardClock.UptimeMs - before <= 1)
                {
                    uptimeMs = before;
                    return true;
                }
            }

            return false;
        }

        /// <summary>Sets the clock from a source that is no time server (RTC, last known time): estimated.</summary>
        public void SetEstimated(long unixSeconds)
        {
            _ownSetting = true;
            BoardClock.SetUnixSeconds(unixSeconds);
        }

        /// <summary>Unix milliseconds at an uptime of this boot; 0 while unknown.</summary>
        public long UnixMsAt(long uptimeMs)
        {
            return _known ? _offsetMs + uptimeMs : 0;
        }

        /// <summary>Uptime at which the clock will show an instant.</summary>
        public long UptimeMsAt(long unixMs)
        {
            return unixMs - _offsetMs;
        }

        public byte Quality(long uptimeMs)
        {
            if (!_known)
            {
                return ClockCode.None;
            }

            return _synchronised && uptimeMs - _confirmedMs <= ConfirmationMsMax ? ClockCode.Synchronised : ClockCode.Estimated;
        }
    }
}
