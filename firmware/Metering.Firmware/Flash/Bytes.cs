namespace Metering.Firmware.Flash
{
    /// <summary>Little-endian integers and variable-length integers in a byte array.</summary>
    public static class Bytes
    {
        public static void PutU32(byte[] buffer, int at, uint value)
        {
            buffer[at] = (byte)value;
            buffer[at + 1] = (byte)(value >> 8);
            buffer[at + 2] = (byte)(value >> 16);
            buffer[at + 3] = (byte)(value >> 24);
        }

        public static uint GetU32(byte[] buffer, int at)
        {
            return (uint)(buffer[at] | (buffer[at + 1] << 8) | (buffer[at + 2] << 16) | (buffer[at + 3] << 24));
        }

        public static void PutI64(byte[] buffer, int at, long value)
        {
            PutU32(buffer, at, (uint)value);
            PutU32(buffer, at + 4, (uint)(value >> 32));
        }

        public static long GetI64(byte[] buffer, int at)
        {
            return (long)GetU32(buffer, at) | ((long)GetU32(buffer, at + 4) << 32);
        }

        /// <summary>Seven bits a byte, sign in the lowest bit; returns the position behind it.</summary>
        public static int PutVar(byte[] buffer, int at, long value)
        {
            ulong bits = (ulong)((value << 1) ^ (value >> 63));
            while (bits >= 0x80)
            {
                buffer[at++] = (byte)(bits | 0x80);
                bits >>= 7;
            }

            buffer[at++] = (byte)bits;
            return at;
        }

        /// <summary>Reads what <see cref="PutVar"/> wrote; returns the position behind it, or -1 when it runs past the end.</summary>
        public static int GetVar(byte[] buffer, int at, int end, out long value)
        {
            ulong bits = 0;
            int shift = 0;
            value = 0;
            while (at < end && shift < 64)
            {
                byte b = buffer[at++];
                bits |= (ulong)(b & 0x7F) << shift;
                if (b < 0x80)
                {
                    value = (long)(bits >> 1) ^ -(long)(bits & 1);
                    return at;
                }

                shift += 7;
            }

            return -1;
        }
    }
}
