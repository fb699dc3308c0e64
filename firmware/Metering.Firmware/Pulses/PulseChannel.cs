using Metering.Firmware.Settings;

namespace Metering.Firmware.Pulses
{
    /// <summary>Turns reads of a counter into pulses: differences, guarded against a read that is wrong once.</summary>
    public sealed class PulseChannel
    {
        /// <summary>Shortest pulse and pause that an S0 output may have (IEC 62053-31: 30 ms each), milliseconds.</summary>
        public const int PhysicalPeriodMs = 60;

        /// <summary>Pulses beyond the physical rate that one poll may hold (edges at both ends of the interval).</summary>
        private const int SlackPulses = 2;

        private const int ReadsMax = 3;

        private readonly IPulseCounter _counter;
        private int _plausiblePeriodMs;
        private bool _fallingEdge;
        private long _last;
        private long _lastMs;
        private long _creditMs;

        /// <param name="counter">A started counter.</param>
        /// <param name="settings">How the counter was started.</param>
        public PulseChannel(IPulseCounter counter, ChannelSettings settings)
        {
            _counter = counter;
            _fallingEdge = settings.FallingEdge;
            _plausiblePeriodMs = settings.PlausiblePeriodMs;
            _creditMs = _plausiblePeriodMs;
        }

        /// <summary>Takes other settings over; to be called right after <see cref="Poll"/>.</summary>
        public void Apply(ChannelSettings settings)
        {
            _plausiblePeriodMs = settings.PlausiblePeriodMs;
            if (settings.FallingEdge != _fallingEdge)
            {
                _fallingEdge = settings.FallingEdge;
                _counter.SetEdge(_fallingEdge);
                _last = 0;
            }
        }

        /// <summary>Whether the counter has moved on since <see cref="Poll"/>. A read at a wrap may say so wrongly, once.</summary>
        public bool HasMoved
        {
            get { return _counter.Read() > _last; }
        }

        /// <summary>Pulses of the last poll that came faster than plausible. They are in the register.</summary>
        public int Implausible { get; private set; }

        /// <summary>Pulses since the last poll, to be added to the register.</summary>
        public int Poll(long uptimeMs)
        {
            Implausible = 0;
            long elapsed = uptimeMs - _lastMs;
            long most = (elapsed / PhysicalPeriodMs) + SlackPulses;
            long delta = 0;
            for (int read = 0; read < ReadsMax; read++)
            {
                delta = _counter.Read() - _last;
                if (delta >= 0 && delta <= most)
                {
                    _last += delta;
                    _lastMs = uptimeMs;
                    Judge(delta, elapsed);
                    return (int)delta;
                }
            }

            // Physically impossible three times over: not a read at a wrap. What the hardware can have counted at most
            // is neither known nor zero; it is left out of the register and reported.
            if (delta > 0)
            {
                Implausible = delta > int.MaxValue ? int.MaxValue : (int)delta;
                _last += delta;
                _lastMs = uptimeMs;
            }

            return 0;
        }

        // A bucket: time fills it, each pulse takes one plausible period out.
        private void Judge(long pulses, long elapsedMs)
        {
            _creditMs += elapsedMs;
            long full = elapsedMs + _plausiblePeriodMs;
            if (_creditMs > full)
            {
                _creditMs = full;
            }

            for (long i = 0; i < pulses; i++)
            {
                if (_creditMs < _plausiblePeriodMs)
                {
                    Implausible++;
                }
                else
                {
                    _creditMs -= _plausiblePeriodMs;
                }
            }
        }
    }
}
