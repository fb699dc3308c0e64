namespace Metering.Virtual;

/// <summary>CRC-8 of Sensirion's words: polynomial 0x31, initial 0xFF (SHT4x data sheet, section 4.4).</summary>
internal static class SensirionCrc
{
    public static byte Of(byte high, byte low)
    {
        var crc = 0xff ^ high;
        crc = Shift(crc);
        crc ^= low;
        return (byte)Shift(crc);
    }

    private static int Shift(int crc)
    {
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 0x80) != 0 ? ((crc << 1) ^ 0x31) & 0xff : (crc << 1) & 0xff;
        }

        return crc;
    }
}
