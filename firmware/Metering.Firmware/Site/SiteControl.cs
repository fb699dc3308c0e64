using Metering.Firmware.Climate;
using Metering.Firmware.Pulses;
using Metering.Firmware.Settings;
using Metering.Firmware.Time;
using Metering.Firmware.Uplink;
using Metering.Wire;

namespace Metering.Firmware.Site
{
    /// <summary>Life on site: settings that arrive by MQTT, commands, commissioning mode, the button.</summary>
    public sealed class SiteControl
    {
        /// <summary>Commissioning mode ends by itself, milliseconds.</summary>
        public const long CommissioningMs = 10 * 60 * 1000L;

        /// <summary>Settings with another broker or network have so long to prove themselves, milliseconds.</summary>
        public const long TrialMs = 15 * 60 * 1000L;

        private const int CommissioningPollMs = 200;

        private readonly SettingsStore _store;
        private readonly Inbox _inbox;
        private readonly PulseInputs _inputs;
        private readonly PulseRegister _register;
        private readonly ClimateProbe _climate;
        private readonly BoardUplink _uplink;
        private readonly BoardReports _reports;
        private readonly StatusLed _led;
        private readonly WallClock _clock;
        private readonly SettingsReader _reader = new SettingsReader();
        private readonly WireSample _reading = new WireSample();

        private BoardSettings _before;
        private byte[] _trial;
        private long _trialEndMs;
        private long _lastCommand;
        private byte _sampleFlags;
        private long _commissioningEndMs;
        private long _readingDueMs;
        private bool _measuring;

        public SiteControl(
            BoardSettings settings,
            SettingsStore store,
            Inbox inbox,
            PulseInputs inputs,
            PulseRegister register,
            ClimateProbe climate,
            BoardUplink uplink,
            BoardReports reports,
            StatusLed led,
            WallClock clock)
        {
            Settings = settings;
            _store = store;
            _inbox = inbox;
            _inputs = inputs;
            _register = register;
            _climate = climate;
            _uplink = uplink;
            _reports = reports;
            _led = led;
            _clock = clock;
        }

        /// <summary>The settings in force.</summary>
        public BoardSettings Settings { get; private set; }

        public bool IsCommissioning { get; private set; }

        /// <summary>Somebody asked for a reboot.</summary>
        public bool WantsReboot { get; private set; }

        /// <summary>Whether the next poll may find something to do here.</summary>
        public bool IsBusy
        {
            get { return IsCommissioning || _trial != null || _inbox.HasAny; }
        }

        public int PollPeriodMs
        {
            get { return IsCommissioning ? CommissioningPollMs : MeterApp.PollPeriodMs; }
        }

        /// <summary>Flags for the next sample.</summary>
        public byte TakeSampleFlags()
        {
            byte flags = _sampleFlags;
            _sampleFlags = 0;
            return flags;
        }

        public void Work(long now, long sequence)
        {
            byte[] config = _inbox.TakeConfig();
            if (config != null)
            {
                TakeConfig(config, now);
            }

            if (_trial != null)
            {
                WatchTrial(now);
            }

            byte[] command = _inbox.TakeCommand();
            if (command != null)
            {
                Do(SiteCommand.Read(command), now, sequence);
            }

            if (IsCommissioning)
            {
                Commission(now);
            }
        }

        /// <summary>The button was held for so long.</summary>
        public void Pressed(int heldMs, long now)
        {
            if (heldMs >= PressButton.LongMsMin)
            {
                WantsReboot = true;
            }
            else
            {
                SetCommissioning(!IsCommissioning, now);
            }
        }

        private void TakeConfig(byte[] document, long now)
        {
            BoardSettings settings = _reader.Read(document, document.Length);
            if (settings == null)
            {
                Refuse(0, _reader.Error, now);
                return;
            }

            if (settings.Time != 0 && !_inbox.ConfigIsRetained && !_clock.IsKnown)
            {
                SetClock(settings.Time);
            }

            // The broker repeats a retained message at every connection.
            if (settings.Version == Settings.Version)
            {
                return;
            }

            if (settings.Version < Settings.Version)
            {
                Refuse(settings.Version, "version is below the one in force", now);
                return;
            }

            if (settings.Channels.Length > _inputs.Count)
            {
                Refuse(settings.Version, "the board has " + _inputs.Count.ToString() + " inputs", now);
                return;
            }

            if (_trial == null)
            {
                _before = Settings;
            }

            Use(settings);
            if (settings.SameBroker(_before))
            {
                Keep(document, now);
            }
            else
            {
                _trial = document;
                _trialEndMs = now + TrialMs;
            }
        }

        private void WatchTrial(long now)
        {
            if (_uplink.AcknowledgedWith == Settings)
            {
                Keep(_trial, now);
            }
            else if (now >= _trialEndMs)
            {
                int version = Settings.Version;
                _trial = null;
                Use(_before);
                Refuse(version, "no connection with it for 15 minutes", now);
            }
        }

        private void Keep(byte[] document, long now)
        {
            _trial = null;
            if (!_store.Save(document))
            {
                int version = Settings.Version;
                Use(_before);
                Refuse(version, "the flash did not take it", now);
                return;
            }

            _before = null;
            _reports.Event("config-applied", now);
            _reports.Number("cfg", "count", Settings.Version);
            _reports.Post();
        }

        private void Refuse(int version, string why, long now)
        {
            _reports.Event("config-refused", now);
            _reports.Number("cfg", "count", version);
            _reports.Text("why", why);
            _reports.Post();
        }

        private void Use(BoardSettings settings)
        {
            Settings = settings;
            _register.Use(_inputs.Apply(settings.Channels));
            _climate.Apply(settings);
            _uplink.Apply(settings);
        }

        private void Do(SiteCommand command, long now, long sequence)
        {
            if (command.Error != null)
            {
                _reports.Event("command-refused", now);
                _reports.Text("why", command.Error);
                _reports.Post();
                return;
            }

            if (command.Id != 0 && command.Id == _lastCommand)
            {
                return;
            }

            _lastCommand = command.Id;
            switch (command.Name)
            {
                case SiteCommand.Commissioning:
                    SetCommissioning(command.On, now);
                    break;
                case SiteCommand.SetIndex:
                    SetIndex(command, now, sequence);
                    break;
                case SiteCommand.Identify:
                    _led.Identify(now);
                    _reports.Event("identify", now);
                    _reports.Post();
                    break;
                case SiteCommand.SetTime:
                    // A time server's clock is better than one that came in a message; anything else is not.
                    if (_clock.Quality(now) != ClockCode.Synchronised)
                    {
                        SetClock(command.Value);
                    }

                    break;
                default:
                    WantsReboot = true;
                    break;
            }
        }

        private void SetClock(long unixSeconds)
        {
            long ms = unixSeconds * 1000;
            if (ms > WallClock.PlausibleUnixMsMin && ms < WallClock.PlausibleUnixMsMax)
            {
                _clock.SetEstimated(unixSeconds);
            }
        }

        private void SetIndex(SiteCommand command, long now, long sequence)
        {
            int channel = command.Channel - 1;
            if (channel >= _register.Channels)
            {
                _reports.Event("command-refused", now);
                _reports.Text("why", "the board has " + _register.Channels.ToString() + " channels");
                _reports.Post();
                return;
            }

            long old = _register.Set(channel, command.Value, sequence);
            _register.Save(now, _clock.UnixMsAt(now) / 1000, RegisterEnd.None);
            _sampleFlags |= SampleFlag.RegisterSet;
            _reports.Event("register-set", now);
            _reports.Number("ch", "count", command.Channel);
            _reports.Number("old", "count", old);
            _reports.Number("new", "count", command.Value);
            _reports.Post();
        }

        private void SetCommissioning(bool on, long now)
        {
            if (on)
            {
                _commissioningEndMs = now + CommissioningMs;
            }

            if (on == IsCommissioning)
            {
                return;
            }

            IsCommissioning = on;
            _readingDueMs = now;
            _measuring = false;
            _reports.Event(on ? "commissioning-on" : "commissioning-off", now);
            _reports.Post();
        }

        // One reading a second; the air is measured for the reading after.
        private void Commission(long now)
        {
            if (now >= _commissioningEndMs)
            {
                SetCommissioning(false, now);
                return;
            }

            if (now < _readingDueMs)
            {
                return;
            }

            _readingDueMs = now + MeterApp.PollPeriodMs;
            _reading.Clear();
            _register.AddTo(_reading);
            if (_measuring)
            {
                _climate.AddTo(_reading, now, false);
            }

            _climate.Trigger();
            _measuring = _climate.Count != 0;
            _reports.Event("commissioning", now);
            _reports.Values(_reading);
            _reports.Post();
        }
    }
}
