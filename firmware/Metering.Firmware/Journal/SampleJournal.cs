using System;
using Metering.Firmware.Flash;
using Metering.Wire;

namespace Metering.Firmware.Journal
{
    /// <summary>
    /// Samples on their way to the collector, in flash: append-only segments of one littlefs block, the oldest dropped
    /// first when the bound is reached. Every sample has an ordinal that never repeats; a mark in the newest segment,
    /// written along with the next sample, says up to which ordinal the collector has acknowledged.
    /// </summary>
    /// <remarks>A power cut leaves at most a torn record at the end of the newest segment, which is cut off at the next
    /// start. After a cut some samples are sent again; the collector knows them by board, boot and sequence.</remarks>
    public sealed class SampleJournal
    {
        /// <summary>One littlefs block.</summary>
        public const int SegmentBytes = 4096;

        private const int HeaderBytes = 24;
        private const uint Magic = 0x314A4D00;
        private const int MarkBytesMax = 2 + 10 + 10 + 4;

        private readonly int _segmentsMax;
        private readonly byte[] _record = new byte[SampleCodec.RecordBytesMax + MarkBytesMax + HeaderBytes];

        // The segment that is being read, as it is in flash.
        private readonly byte[] _segment = new byte[SegmentBytes];
        private long _loaded = -1;
        private int _loadedLength;

        // The newest segment.
        private readonly WireSample _tailBase = new WireSample();
        private long _tail;
        private int _tailLength;
        private bool _tailBroken;

        // The oldest segment.
        private long _head;

        private long _nextOrdinal = 1;
        private long _acknowledged = 1;
        private long _marked;
        private long _dropped;
        private bool _dropPending;
        private long _firstAfterDrop;

        // Ordinal of the first sample of the second-oldest segment; 0: not looked up yet.
        private long _boundary;

        // Reading position: the next sample to be sent, and where it was before the last one read.
        private readonly WireSample _readBase = new WireSample();
        private long _readSegment;
        private int _readAt;
        private long _readOrdinal;
        private int _lastAt;
        private bool _readReady;

        /// <param name="segmentsMax">Segments of 4 KiB that the journal may fill, 2 or more.</param>
        public SampleJournal(int segmentsMax)
        {
            _segmentsMax = segmentsMax;
        }

        /// <summary>Samples waiting.</summary>
        public long Depth
        {
            get { return _nextOrdinal - _acknowledged; }
        }

        /// <summary>Samples dropped since the board was made.</summary>
        public long Dropped
        {
            get { return _dropped; }
        }

        /// <summary>Whether there was no journal at the start: a new board, or a reformatted partition.</summary>
        public bool WasEmpty { get; private set; }

        /// <summary>Appends that the flash did not take; each is a dropped sample.</summary>
        public int FailedAppends { get; private set; }

        /// <summary>Finds what is in flash. <paramref name="newest"/> becomes the newest sample, with Count 0 when there is none.</summary>
        public void Open(WireSample newest)
        {
            newest.Clear();
            FindSegments();
            if (_tail == 0)
            {
                WasEmpty = true;
                return;
            }

            while (_tail >= _head && !ScanTail(newest))
            {
                // A newest segment without a whole header was cut at its creation and holds nothing.
                BoardFiles.Delete(PathOf(_tail));
                _tail--;
            }

            if (_tail < _head)
            {
                _tail = 0;
                _head = 0;
                WasEmpty = true;
                return;
            }

            if (newest.Count == 0 && _tail > _head)
            {
                ReadNewestOf(_tail - 1, newest);
            }

            DeleteAcknowledged();
        }

        /// <summary>Appends a sample, durable when it returns true. When the flash does not take it, it counts as dropped.</summary>
        public bool Append(WireSample sample)
        {
            if (_dropPending)
            {
                sample.Flags |= SampleFlag.JournalDropped;
            }

            bool written = !_tailBroken && _tail != 0 && AppendToTail(sample);
            if (!written)
            {
                written = StartSegment(sample);
            }

            if (!written)
            {
                FailedAppends++;
                _dropped++;
                _dropPending = true;
                return false;
            }

            _dropPending = false;
            _nextOrdinal++;
            return true;
        }

        /// <summary>Goes back to the oldest sample that is not acknowledged.</summary>
        public void Rewind()
        {
            _readReady = false;
        }

        /// <summary>Reads the next sample in order; false when there is none. Returns its ordinal.</summary>
        public bool Next(WireSample sample, out long ordinal)
        {
            ordinal = 0;
            if (!_readReady)
            {
                _readSegment = _head;
                _readAt = 0;
                _readReady = true;
            }

            while (_readSegment != 0 && _readSegment <= _tail)
            {
                if (!Load(_readSegment))
                {
                    _readSegment++;
                    _readAt = 0;
                    continue;
                }

                if (_readAt == 0)
                {
                    _readAt = HeaderBytes;
                    _readOrdinal = Bytes.GetU32(_segment, 8);
                    _readBase.Clear();
                }

                byte type = SampleCodec.TypeAt(_segment, _readAt, _loadedLength);
                if (type == 0)
                {
                    if (_readSegment == _tail)
                    {
                        return false;
                    }

                    _readSegment++;
                    _readAt = 0;
                    continue;
                }

                int at = _readAt;
                _readAt += _segment[at];
                if (type == SampleCodec.Mark)
                {
                    continue;
                }

                long current = _readOrdinal++;
                bool good = Decode(_segment, at, type, _readBase, sample);
                if (good && current >= _acknowledged)
                {
                    if (current == _firstAfterDrop)
                    {
                        sample.Flags |= SampleFlag.JournalDropped;
                    }

                    ordinal = current;
                    _lastAt = at;
                    return true;
                }
            }

            return false;
        }

        /// <summary>Puts the sample that <see cref="Next"/> returned last back, to be read again.</summary>
        public void Unread()
        {
            _readAt = _lastAt;
            _readOrdinal--;
        }

        /// <summary>The collector has everything up to and including this ordinal.</summary>
        public void Acknowledge(long ordinal)
        {
            if (ordinal + 1 > _acknowledged)
            {
                _acknowledged = ordinal + 1;
                DeleteAcknowledged();
            }
        }

        private static string PathOf(long segment)
        {
            return BoardFiles.Root + "journal" + segment.ToString() + ".bin";
        }

        /// <summary>Number in a path, or 0.</summary>
        private static long SegmentOf(string path)
        {
            int start = path.LastIndexOf('\\') + 1;
            if (path.Length - start < 12 || path.Substring(start, 7) != "journal" || path.Substring(path.Length - 4) != ".bin")
            {
                return 0;
            }

            long number = 0;
            for (int i = start + 7; i < path.Length - 4; i++)
            {
                int digit = path[i] - '0';
                if (digit < 0 || digit > 9)
                {
                    return 0;
                }

                number = (number * 10) + digit;
            }

            return number;
        }

        private static bool Decode(byte[] buffer, int at, byte type, WireSample basis, WireSample sample)
        {
            if (type == SampleCodec.Delta)
            {
                return basis.Count > 0 && SampleCodec.ReadDelta(buffer, at, basis, sample);
            }

            if (type != SampleCodec.Base || !SampleCodec.ReadBase(buffer, at, basis))
            {
                return false;
            }

            return SampleCodec.ReadBase(buffer, at, sample);
        }

        private void FindSegments()
        {
            string[] paths = BoardFiles.List();
            _head = 0;
            _tail = 0;
            for (int i = 0; i < paths.Length; i++)
            {
                long number = SegmentOf(paths[i]);
                if (number == 0)
                {
                    continue;
                }

                if (_head == 0 || number < _head)
                {
                    _head = number;
                }

                if (number > _tail)
                {
                    _tail = number;
                }
            }
        }

        private bool Load(long segment)
        {
            if (_loaded == segment)
            {
                return true;
            }

            int length = BoardFiles.Read(PathOf(segment), _segment);
            bool whole = length >= HeaderBytes
                && Bytes.GetU32(_segment, 0) == Magic
                && Bytes.GetU32(_segment, 20) == Crc32.Of(_segment, 0, 20);
            _loaded = whole ? segment : -1;
            _loadedLength = whole ? length : 0;
            return whole;
        }

        // Header: magic, segment number, ordinal of the first sample, acknowledged ordinal, dropped samples, CRC.
        private bool ScanTail(WireSample newest)
        {
            if (!Load(_tail))
            {
                return false;
            }

            long ordinal = Bytes.GetU32(_segment, 8);
            _acknowledged = Bytes.GetU32(_segment, 12);
            _dropped = Bytes.GetU32(_segment, 16);
            _tailBase.Clear();
            int at = HeaderBytes;
            byte type = SampleCodec.TypeAt(_segment, at, _loadedLength);
            while (type != 0)
            {
                if (type == SampleCodec.Mark)
                {
                    SampleCodec.ReadMark(_segment, at, out _acknowledged, out _dropped);
                }
                else
                {
                    Decode(_segment, at, type, _tailBase, newest);
                    ordinal++;
                }

                at += _segment[at];
                type = SampleCodec.TypeAt(_segment, at, _loadedLength);
            }

            _nextOrdinal = ordinal;
            _marked = _acknowledged;
            _tailLength = at;
            if (at < _loadedLength)
            {
                _tailBroken = !BoardFiles.Truncate(PathOf(_tail), at);
                _loadedLength = at;
            }

            return true;
        }

        private void ReadNewestOf(long segment, WireSample newest)
        {
            if (!Load(segment))
            {
                return;
            }

            int at = HeaderBytes;
            _readBase.Clear();
            byte type = SampleCodec.TypeAt(_segment, at, _loadedLength);
            while (type != 0)
            {
                if (type != SampleCodec.Mark)
                {
                    Decode(_segment, at, type, _readBase, newest);
                }

                at += _segment[at];
                type = SampleCodec.TypeAt(_segment, at, _loadedLength);
            }
        }

        private bool AppendToTail(WireSample sample)
        {
            int length = 0;
            if (_acknowledged != _marked)
            {
                length = SampleCodec.WriteMark(_acknowledged, _dropped, _record, 0);
            }

            bool delta = SampleCodec.Matches(sample, _tailBase);
            length += delta
                ? SampleCodec.WriteDelta(sample, _tailBase, _record, length)
                : SampleCodec.WriteBase(sample, _record, length);
            if (_tailLength + length > SegmentBytes)
            {
                return false;
            }

            if (!BoardFiles.Append(PathOf(_tail), _record, length))
            {
                // Whatever part of it arrived must not stand before another record.
                _tailBroken = true;
                return false;
            }

            Appended(length, sample, delta);
            return true;
        }

        private void Appended(int length, WireSample sample, bool delta)
        {
            if (_loaded == _tail && _loadedLength == _tailLength)
            {
                Array.Copy(_record, 0, _segment, _tailLength, length);
                _loadedLength += length;
            }
            else if (_loaded == _tail)
            {
                _loaded = -1;
            }

            _tailLength += length;
            _marked = _acknowledged;
            if (!delta)
            {
                Copy(sample, _tailBase);
            }
        }

        private bool StartSegment(WireSample sample)
        {
            if (_tail != 0 && _tail - _head + 1 >= _segmentsMax)
            {
                DropOldest();
            }

            long segment = _tail + 1;
            Bytes.PutU32(_record, 0, Magic);
            Bytes.PutU32(_record, 4, (uint)segment);
            Bytes.PutU32(_record, 8, (uint)_nextOrdinal);
            Bytes.PutU32(_record, 12, (uint)_acknowledged);
            Bytes.PutU32(_record, 16, (uint)_dropped);
            Bytes.PutU32(_record, 20, Crc32.Of(_record, 0, 20));
            int length = HeaderBytes + SampleCodec.WriteBase(sample, _record, HeaderBytes);
            if (!BoardFiles.Replace(PathOf(segment), _record, length))
            {
                return false;
            }

            _tail = segment;
            _boundary = 0;
            if (_head == 0)
            {
                _head = segment;
            }

            _tailBroken = false;
            _tailLength = length;
            _marked = _acknowledged;
            Copy(sample, _tailBase);
            if (_loaded == segment)
            {
                _loaded = -1;
            }

            DeleteAcknowledged();
            return true;
        }

        private void DropOldest()
        {
            long first = FirstOrdinalOf(_head + 1);
            long lost = first - _acknowledged;
            if (lost > 0)
            {
                _dropped += lost;
                _acknowledged = first;
                _firstAfterDrop = first;
            }

            DeleteHead();
        }

        private void DeleteAcknowledged()
        {
            while (_head != 0 && _head < _tail)
            {
                if (_boundary == 0)
                {
                    _boundary = FirstOrdinalOf(_head + 1);
                }

                if (_boundary > _acknowledged)
                {
                    return;
                }

                DeleteHead();
            }
        }

        private void DeleteHead()
        {
            BoardFiles.Delete(PathOf(_head));
            if (_loaded == _head)
            {
                _loaded = -1;
            }

            _head++;
            _boundary = 0;
            if (_readReady && _readSegment < _head)
            {
                _readReady = false;
            }
        }

        // Ordinal of the first sample of a segment; a segment that cannot be read counts as empty.
        private long FirstOrdinalOf(long segment)
        {
            while (segment <= _tail)
            {
                if (Load(segment))
                {
                    return Bytes.GetU32(_segment, 8);
                }

                segment++;
            }

            return _nextOrdinal;
        }

        private static void Copy(WireSample from, WireSample to)
        {
            to.Boot = from.Boot;
            to.Sequence = from.Sequence;
            to.Uptime = from.Uptime;
            to.Time = from.Time;
            to.Clock = from.Clock;
            to.Flags = from.Flags;
            to.Count = from.Count;
            Array.Copy(from.Channels, to.Channels, from.Count);
            Array.Copy(from.Values, to.Values, from.Count);
            Array.Copy(from.Missing, to.Missing, from.Count);
        }
    }
}
