namespace Metering.Firmware.Drivers
{
    /// <summary>Sensirion's 16-bit words with CRC-8: polynomial 0x31, initial 0xFF; CRC of 0xBEEF is 0x92 (data sheets).</summary>
    public static class SensirionWord
    {
        public static byte Crc(byte high, byte low)
        {
            return (byte)Shift(Shift(0xFF ^ high) ^ low);
        }

        /// <summary>The word at a position, or -1 when its CRC is wrong.</summary>
        public static int Read(byte[] buffer, int at)
        {
            return Crc(buffer[at], buffer[at + 1]) == buffer[at + 2] ? (buffer[at] << 8) | buffer[at + 1] : -1;
        }

        /// <summary>offset + span x word / 65535, in hundredths, rounded half up.</summary>
        public static int Centi(int word, int offsetCenti, int spanCenti)
        {
            return offsetCenti + (int)((((long)spanCenti * word * 2) + 65535) / (2 * 65535L));
        }

        private static int Shift(int crc)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x80) != 0 ? ((crc << 1) ^ 0x31) & 0xFF : (crc << 1) & 0xFF;
            }

            return crc;
        }
    }
}
