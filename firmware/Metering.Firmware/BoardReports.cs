using Metering.Firmware.Climate;
using Metering.Firmware.Journal;
using Metering.Firmware.Pulses;
using Metering.Firmware.Site;
using Metering.Firmware.Time;
using Metering.Firmware.Uplink;
using Metering.Wire;

namespace Metering.Firmware
{
    /// <summary>Writes the status and the events (docs/wire-format.md).</summary>
    public sealed class BoardReports : IStatusWriter
    {
        /// <summary>A status or event at most, bytes.</summary>
        public const int ReportBytesMax = 1536;

        private readonly string _board;
        private readonly string _version;
        private readonly string _cause;
        private readonly WallClock _clock;
        private readonly PulseRegister _register;
        private readonly ClimateProbe _climate;
        private readonly SampleJournal _journal;
        private readonly Supervisor _supervisor;
        private readonly SenmlPackWriter _pack = new SenmlPackWriter(ReportBytesMax);

        public BoardReports(
            string board,
            string version,
            string cause,
            WallClock clock,
            PulseRegister register,
            ClimateProbe climate,
            SampleJournal journal,
            Supervisor supervisor)
        {
            _board = board;
            _version = version;
            _cause = cause;
            _clock = clock;
            _register = register;
            _climate = climate;
            _journal = journal;
            _supervisor = supervisor;
        }

        /// <summary>Events that wait for the uplink.</summary>
        public EventQueue Events { get; } = new EventQueue();

        public BoardUplink Uplink { get; set; }

        public SiteControl Site { get; set; }

        public byte[] StatusPack()
        {
            long now = BoardClock.UptimeMs;
            _pack.Begin(_board);
            _pack.TryOpen(_clock.UnixMsAt(now) / 1000, "state", "online");
            _pack.TryText("fw", _version);
            _pack.TryText("reset", _cause);
            _pack.TryNumber("boot", "count", _register.State.Boot, 0);
            _pack.TryNumber("up", "s", now / 1000, 0);
            _pack.TryNumber("clk", null, _clock.Quality(now), 0);
            _supervisor.Read();
            _pack.TryNumber("heap", "B", _supervisor.Free, 0);
            _pack.TryNumber("block", "B", _supervisor.LargestBlock, 0);
            if (Uplink.SignalDbm != 0)
            {
                _pack.TryNumber("rssi", "dBm", Uplink.SignalDbm, 0);
            }

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

            _pack.TryNumber("cfg", "count", Site.Settings.Version, 0);
            return _pack.ToArray();
        }

        /// <summary>Begins an event.</summary>
        public void Event(string code, long uptimeMs)
        {
            _pack.Begin(_board);
            _pack.TryOpen(_clock.UnixMsAt(uptimeMs) / 1000, "event", code);
        }

        public void Number(string name, string unit, long value)
        {
            _pack.TryNumber(name, unit, value, 0);
        }

        public void Text(string name, string value)
        {
            _pack.TryText(name, value);
        }

        /// <summary>Adds registers and air, as a sample has them.</summary>
        public void Values(WireSample sample)
        {
            for (int i = 0; i < sample.Count; i++)
            {
                byte channel = sample.Channels[i];
                if (sample.Missing[i] == MissingCode.None)
                {
                    _pack.TryNumber(WireChannel.Name(channel), WireChannel.Unit(channel), sample.Values[i], WireChannel.Decimals(channel));
                }
                else
                {
                    _pack.TryText(WireChannel.Name(channel), MissingCode.Name(sample.Missing[i]));
                }
            }
        }

        /// <summary>Hands the event over to the uplink.</summary>
        public void Post()
        {
            Events.Post(_pack.ToArray());
        }
    }
}
