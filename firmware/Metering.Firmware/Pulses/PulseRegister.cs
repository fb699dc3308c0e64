using Metering.Wire;

namespace Metering.Firmware.Pulses
{
    /// <summary>
    /// The monotonic registers of the board: adds what the channels counted and keeps the state in the store, at every
    /// change as often as the store's wear allows, and at least once a minute with FRAM.
    /// </summary>
    public sealed class PulseRegister
    {
        /// <summary>With FRAM the last known time is refreshed at least this often, milliseconds.</summary>
        public const long RefreshMs = 60 * 1000L;

        private readonly IRegisterStore _store;
        private PulseChannel[] _channels;
        private readonly RegisterState _state;
        private long _savedMs;
        private bool _changed;

        public PulseRegister(IRegisterStore store, RegisterState state, PulseChannel[] channels)
        {
            _store = store;
            _state = state;
            _channels = channels;
        }

        public int Channels
        {
            get { return _channels.Length; }
        }

        /// <summary>Works on other channels from now on.</summary>
        public void Use(PulseChannel[] channels)
        {
            _channels = channels;
            if (channels.Length > _state.Channels)
            {
                _state.Channels = channels.Length;
            }

            _changed = true;
        }

        /// <summary>Sets a register by command, after the sample with this sequence number; returns what it was.</summary>
        public long Set(int channel, long index, long sequence)
        {
            _state.SetBoot = _state.Boot;
            _state.SetSequence = sequence;
            long old = _state.Index[channel];
            _state.Index[channel] = index;
            _changed = true;
            return old;
        }

        public RegisterState State
        {
            get { return _state; }
        }

        /// <summary>Saves that the memory did not take.</summary>
        public int FailedSaves { get; private set; }

        /// <summary>Uptime of the next refresh when no pulse comes.</summary>
        public long DueMs
        {
            get
            {
                if (_channels.Length == 0)
                {
                    return long.MaxValue;
                }

                long period = _store.SavePeriodMs;
                return period == 0 ? _savedMs + RefreshMs : _changed ? _savedMs + period : long.MaxValue;
            }
        }

        /// <summary>Takes over new pulses.</summary>
        public void Count(long uptimeMs)
        {
            for (int i = 0; i < _channels.Length; i++)
            {
                PulseChannel channel = _channels[i];
                int pulses = channel.Poll(uptimeMs);
                if (pulses != 0)
                {
                    _state.Index[i] += pulses;
                    _changed = true;
                }

                if (channel.Implausible != 0)
                {
                    _state.Implausible[i] += channel.Implausible;
                    _changed = true;
                }
            }
        }

        /// <summary>
        /// Whether a counter has moved since it was last taken over, and the memory takes every change at once: then the
        /// meter loop shall not sleep on. Cheap, so that it can be asked every few milliseconds.
        /// </summary>
        public bool HasNews
        {
            get
            {
                if (_store.SavePeriodMs != 0)
                {
                    return false;
                }

                for (int i = 0; i < _channels.Length; i++)
                {
                    if (_channels[i].HasMoved)
                    {
                        return true;
                    }
                }

                return false;
            }
        }

        /// <summary>Saves what changed, as often as the store allows; and that the supply is back, if it was going.</summary>
        public void SaveIfDue(long uptimeMs, long unixSeconds)
        {
            bool allowed = uptimeMs - _savedMs >= _store.SavePeriodMs;
            if ((_changed && allowed) || uptimeMs >= DueMs || _state.End != RegisterEnd.None)
            {
                Save(uptimeMs, unixSeconds, RegisterEnd.None);
            }
        }

        /// <summary>A sample in the journal says now that pulses may be missing before it.</summary>
        public void DoubtIsReported()
        {
            _changed = _changed || _state.InDoubt;
            _state.InDoubt = false;
        }

        /// <summary>Sum of the registers: changes with every pulse.</summary>
        public long Total
        {
            get
            {
                long total = 0;
                for (int i = 0; i < _channels.Length; i++)
                {
                    total += _state.Index[i];
                }

                return total;
            }
        }

        /// <summary>
        /// The supply is failing: saves what is not saved yet, and once that the end was announced, if the memory takes a
        /// write at any time; a flash file is left alone.
        /// </summary>
        public void SupplyFails(long uptimeMs, long unixSeconds)
        {
            if (_store.SavePeriodMs == 0 && (_changed || _state.End != RegisterEnd.Announced))
            {
                Save(uptimeMs, unixSeconds, RegisterEnd.Announced);
            }
        }

        /// <summary>Saves at once, whatever the wear: boot, command, power failing, reboot on purpose.</summary>
        public bool Save(long uptimeMs, long unixSeconds, byte end)
        {
            _state.Save++;
            _state.UnixSeconds = unixSeconds;
            _state.End = end;
            _savedMs = uptimeMs;
            bool saved = _store.Save(_state);
            _changed = !saved;
            if (!saved)
            {
                FailedSaves++;
            }

            return saved;
        }

        /// <summary>Adds the registers to a sample.</summary>
        public void AddTo(WireSample sample)
        {
            for (int i = 0; i < _channels.Length; i++)
            {
                sample.Add((byte)(WireChannel.Pulse + 1 + i), _state.Index[i]);
            }
        }
    }
}
