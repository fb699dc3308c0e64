namespace Metering.Firmware.Flash
{
    /// <summary>CRC-32 of IEEE 802.3 (polynomial 0x04C11DB7, reflected), four bits at a time: 64 bytes of table.</summary>
    public static class Crc32
    {
        private static readonly uint[] Table = new uint[]
        {
            0x00000000, 0x1DB71064, 0x3B6E20C8, 0x26D930AC, 0x76DC4190, 0x6B6B51F4, 0x4DB26158, 0x5005713C,
            0xEDB88320, 0xF00F9344, 0xD6D6A3E8, 0xCB61B38C, 0x9B64C2B0, 0x86D3D2D4, 0xA00AE278, 0xBDBDF21C,
        };

        public static uint Of(byte[] data, int start, int count)
        {
            uint[] table = Table;
            uint crc = 0xFFFFFFFF;
            int end = start + count;
            for (int i = start; i < end; i++)
            {
                crc ^= data[i];
                crc = (crc >> 4) ^ table[(int)(crc & 15)];
                crc = (crc >> 4) ^ table[(int)(crc & 15)];
            }

            return ~crc;
        }
    }
}
