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
        private const int MarkBytesMax = 2 + 10 + 10 + 4;

        private readonly int _segmentsMax;
        private readonly byte[] _record = new byte[SampleCodec.RecordBytesMax + MarkBytesMax + SegmentBuffer.HeaderBytes];

        private readonly SegmentFiles _files = new SegmentFiles();

        // The segment that is being read.
        private readonly SegmentBuffer _segment = new SegmentBuffer();

        // The newest segment.
        private readonly WireSample _tailBase = new WireSample();
        private int _tailLength;
        private bool _tailBroken;

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
            _files.Find();
            if (_files.Tail == 0)
            {
                WasEmpty = true;
                return;
            }

            while (_files.Tail >= _files.Head && !ScanTail(newest))
            {
                // A newest segment without a whole header was cut at its creation and holds nothing.
                BoardFiles.Delete(SegmentFiles.PathOf(_files.Tail));
                _files.Tail--;
            }

            if (_files.Tail < _files.Head)
            {
                _files.Tail = 0;
                _files.Head = 0;
                WasEmpty = true;
                return;
            }

            if (newest.Count == 0 && _files.Tail > _files.Head)
            {
                ReadNewestOf(_files.Tail - 1, newest);
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

            bool written = !_tailBroken && _files.Tail != 0 && AppendToTail(sample);
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
                _readSegment = _files.Head;
                _readAt = 0;
                _readReady = true;
            }

            while (_readSegment != 0 && _readSegment <= _files.Tail)
            {
                if (!_segment.Load(_readSegment))
                {
                    _readSegment++;
                    _readAt = 0;
                    continue;
                }

                if (_readAt == 0)
                {
                    _readAt = SegmentBuffer.HeaderBytes;
                    _readOrdinal = _segment.FirstOrdinal;
                    _readBase.Clear();
                }

                byte type = _segment.TypeAt(_readAt);
                if (type == 0)
                {
                    if (_readSegment == _files.Tail)
                    {
                        return false;
                    }

                    _readSegment++;
                    _readAt = 0;
                    continue;
                }

                int at = _readAt;
                _readAt = _segment.After(at);
                if (type == SampleCodec.Mark)
                {
                    continue;
                }

                long current = _readOrdinal++;
                bool good = _segment.ReadSample(at, _readBase, sample);
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

        private bool ScanTail(WireSample newest)
        {
            if (!_segment.Load(_files.Tail))
            {
                return false;
            }

            long ordinal = _segment.FirstOrdinal;
            _acknowledged = _segment.Acknowledged;
            _dropped = _segment.Dropped;
            _tailBase.Clear();
            int at = SegmentBuffer.HeaderBytes;
            byte type = _segment.TypeAt(at);
            while (type != 0)
            {
                if (type == SampleCodec.Mark)
                {
                    _segment.ReadMark(at, out _acknowledged, out _dropped);
                }
                else
                {
                    _segment.ReadSample(at, _tailBase, newest);
                    ordinal++;
                }

                at = _segment.After(at);
                type = _segment.TypeAt(at);
            }

            _nextOrdinal = ordinal;
            _marked = _acknowledged;
            _tailLength = at;
            if (at < _segment.Length)
            {
                _tailBroken = !BoardFiles.Truncate(SegmentFiles.PathOf(_files.Tail), at);
                _segment.Cut(at);
            }

            return true;
        }

        private void ReadNewestOf(long segment, WireSample newest)
        {
            if (!_segment.Load(segment))
            {
                return;
            }

            int at = SegmentBuffer.HeaderBytes;
            _readBase.Clear();
            byte type = _segment.TypeAt(at);
            while (type != 0)
            {
                if (type != SampleCodec.Mark)
                {
                    _segment.ReadSample(at, _readBase, newest);
                }

                at = _segment.After(at);
                type = _segment.TypeAt(at);
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
            if (_tailLength + length > SegmentBuffer.SegmentBytes)
            {
                return false;
            }

            if (!BoardFiles.Append(SegmentFiles.PathOf(_files.Tail), _record, length))
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
            _segment.Follow(_files.Tail, _tailLength, _record, length);
            _tailLength += length;
            _marked = _acknowledged;
            if (!delta)
            {
                Copy(sample, _tailBase);
            }
        }

        private bool StartSegment(WireSample sample)
        {
            if (_files.Count >= _segmentsMax)
            {
                DropOldest();
            }

            long segment = _files.Tail + 1;
            SegmentBuffer.WriteHeader(_record, segment, _nextOrdinal, _acknowledged, _dropped);
            int length = SegmentBuffer.HeaderBytes + SampleCodec.WriteBase(sample, _record, SegmentBuffer.HeaderBytes);
            if (!BoardFiles.Replace(SegmentFiles.PathOf(segment), _record, length))
            {
                return false;
            }

            _files.Tail = segment;
            _boundary = 0;
            if (_files.Head == 0)
            {
                _files.Head = segment;
            }

            _tailBroken = false;
            _tailLength = length;
            _marked = _acknowledged;
            Copy(sample, _tailBase);
            _segment.Forget(segment);
            DeleteAcknowledged();
            return true;
        }

        private void DropOldest()
        {
            long first = FirstOrdinalOf(_files.Head + 1);
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
            while (_files.Head != 0 && _files.Head < _files.Tail)
            {
                if (_boundary == 0)
                {
                    _boundary = FirstOrdinalOf(_files.Head + 1);
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
            BoardFiles.Delete(SegmentFiles.PathOf(_files.Head));
            _segment.Forget(_files.Head);
            _files.Head++;
            _boundary = 0;
            if (_readReady && _readSegment < _files.Head)
            {
                _readReady = false;
            }
        }

        // Ordinal of the first sample of a segment; a segment that cannot be read counts as empty.
        private long FirstOrdinalOf(long segment)
        {
            while (segment <= _files.Tail)
            {
                if (_segment.Load(segment))
                {
                    return _segment.FirstOrdinal;
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
