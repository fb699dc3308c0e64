using Metering.Firmware.Flash;
using Metering.Wire;

namespace Metering.Firmware.Pulses
{
    /// <summary>What has to survive a power cut: the registers, the boot number, the last known time.</summary>
    public sealed class RegisterState
    {
        /// <summary>Encoded size for the most channels, bytes.</summary>
        public const int BytesMax = HeaderBytes + 4 + (12 * WireLimits.PulseChannelsMax);

        private const int HeaderBytes = 28;
        private const byte Magic = 0x4D;
        private const byte Version = 1;
        private const byte EndMask = 3;
        private const byte DoubtBit = 4;

        /// <summary>Counts saves; the copy with the higher one is newer.</summary>
        public uint Save;

        public int Boot;

        /// <summary>Unix seconds at the save, 0 when the clock was not known.</summary>
        public long UnixSeconds;

        /// <summary>How the board stopped after this save, one of the constants of <see cref="RegisterEnd"/>.</summary>
        public byte End;

        /// <summary>Pulses may be missing from the registers, and no sample has said so yet.</summary>
        public bool InDoubt;

        /// <summary>Boot and sequence of the last sample before a register was set by command; older samples say nothing
        /// about the register any more.</summary>
        public int SetBoot;

        public long SetSequence;

        public int Channels;
        public readonly long[] Index = new long[WireLimits.PulseChannelsMax];
        public readonly long[] Implausible = new long[WireLimits.PulseChannelsMax];

        /// <summary>Encodes into a buffer of at least <see cref="BytesMax"/>; returns the length.</summary>
        public int Encode(byte[] buffer)
        {
            buffer[0] = Magic;
            buffer[1] = Version;
            buffer[2] = (byte)Channels;
            buffer[3] = (byte)(End | (InDoubt ? DoubtBit : 0));
            Bytes.PutU32(buffer, 4, Save);
            Bytes.PutU32(buffer, 8, (uint)Boot);
            Bytes.PutI64(buffer, 12, UnixSeconds);
            Bytes.PutU32(buffer, 20, (uint)SetBoot);
            Bytes.PutU32(buffer, 24, (uint)SetSequence);
            int at = HeaderBytes;
            for (int i = 0; i < Channels; i++)
            {
                Bytes.PutI64(buffer, at, Index[i]);
                Bytes.PutU32(buffer, at + 8, (uint)Implausible[i]);
                at += 12;
            }

            Bytes.PutU32(buffer, at, Crc32.Of(buffer, 0, at));
            return at + 4;
        }

        /// <summary>Decodes; false when the copy is torn, empty or of another version.</summary>
        public bool Decode(byte[] buffer, int length)
        {
            if (length < HeaderBytes + 4 || buffer[0] != Magic || buffer[1] != Version || buffer[2] > WireLimits.PulseChannelsMax)
            {
                return false;
            }

            int end = HeaderBytes + (12 * buffer[2]);
            if (length < end + 4 || Bytes.GetU32(buffer, end) != Crc32.Of(buffer, 0, end))
            {
                return false;
            }

            Channels = buffer[2];
            End = (byte)(buffer[3] & EndMask);
            InDoubt = (buffer[3] & DoubtBit) != 0;
            Save = Bytes.GetU32(buffer, 4);
            Boot = (int)Bytes.GetU32(buffer, 8);
            UnixSeconds = Bytes.GetI64(buffer, 12);
            SetBoot = (int)Bytes.GetU32(buffer, 20);
            SetSequence = Bytes.GetU32(buffer, 24);
            for (int i = 0; i < Channels; i++)
            {
                Index[i] = Bytes.GetI64(buffer, HeaderBytes + (12 * i));
                Implausible[i] = Bytes.GetU32(buffer, HeaderBytes + 8 + (12 * i));
            }

            return true;
        }
    }
}
