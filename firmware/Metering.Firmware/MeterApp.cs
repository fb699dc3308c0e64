using System;
using System.Threading;
using Metering.Firmware.Climate;
using Metering.Firmware.Drivers;
using Metering.Firmware.Flash;
using Metering.Firmware.Journal;
using Metering.Firmware.Pulses;
using Metering.Firmware.Settings;
using Metering.Firmware.Time;
using Metering.Firmware.Uplink;
using Metering.Wire;
using nanoFramework.Hardware.Esp32;

namespace Metering.Firmware
{
    /// <summary>
    /// The board: counts, measures, keeps, sends. Two stepped loops, on the device two threads: <see cref="Tick"/> counts
    /// and samples and never waits; <see cref="UplinkTick"/> talks to the network and may block.
    /// </summary>
    public sealed class MeterApp : IStatusWriter
    {
        /// <summary>The counters are read and the register saved this often, milliseconds.</summary>
        public const int PollPeriodMs = 1000;

        private const string SettingsPath = BoardFiles.Root + "settings.json";
        private const int StatusBytesMax = 1536;

        private readonly object _gate = new object();
        private readonly string _version;
        private readonly string _board;
        private readonly BoardSettings _settings;
        private readonly WallClock _clock = new WallClock();
        private readonly SampleGrid _grid;
        private readonly PulseRegister _register;
        private readonly ClimateProbe _climate;
        private readonly SampleJournal _journal;
        private readonly EventQueue _events = new EventQueue();
        private readonly SenmlPackWriter _pack = new SenmlPackWriter(StatusBytesMax);
        private readonly WireSample _sample = new WireSample();
        private readonly BoardUplink _uplink;

        private long _sequence;
        private byte _nextFlags = SampleFlag.FirstOfBoot;
        private long _fetchMs = -1;

        /// <param name="pins">Where things are connected.</param>
        /// <param name="version">Version of the firmware, as the status says it.</param>
        public MeterApp(BoardPins pins, string version)
        {
            _version = version;
            _grid = new SampleGrid(_clock);
            _settings = LoadSettings();

            // First of all the counters: they count in hardware while the rest starts.
            BoardSettings settings = _settings == null ? new BoardSettings() : _settings;
            PulseChannel[] channels = PulseInputs.Start(pins, settings.Channels);

            Configuration.SetPinFunction(pins.SdaPin, pins.I2cBus == 1 ? DeviceFunction.I2C1_DATA : DeviceFunction.I2C2_DATA);
            Configuration.SetPinFunction(pins.SclPin, pins.I2cBus == 1 ? DeviceFunction.I2C1_CLOCK : DeviceFunction.I2C2_CLOCK);
            _journal = new SampleJournal(pins.JournalSegmentsMax);
            _journal.Open(_sample);
            RegisterState state = new RegisterState();
            IRegisterStore store = RegisterRestore.Open(pins.I2cBus);
            if (RegisterRestore.Restore(store, state, _sample, settings))
            {
                _nextFlags |= SampleFlag.RegisterRestored;
            }

            _register = new PulseRegister(store, state, channels);
            _clock.Observe(BoardClock.UptimeMs);
            _register.Save(BoardClock.UptimeMs, UnixSeconds(BoardClock.UptimeMs), false);
            _climate = new ClimateProbe(SensorScan.Find(pins.I2cBus), settings.Offsets);
            _board = settings.Board != null ? settings.Board : Topics.BoardIdOfMac(BoardNetwork.MacAddress);
            if (_settings != null)
            {
                _uplink = new BoardUplink(_gate, settings, _board, SeedOf(_board, state.Boot), _journal, _events, this, new Inbox(_board));
            }
        }

        public string Board
        {
            get { return _board; }
        }

        /// <summary>Samples in the journal that the collector has not acknowledged.</summary>
        public long JournalDepth
        {
            get { return _journal.Depth; }
        }

        /// <summary>Uptime before which <see cref="Tick"/> has nothing to do unless an input changes.</summary>
        public long IdleUntilMs
        {
            get
            {
                long until = _grid.DueUptimeMs;
                if (_fetchMs >= 0 && _fetchMs < until)
                {
                    until = _fetchMs;
                }

                return _register.DueMs < until ? _register.DueMs : until;
            }
        }

        public long UplinkIdleUntilMs
        {
            get { return _uplink == null ? long.MaxValue : _uplink.IdleUntilMs; }
        }

        /// <summary>One round of the meter loop; returns the uptime at which it wants the next.</summary>
        public long Tick()
        {
            Monitor.Enter(_gate);
            try
            {
                return Round();
            }
            finally
            {
                Monitor.Exit(_gate);
            }
        }

        /// <summary>One round of the uplink loop; returns the uptime at which it wants the next.</summary>
        public long UplinkTick()
        {
            return _uplink == null ? BoardClock.UptimeMs + PollPeriodMs : _uplink.Tick();
        }

        public byte[] StatusPack()
        {
            long now = BoardClock.UptimeMs;
            _pack.Begin(_board);
            _pack.TryOpen(UnixSeconds(now), "state", "online");
            _pack.TryText("fw", _version);
            _pack.TryNumber("boot", "count", _register.State.Boot, 0);
            _pack.TryNumber("up", "s", now / 1000, 0);
            _pack.TryNumber("clk", null, _clock.Quality(now), 0);
            uint total;
            uint free;
            uint largest;
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal, out total, out free, out largest);
            _pack.TryNumber("heap", "B", free, 0);
            _pack.TryNumber("block", "B", largest, 0);
            _pack.TryNumber("jdepth", "count", _journal.Depth, 0);
            _pack.TryNumber("jdrop", "count", _journal.Dropped, 0);
            for (int i = 0; i < _register.Channels; i++)
            {
                _pack.TryNumber("rej" + (i + 1).ToString(), "count", _register.State.Implausible[i], 0);
            }

            for (int i = 0; i < _climate.Count; i++)
            {
                _pack.TryText("sens" + (i + 1).ToString(), MissingCode.Name(_climate.State(i)));
            }

            _pack.TryNumber("cfg", "count", _settings == null ? 0 : _settings.Version, 0);
            return _pack.ToArray();
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

        private static BoardSettings LoadSettings()
        {
            byte[] document = new byte[BoardSettings.DocumentBytesMax + 1];
            int length = BoardFiles.Read(SettingsPath, document);
            return length < 0 ? null : new SettingsReader().Read(document, length);
        }

        private long UnixSeconds(long uptimeMs)
        {
            return _clock.UnixMsAt(uptimeMs) / 1000;
        }

        private long Round()
        {
            long now = BoardClock.UptimeMs;
            if (_clock.Observe(now))
            {
                _grid.ClockChanged(now);
            }

            _register.Poll(now, UnixSeconds(now));
            if (_fetchMs >= 0)
            {
                if (now >= _fetchMs)
                {
                    FinishSample();
                }
            }
            else if (_settings != null && _grid.Take(now))
            {
                BeginSample(now);
            }

            long next = now + PollPeriodMs;
            long due = _fetchMs >= 0 ? _fetchMs : _grid.DueUptimeMs;
            return due < next ? due : next;
        }

        private void BeginSample(long now)
        {
            _sample.Clear();
            _sample.Boot = _register.State.Boot;
            _sample.Sequence = ++_sequence;
            _sample.Uptime = now / 1000;
            _sample.Clock = _grid.SampleUnixSeconds == 0 ? ClockCode.None : _clock.Quality(now);
            _sample.Time = _grid.SampleUnixSeconds;
            _sample.Flags = (byte)(_nextFlags | (_grid.OnGrid ? 0 : SampleFlag.OffGrid));
            _nextFlags = 0;
            _register.AddTo(_sample);
            if (_climate.Count == 0)
            {
                FinishSample();
                return;
            }

            _climate.Trigger();
            _fetchMs = now + _climate.MeasureMs;
        }

        private void FinishSample()
        {
            _fetchMs = -1;
            _climate.AddTo(_sample);
            _journal.Append(_sample);
        }
    }
}
