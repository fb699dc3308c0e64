using Metering.Firmware.Flash;
using Metering.Wire;

namespace Metering.Firmware.Journal
{
    /// <summary>
    /// Journal records: [length][type][payload][CRC-32]. A base record holds a whole sample; a delta record holds the
    /// differences to the newest base record before it, so that a record lost in the middle costs that sample only.
    /// </summary>
    public static class SampleCodec
    {
        public const int RecordBytesMax = 250;

        public const byte Base = 1;
        public const byte Delta = 2;
        public const byte Mark = 3;

        private const int Overhead = 6;

        private const byte ClockBits = 3;
        private const byte HasFlags = 4;
        private const byte HasMissing = 8;

        /// <summary>Whether a sample can be written as a difference to a base.</summary>
        public static bool Matches(WireSample sample, WireSample basis)
        {
            if (basis.Count == 0 || sample.Boot != basis.Boot || sample.Count != basis.Count)
            {
                return false;
            }

            for (int i = 0; i < sample.Count; i++)
            {
                if (sample.Channels[i] != basis.Channels[i])
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Writes a base record; returns its length.</summary>
        public static int WriteBase(WireSample sample, byte[] buffer, int at)
        {
            int p = at + 2;
            p = Bytes.PutVar(buffer, p, sample.Boot);
            buffer[p++] = (byte)sample.Count;
            for (int i = 0; i < sample.Count; i++)
            {
                buffer[p++] = sample.Channels[i];
            }

            p = WriteBody(sample, null, buffer, p);
            return Close(buffer, at, p, Base);
        }

        /// <summary>Writes a delta record; returns its length.</summary>
        public static int WriteDelta(WireSample sample, WireSample basis, byte[] buffer, int at)
        {
            return Close(buffer, at, WriteBody(sample, basis, buffer, at + 2), Delta);
        }

        /// <summary>Writes a mark: samples before this ordinal are acknowledged, so many were dropped ever.</summary>
        public static int WriteMark(long acknowledged, long dropped, byte[] buffer, int at)
        {
            int p = Bytes.PutVar(buffer, at + 2, acknowledged);
            p = Bytes.PutVar(buffer, p, dropped);
            return Close(buffer, at, p, Mark);
        }

        /// <summary>Type of the record at a position, or 0 when there is no whole record.</summary>
        public static byte TypeAt(byte[] buffer, int at, int end)
        {
            if (at + Overhead >= end)
            {
                return 0;
            }

            int length = buffer[at];
            if (length <= Overhead || at + length > end)
            {
                return 0;
            }

            return Bytes.GetU32(buffer, at + length - 4) == Crc32.Of(buffer, at, length - 4) ? buffer[at + 1] : (byte)0;
        }

        /// <summary>Reads a base record into <paramref name="basis"/>; false when its content makes no sense.</summary>
        public static bool ReadBase(byte[] buffer, int at, WireSample basis)
        {
            int end = at + buffer[at] - 4;
            basis.Clear();
            int p = Bytes.GetVar(buffer, at + 2, end, out basis.Boot);
            if (p < 0 || p >= end)
            {
                return false;
            }

            int count = buffer[p++];
            if (count > WireLimits.ValuesMax || p + count > end)
            {
                return false;
            }

            for (int i = 0; i < count; i++)
            {
                basis.Add(buffer[p++], 0);
            }

            return ReadBody(buffer, p, end, null, basis);
        }

        /// <summary>Reads a delta record against its base into <paramref name="sample"/>.</summary>
        public static bool ReadDelta(byte[] buffer, int at, WireSample basis, WireSample sample)
        {
            sample.Clear();
            sample.Boot = basis.Boot;
            for (int i = 0; i < basis.Count; i++)
            {
                sample.Add(basis.Channels[i], 0);
            }

            return ReadBody(buffer, at + 2, at + buffer[at] - 4, basis, sample);
        }

        public static bool ReadMark(byte[] buffer, int at, out long acknowledged, out long dropped)
        {
            int end = at + buffer[at] - 4;
            dropped = 0;
            int p = Bytes.GetVar(buffer, at + 2, end, out acknowledged);
            return p > 0 && Bytes.GetVar(buffer, p, end, out dropped) > 0;
        }

        private static int WriteBody(WireSample sample, WireSample basis, byte[] buffer, int p)
        {
            bool missing = false;
            for (int i = 0; i < sample.Count; i++)
            {
                missing |= sample.Missing[i] != MissingCode.None;
            }

            buffer[p++] = (byte)(sample.Clock | (sample.Flags != 0 ? HasFlags : 0) | (missing ? HasMissing : 0));
            p = Bytes.PutVar(buffer, p, sample.Sequence - (basis == null ? 0 : basis.Sequence));
            long uptime = sample.Uptime - (basis == null ? 0 : basis.Uptime);
            p = Bytes.PutVar(buffer, p, uptime);

            // Against the base, the clock has usually moved exactly as far as the uptime.
            p = Bytes.PutVar(buffer, p, basis == null ? sample.Time : sample.Time - basis.Time - uptime);
            if (sample.Flags != 0)
            {
                buffer[p++] = sample.Flags;
            }

            for (int i = 0; i < sample.Count; i++)
            {
                if (missing)
                {
                    buffer[p++] = sample.Missing[i];
                }

                if (sample.Missing[i] == MissingCode.None)
                {
                    p = Bytes.PutVar(buffer, p, sample.Values[i] - (basis == null ? 0 : basis.Values[i]));
                }
            }

            return p;
        }

        private static bool ReadBody(byte[] buffer, int p, int end, WireSample basis, WireSample sample)
        {
            if (p >= end)
            {
                return false;
            }

            byte head = buffer[p++];
            sample.Clock = (byte)(head & ClockBits);
            p = Bytes.GetVar(buffer, p, end, out sample.Sequence);
            p = p < 0 ? p : Bytes.GetVar(buffer, p, end, out sample.Uptime);
            p = p < 0 ? p : Bytes.GetVar(buffer, p, end, out sample.Time);
            if (p < 0 || ((head & HasFlags) != 0 && p >= end))
            {
                return false;
            }

            if (basis != null)
            {
                sample.Time += basis.Time + sample.Uptime;
                sample.Uptime += basis.Uptime;
                sample.Sequence += basis.Sequence;
            }

            sample.Flags = (head & HasFlags) != 0 ? buffer[p++] : (byte)0;
            for (int i = 0; i < sample.Count; i++)
            {
                byte missing = MissingCode.None;
                if ((head & HasMissing) != 0)
                {
                    if (p >= end)
                    {
                        return false;
                    }

                    missing = buffer[p++];
                }

                sample.Missing[i] = missing;
                sample.Values[i] = 0;
                if (missing == MissingCode.None)
                {
                    p = Bytes.GetVar(buffer, p, end, out sample.Values[i]);
                    if (p < 0)
                    {
                        return false;
                    }

                    if (basis != null)
                    {
                        sample.Values[i] += basis.Values[i];
                    }
                }
            }

            return p == end;
        }

        private static int Close(byte[] buffer, int at, int p, byte type)
        {
            buffer[at] = (byte)(p + 4 - at);
            buffer[at + 1] = type;
            Bytes.PutU32(buffer, p, Crc32.Of(buffer, at, p - at));
            return p + 4 - at;
        }
    }
}
