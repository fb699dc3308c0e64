using System;
using System.Device.Gpio;
using System.Threading;
using Metering.Firmware.Climate;
using Metering.Firmware.Drivers;
using Metering.Firmware.Journal;
using Metering.Firmware.Pulses;
using Metering.Firmware.Settings;
using Metering.Firmware.Site;
using Metering.Firmware.Time;
using Metering.Firmware.Uplink;
using Metering.Wire;
using nanoFramework.Hardware.Esp32;

namespace Metering.Firmware
{
    /// <summary>
    /// The board: counts, measures, keeps, sends. Two stepped loops, on the device two threads: <see cref="Tick"/> counts
    /// and samples and never waits; <see cref="UplinkTick"/> talks to the network and may block. Interrupts only set
    /// fields; <see cref="IsUrgent"/> says that one wants <see cref="Tick"/> at once.
    /// </summary>
    public sealed class MeterApp
    {
        /// <summary>The meter loop comes round at least this often, milliseconds.</summary>
        public const int PollPeriodMs = 1000;

        /// <summary>
        /// Between two rounds the meter loop asks <see cref="HasNewPulses"/> this often, milliseconds: with the 8.5 ms of
        /// the input filter and the save a pulse is safe before the shortest S0 pulse (30 ms) is over.
        /// </summary>
        public const int WatchPeriodMs = 6;

        /// <summary>Longest time without connection before the LED says so, milliseconds.</summary>
        private const long TroubleMs = 60 * 60 * 1000L;

        /// <summary>While the supply is away: as often is looked whether it is back, milliseconds.</summary>
        private const int FailingPeriodMs = 20;

        private const long RtcWritePeriodMs = 24 * 3600 * 1000L;

        private readonly object _gate = new object();
        private readonly WallClock _clock = new WallClock();
        private readonly SampleGrid _grid;
        private readonly PulseRegister _register;
        private readonly ClimateProbe _climate;
        private readonly SampleJournal _journal;
        private readonly RealTimeClock _rtc;
        private readonly PowerMonitor _power;
        private readonly PressButton _button;
        private readonly StatusLed _led;
        private readonly Supervisor _supervisor = new Supervisor();
        private readonly BoardReports _reports;
        private readonly BoardUplink _uplink;
        private readonly SiteControl _site;
        private readonly WireSample _sample = new WireSample();
        private readonly bool _provisioned;

        private long _sequence;
        private byte _nextFlags = SampleFlag.FirstOfBoot;
        private long _fetchMs = -1;
        private long _rtcDueMs;
        private long _ledDueMs = long.MaxValue;
        private long _reportedDrops;
        private long _pulsesShown;

        /// <param name="pins">Where things are connected.</param>
        /// <param name="version">Version of the firmware, as the status says it.</param>
        public MeterApp(BoardPins pins, string version)
        {
            SettingsStore store = new SettingsStore();
            BoardSettings settings = store.Load();
            _provisioned = settings != null;
            settings = _provisioned ? settings : new BoardSettings();

            // First of all the counters: they count in hardware while the rest starts.
            PulseInputs inputs = new PulseInputs(pins.PulsePins);
            PulseChannel[] channels = inputs.Apply(settings.Channels);
            GpioController gpio = new GpioController();
            _power = new PowerMonitor(gpio, pins.PowerFailPin);
            _button = new PressButton(gpio, pins.ButtonPin);
            _led = new StatusLed(gpio, pins.LedPin);
            _grid = new SampleGrid(_clock);

            Configuration.SetPinFunction(pins.SdaPin, pins.I2cBus == 1 ? DeviceFunction.I2C1_DATA : DeviceFunction.I2C2_DATA);
            Configuration.SetPinFunction(pins.SclPin, pins.I2cBus == 1 ? DeviceFunction.I2C1_CLOCK : DeviceFunction.I2C2_CLOCK);
            _journal = new SampleJournal(pins.JournalSegmentsMax);
            _journal.Open(_sample);
            RegisterState state = new RegisterState();
            RegisterRestore restore = new RegisterRestore(pins.I2cBus);
            restore.Run(state, _sample, settings);
            _nextFlags |= restore.MayMissPulses ? SampleFlag.RegisterRestored : (byte)0;
            _nextFlags |= restore.SetIsUnreported ? SampleFlag.RegisterSet : (byte)0;
            _register = new PulseRegister(restore.Store, state, channels);

            long now = BoardClock.UptimeMs;
            _clock.Observe(now);
            string cause = restore.WasClean ? "software" : _clock.IsKnown ? "unknown" : "power";
            _rtc = RealTimeClock.Find(pins.I2cBus);
            UseRtc(now);
            _register.Save(now, UnixSeconds(now), RegisterEnd.None);
            _climate = new ClimateProbe(pins.I2cBus, settings);
            Board = settings.Board != null ? settings.Board : Topics.BoardIdOfMac(BoardNetwork.MacAddress);
            Inbox inbox = new Inbox(Board);
            _reports = new BoardReports(Board, version, cause, _clock, _register, _climate, _journal, _supervisor);
            if (_provisioned)
            {
                _uplink = new BoardUplink(_gate, _clock, settings, Board, SeedOf(Board, state.Boot), _journal, _reports.Events, _reports, inbox);
            }

            _reports.Uplink = _uplink;
            _site = new SiteControl(settings, store, inbox, inputs, _register, _climate, _uplink, _reports, _led, _clock);
            _reports.Site = _site;
            ReportStart(restore, now);
        }

        /// <summary>EUI-64 of the board.</summary>
        public string Board { get; }

        /// <summary>Samples waiting in the journal.</summary>
        public long JournalDepth
        {
            get { return _journal.Depth; }
        }

        /// <summary>An interrupt has something that must not wait for the next poll.</summary>
        public bool IsUrgent
        {
            get { return _power.WarningPending || _button.IsPending; }
        }

        /// <summary>A pulse has come that shall be saved now (FRAM only). For the thread of the meter loop.</summary>
        public bool HasNewPulses
        {
            get { return _register.HasNews; }
        }

        /// <summary>Uptime before which <see cref="Tick"/> has nothing to do unless an input changes.</summary>
        public long IdleUntilMs
        {
            get
            {
                if (IsUrgent || _site.IsBusy)
                {
                    return 0;
                }

                long until = _provisioned ? _grid.DueUptimeMs : long.MaxValue;
                until = Earlier(until, _register.DueMs);
                until = Earlier(until, _ledDueMs);
                return _fetchMs >= 0 ? Earlier(until, _fetchMs) : until;
            }
        }

        public long UplinkIdleUntilMs
        {
            get { return _uplink == null ? long.MaxValue : _uplink.IdleUntilMs; }
        }

        /// <summary>One round of the meter loop; returns the uptime at which it wants the next. Lets no exception out.</summary>
        public long Tick()
        {
            Monitor.Enter(_gate);
            try
            {
                long next = Round();
                _supervisor.LoopFailures = 0;
                return next;
            }
            catch (Exception)
            {
                // Counting goes on in hardware; the next round reads it. What keeps failing ends in a reboot.
                _supervisor.LoopFailures++;
                return AfterFailure();
            }
            finally
            {
                Monitor.Exit(_gate);
            }
        }

        /// <summary>One round of the uplink loop; returns the uptime at which it wants the next. Lets no exception out.</summary>
        public long UplinkTick()
        {
            return _uplink == null ? BoardClock.UptimeMs + PollPeriodMs : _uplink.Tick();
        }

        private long AfterFailure()
        {
            try
            {
                long now = BoardClock.UptimeMs;
                if (_supervisor.LoopFailures >= Supervisor.LoopFailuresMax)
                {
                    Reboot(now);
                }

                return now + PollPeriodMs;
            }
            catch (Exception)
            {
                // The checkpoint failed and the reboot is under way.
                return 0;
            }
        }

        private static long Earlier(long a, long b)
        {
            return a < b ? a : b;
        }

        private static int SeedOf(string board, int boot)
        {
            int seed = boot;
            for (int i = 0; i < board.Length; i++)
            {
                seed = (seed * 31) + board[i];
            }

            return seed & 0x7FFFFFFF;
        }

        private long UnixSeconds(long uptimeMs)
        {
            return _clock.UnixMsAt(uptimeMs) / 1000;
        }

        private void ReportStart(RegisterRestore restore, long now)
        {
            _reports.Event("boot", now);
            _reports.Post();
            if (restore.IsLost)
            {
                _reports.Event("register-lost", now);
                _reports.Post();
            }

            if (_journal.WasEmpty && restore.Found)
            {
                _reports.Event("journal-reformatted", now);
                _reports.Post();
            }

            _reportedDrops = _journal.Dropped;
        }

        private long Round()
        {
            long now = BoardClock.UptimeMs;
            if (_clock.Observe(now))
            {
                ClockWasSet(now);
            }

            _register.Count(now);
            if (_power.WarningPending || _power.IsFailing)
            {
                return SupplyFails(now);
            }

            _register.SaveIfDue(now, UnixSeconds(now));
            int held = _button.Take();
            if (held != 0)
            {
                _site.Pressed(held, now);
            }

            _site.Work(now, _sequence);
            Sample(now);
            if (_site.WantsReboot || _supervisor.WantsReboot(now, _uplink == null ? now : _uplink.LastSeenMs, _uplink == null ? 0 : _uplink.MemoryFailures))
            {
                Reboot(now);
            }

            return NextRound(now);
        }

        private long NextRound(long now)
        {
            bool trouble = _provisioned && now - (_uplink.AcknowledgedMs < 0 ? 0 : _uplink.AcknowledgedMs) > TroubleMs;
            if (_site.IsCommissioning && _register.Total != _pulsesShown)
            {
                _led.Flash(now);
            }

            _pulsesShown = _register.Total;
            _ledDueMs = _led.Show(now, _provisioned, trouble);
            long next = Earlier(now + _site.PollPeriodMs, _ledDueMs);
            return Earlier(next, _fetchMs >= 0 ? _fetchMs : _provisioned ? _grid.DueUptimeMs : long.MaxValue);
        }

        // Nothing but the register matters now; flash is left alone, and if the supply comes back the loop goes on.
        private long SupplyFails(long now)
        {
            _register.SupplyFails(now, UnixSeconds(now));
            _power.Handled();
            return now + FailingPeriodMs;
        }

        private void Reboot(long now)
        {
            try
            {
                _register.Count(now);
                _register.Save(now, UnixSeconds(now), RegisterEnd.OnPurpose);
            }
            finally
            {
                nanoFramework.Runtime.Native.Power.RebootDevice();
            }
        }

        private void UseRtc(long now)
        {
            if (_rtc == null || _clock.IsKnown)
            {
                return;
            }

            long time = _rtc.Get();
            if (time * 1000 > WallClock.PlausibleUnixMsMin && time * 1000 < WallClock.PlausibleUnixMsMax)
            {
                _clock.SetEstimated(time);
                if (_clock.Observe(now))
                {
                    ClockWasSet(now);
                }
            }
        }

        private void ClockWasSet(long now)
        {
            _grid.ClockChanged(now);
            if (_clock.StepSeen && _reports != null)
            {
                _clock.StepSeen = false;
                _reports.Event("clock-set", now);
                _reports.Number("old", "s", _clock.StepOld);
                _reports.Number("new", "s", _clock.StepNew);
                _reports.Post();
            }

            if (_rtc != null && _clock.Quality(now) == ClockCode.Synchronised && now >= _rtcDueMs)
            {
                _rtc.Set(UnixSeconds(now));
                _rtcDueMs = now + RtcWritePeriodMs;
            }
        }

        private void Sample(long now)
        {
            if (_fetchMs >= 0)
            {
                if (now >= _fetchMs)
                {
                    FinishSample(now);
                }
            }
            else if (_provisioned && _grid.Take(now))
            {
                BeginSample(now);
            }
        }

        private void BeginSample(long now)
        {
            _sample.Clear();
            _sample.Boot = _register.State.Boot;
            _sample.Sequence = ++_sequence;
            _sample.Uptime = now / 1000;
            _sample.Clock = _grid.SampleUnixSeconds == 0 ? ClockCode.None : _clock.Quality(now);
            _sample.Time = _grid.SampleUnixSeconds;
            _sample.Flags = (byte)(_nextFlags | _site.TakeSampleFlags() | (_grid.OnGrid ? 0 : SampleFlag.OffGrid));
            _nextFlags = 0;
            _register.AddTo(_sample);
            _climate.Trigger();
            if (_climate.Count == 0)
            {
                FinishSample(now);
                return;
            }

            _fetchMs = now + _climate.MeasureMs;
        }

        private void FinishSample(long now)
        {
            _fetchMs = -1;
            _climate.AddTo(_sample, now, true);
            if (_journal.Append(_sample))
            {
                _register.DoubtIsReported();
            }

            _supervisor.Look();
            if (_journal.Dropped != _reportedDrops && _uplink.IsConnected)
            {
                _reportedDrops = _journal.Dropped;
                _reports.Event("journal-dropped", now);
                _reports.Number("count", "count", _journal.Dropped);
                _reports.Post();
            }
        }
    }
}
