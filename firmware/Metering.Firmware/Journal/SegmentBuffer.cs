using System;
using Metering.Firmware.Flash;
using Metering.Wire;

namespace Metering.Firmware.Journal
{
    /// <summary>
    /// One segment as it is in flash: a header (magic, segment number, ordinal of the first sample, acknowledged ordinal,
    /// dropped samples, CRC), then records.
    /// </summary>
    public sealed class SegmentBuffer
    {
        public const int HeaderBytes = 24;

        /// <summary>One littlefs block.</summary>
        public const int SegmentBytes = 4096;

        private const uint Magic = 0x314A4D00;

        private readonly byte[] _bytes = new byte[SegmentBytes];
        private long _loaded = -1;

        /// <summary>Bytes of the segment.</summary>
        public int Length { get; private set; }

        public long FirstOrdinal
        {
            get { return Bytes.GetU32(_bytes, 8); }
        }

        /// <summary>As it was when the segment was begun.</summary>
        public long Acknowledged
        {
            get { return Bytes.GetU32(_bytes, 12); }
        }

        /// <summary>As it was when the segment was begun.</summary>
        public long Dropped
        {
            get { return Bytes.GetU32(_bytes, 16); }
        }

        /// <summary>Writes a header into a buffer.</summary>
        public static void WriteHeader(byte[] buffer, long segment, long firstOrdinal, long acknowledged, long dropped)
        {
            Bytes.PutU32(buffer, 0, Magic);
            Bytes.PutU32(buffer, 4, (uint)segment);
            Bytes.PutU32(buffer, 8, (uint)firstOrdinal);
            Bytes.PutU32(buffer, 12, (uint)acknowledged);
            Bytes.PutU32(buffer, 16, (uint)dropped);
            Bytes.PutU32(buffer, 20, Crc32.Of(buffer, 0, 20));
        }

        /// <summary>Makes it hold a segment; false when that has no whole header.</summary>
        public bool Load(long segment)
        {
            if (_loaded == segment)
            {
                return true;
            }

            int length = BoardFiles.Read(SegmentFiles.PathOf(segment), _bytes);
            bool whole = length >= HeaderBytes
                && Bytes.GetU32(_bytes, 0) == Magic
                && Bytes.GetU32(_bytes, 20) == Crc32.Of(_bytes, 0, 20);
            _loaded = whole ? segment : -1;
            Length = whole ? length : 0;
            return whole;
        }

        /// <summary>A segment in flash is another one now, or gone.</summary>
        public void Forget(long segment)
        {
            if (_loaded == segment)
            {
                _loaded = -1;
            }
        }

        /// <summary>Records were appended to a segment at a position: follows them, or forgets it.</summary>
        public void Follow(long segment, int at, byte[] records, int length)
        {
            if (_loaded == segment && Length == at)
            {
                Array.Copy(records, 0, _bytes, at, length);
                Length += length;
            }
            else
            {
                Forget(segment);
            }
        }

        /// <summary>The segment was cut off here.</summary>
        public void Cut(int length)
        {
            Length = length;
        }

        /// <summary>Type of the record at a position, 0 at the end or before a torn record.</summary>
        public byte TypeAt(int at)
        {
            return SampleCodec.TypeAt(_bytes, at, Length);
        }

        /// <summary>Position behind the record at a position.</summary>
        public int After(int at)
        {
            return at + _bytes[at];
        }

        public void ReadMark(int at, out long acknowledged, out long dropped)
        {
            SampleCodec.ReadMark(_bytes, at, out acknowledged, out dropped);
        }

        /// <summary>Reads the sample at a position; a base record becomes the basis of those after it.</summary>
        public bool ReadSample(int at, WireSample basis, WireSample sample)
        {
            byte type = TypeAt(at);
            if (type == SampleCodec.Delta)
            {
                return basis.Count > 0 && SampleCodec.ReadDelta(_bytes, at, basis, sample);
            }

            if (type != SampleCodec.Base || !SampleCodec.ReadBase(_bytes, at, basis))
            {
                return false;
            }

            return SampleCodec.ReadBase(_bytes, at, sample);
        }
    }
}
