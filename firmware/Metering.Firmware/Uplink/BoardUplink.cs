using System;
using System.Threading;
using Metering.Firmware.Journal;
using Metering.Firmware.Settings;
using Metering.Firmware.Time;
using Metering.Wire;
using nanoFramework.Networking;

namespace Metering.Firmware.Uplink
{
    /// <summary>
    /// The uplink loop: Wi-Fi, broker, and one message in flight. A sample leaves the journal only when the collector has
    /// acknowledged it. Every failure throws the client away and waits, longer each time.
    /// </summary>
    public sealed class BoardUplink
    {
        /// <summary>A pack at most, bytes: what a board without PSRAM can spare; the wire allows 8192.</summary>
        public const int PackBytesMax = 3072;

        /// <summary>Longest wait for a PUBACK. The client's own three attempts end after about three seconds.</summary>
        public const int AcknowledgeMsMax = 10000;

        public const int StatusPeriodMs = 60 * 60 * 1000;

        /// <summary>How often the loop looks for an acknowledgement, milliseconds.</summary>
        private const int LookMs = 100;

        private const int IdleMs = 1000;

        private const long ClockWaitMs = 30 * 1000L;

        /// <summary>The loop comes round at least this often, so that the supervisor sees it alive.</summary>
        private const long AliveMs = 5 * 60 * 1000L;

        private const long SamplePeriodMs = 600 * 1000L;

        private readonly object _gate;
        private readonly WallClock _clock;
        private readonly string _board;
        private readonly SampleJournal _journal;
        private readonly EventQueue _events;
        private readonly IStatusWriter _status;
        private readonly Inbox _inbox;
        private readonly Backoff _backoff;
        private readonly SenmlPackWriter _pack = new SenmlPackWriter(PackBytesMax);
        private readonly WireSample _sample = new WireSample();
        private readonly string _readingsTopic;
        private readonly string _statusTopic;
        private readonly string _eventTopic;

        private BoardSettings _settings;
        private BoardSettings _connectedWith;
        private BrokerClient _client;
        private long _retryMs;
        private long _statusDueMs;
        private long _waitingSinceMs = -1;
        private long _clockAwaitedMs;

        private Message _inFlight;
        private int _inFlightId;
        private long _inFlightOrdinal;
        private long _inFlightEndMs;

        /// <remarks>The gate is held while journal, events or status are touched; the meter loop holds it while it works.</remarks>
        public BoardUplink(
            object gate,
            WallClock clock,
            BoardSettings settings,
            string board,
            int seed,
            SampleJournal journal,
            EventQueue events,
            IStatusWriter status,
            Inbox inbox)
        {
            _gate = gate;
            _clock = clock;
            _settings = settings;
            _board = board;
            _journal = journal;
            _events = events;
            _status = status;
            _inbox = inbox;
            _backoff = new Backoff(seed);
            _readingsTopic = Topics.For(board, Topics.Readings);
            _statusTopic = Topics.For(board, Topics.Status);
            _eventTopic = Topics.For(board, Topics.Event);
        }

        private enum Message
        {
            None,
            Status,
            Event,
            Readings,
        }

        public bool IsConnected
        {
            get { return _client != null; }
        }

        /// <summary>Attempts that failed since the last success.</summary>
        public int Failures
        {
            get { return _backoff.Failures; }
        }

        /// <summary>Rounds that ran out of memory since the last acknowledgement.</summary>
        public int MemoryFailures { get; private set; }

        /// <summary>Uptime when the loop last came round; the supervisor watches it.</summary>
        public long LastSeenMs { get; private set; }

        /// <summary>Uptime of the last acknowledgement, or -1; with which settings it came.</summary>
        public long AcknowledgedMs { get; private set; } = -1;

        public BoardSettings AcknowledgedWith { get; private set; }

        /// <summary>dBm at the last look, 0 while unknown.</summary>
        public int SignalDbm { get; private set; }

        /// <summary>Uptime before which the loop has nothing to do unless a sample or an event comes.</summary>
        public long IdleUntilMs
        {
            get
            {
                long until = Idle();
                return until < LastSeenMs + AliveMs ? until : LastSeenMs + AliveMs;
            }
        }

        private long WaitedOutMs
        {
            get { return _waitingSinceMs + (_settings.PackSamples * SamplePeriodMs); }
        }

        /// <summary>Uses other settings from now on; connects anew when the broker or the network is another.</summary>
        public void Apply(BoardSettings settings)
        {
            if (!settings.SameBroker(_settings))
            {
                _retryMs = 0;
            }

            _settings = settings;
        }

        private long Idle()
        {
            if (_client == null)
            {
                return _retryMs;
            }

            if (_connectedWith != _settings && !_connectedWith.SameBroker(_settings))
            {
                return 0;
            }

            if (_inFlight != Message.None || _events.Count != 0 || ReadingsDue(0))
            {
                return 0;
            }

            return _waitingSinceMs >= 0 && WaitedOutMs < _statusDueMs ? WaitedOutMs : _statusDueMs;
        }

        /// <summary>One round; returns the uptime at which it wants the next.</summary>
        public long Tick()
        {
            LastSeenMs = BoardClock.UptimeMs;
            try
            {
                return _client == null ? Connect() : Send();
            }
            catch (OutOfMemoryException)
            {
                MemoryFailures++;
                return Fail();
            }
            catch (Exception)
            {
                return Fail();
            }
        }

        private long Connect()
        {
            if (LastSeenMs < _retryMs)
            {
                return _retryMs;
            }

            BoardSettings settings = _settings;
            if (!BoardNetwork.IsAvailable && !WifiLink.Join(settings))
            {
                return Fail();
            }

            // No certificate is valid before the clock is set; the time server answers a moment after Wi-Fi is up.
            if (settings.Tls && !_clock.IsKnown)
            {
                if (_clockAwaitedMs == 0)
                {
                    _clockAwaitedMs = BoardClock.UptimeMs + ClockWaitMs;
                    Sntp.UpdateNow();
                }

                if (BoardClock.UptimeMs < _clockAwaitedMs)
                {
                    return BoardClock.UptimeMs + IdleMs;
                }

                return Fail();
            }

            _client = BrokerClient.Open(settings, _board, _inbox);
            if (_client == null)
            {
                return Fail();
            }

            _connectedWith = settings;
            _statusDueMs = 0;
            return BoardClock.UptimeMs;
        }

        private long Send()
        {
            if (!_client.IsUsable)
            {
                return Fail();
            }

            if (_connectedWith != _settings && !_connectedWith.SameBroker(_settings))
            {
                Fail();
                _retryMs = 0;
                return BoardClock.UptimeMs;
            }

            long now = LastSeenMs;
            if (_inFlight != Message.None)
            {
                if (_client.IsAcknowledged(_inFlightId))
                {
                    Acknowledged();
                }
                else if (_client.IsRefused(_inFlightId) || now >= _inFlightEndMs)
                {
                    return Fail();
                }
                else
                {
                    return now + LookMs;
                }
            }

            byte[] payload = null;
            Monitor.Enter(_gate);
            try
            {
                payload = Choose(now);
            }
            finally
            {
                Monitor.Exit(_gate);
            }

            if (payload == null)
            {
                return now + IdleMs;
            }

            string topic = _inFlight == Message.Readings ? _readingsTopic : _inFlight == Message.Status ? _statusTopic : _eventTopic;
            _inFlightEndMs = now + AcknowledgeMsMax;
            _inFlightId = _client.Send(topic, payload, _inFlight == Message.Status);
            return BoardClock.UptimeMs + LookMs;
        }

        private byte[] Choose(long now)
        {
            if (now >= _statusDueMs)
            {
                _inFlight = Message.Status;
                SignalDbm = WifiLink.SignalDbm();
                return _status.StatusPack();
            }

            if (_events.Count != 0)
            {
                _inFlight = Message.Event;
                return _events.Peek();
            }

            if (_journal.Depth == 0)
            {
                _waitingSinceMs = -1;
                return null;
            }

            if (_waitingSinceMs < 0)
            {
                _waitingSinceMs = now;
            }

            if (!ReadingsDue(now) || !FillPack())
            {
                return null;
            }

            _inFlight = Message.Readings;
            return _pack.ToArray();
        }

        private bool ReadingsDue(long now)
        {
            long depth = _journal.Depth;
            return depth != 0 && (depth >= _settings.PackSamples || (_waitingSinceMs >= 0 && now >= WaitedOutMs));
        }

        // Dated and undated samples never share a pack, nor do samples of two boots when one of them is undated.
        private bool FillPack()
        {
            _pack.Begin(_board);
            bool dated = false;
            long ordinal;
            while (_journal.Next(_sample, out ordinal))
            {
                bool first = _pack.Samples == 0;
                bool isDated = _sample.Clock != ClockCode.None;
                if ((!first && isDated != dated) || !_pack.TryAdd(_sample))
                {
                    _journal.Unread();
                    break;
                }

                dated = isDated;
                _inFlightOrdinal = ordinal;
            }

            return _pack.Samples != 0;
        }

        private void Acknowledged()
        {
            Monitor.Enter(_gate);
            try
            {
                switch (_inFlight)
                {
                    case Message.Status:
                        _statusDueMs = LastSeenMs + StatusPeriodMs;
                        break;
                    case Message.Event:
                        _events.Remove();
                        break;
                    default:
                        _journal.Acknowledge(_inFlightOrdinal);
                        _waitingSinceMs = -1;
                        break;
                }
            }
            finally
            {
                Monitor.Exit(_gate);
            }

            _inFlight = Message.None;
            MemoryFailures = 0;
            AcknowledgedMs = LastSeenMs;
            AcknowledgedWith = _connectedWith;
            _backoff.Succeed();
        }

        private long Fail()
        {
            BrokerClient client = _client;
            _client = null;
            _inFlight = Message.None;
            Monitor.Enter(_gate);
            _journal.Rewind();
            Monitor.Exit(_gate);
            _clockAwaitedMs = 0;
            _retryMs = LastSeenMs + _backoff.Fail();
            if (client != null)
            {
                try
                {
                    client.Close();
                }
                catch (Exception)
                {
                    // It is thrown away in any case.
                    return _retryMs;
                }
            }

            return _retryMs;
        }
    }
}
