namespace Metering.Firmware.Drivers
{
    /// <summary>The data sheet's integer compensation (BST-BME280-DS001, section 4.2.3), names as there.</summary>
    public sealed class Bme280Compensation
    {
        private int _t1;
        private int _t2;
        private int _t3;
        private int _p1;
        private int _p2;
        private int _p3;
        private int _p4;
        private int _p5;
        private int _p6;
        private int _p7;
        private int _p8;
        private int _p9;
        private int _h1;
        private int _h2;
        private int _h3;
        private int _h4;
        private int _h5;
        private int _h6;
        private int _fine;

        /// <summary>Loads registers 0x88 to 0xA1 and 0xE1 to 0xE7 (table 16).</summary>
        public void Load(byte[] first, byte[] second)
        {
            _t1 = Unsigned(first, 0);
            _t2 = Signed(first, 2);
            _t3 = Signed(first, 4);
            _p1 = Unsigned(first, 6);
            _p2 = Signed(first, 8);
            _p3 = Signed(first, 10);
            _p4 = Signed(first, 12);
            _p5 = Signed(first, 14);
            _p6 = Signed(first, 16);
            _p7 = Signed(first, 18);
            _p8 = Signed(first, 20);
            _p9 = Signed(first, 22);
            _h1 = first[25];
            _h2 = Signed(second, 0);
            _h3 = second[2];
            _h4 = ((sbyte)second[3] * 16) | (second[4] & 0x0F);
            _h5 = ((sbyte)second[5] * 16) | (second[4] >> 4);
            _h6 = (sbyte)second[6];
        }

        /// <summary>Hundredths of a degree; to be called before the others, which need its fine value.</summary>
        public int TemperatureCenti(int raw)
        {
            int var1 = (((raw >> 3) - (_t1 << 1)) * _t2) >> 11;
            int var2 = (((((raw >> 4) - _t1) * ((raw >> 4) - _t1)) >> 12) * _t3) >> 14;
            _fine = var1 + var2;
            return ((_fine * 5) + 128) >> 8;
        }

        /// <summary>Pascals (64-bit form), rounded down from the data sheet's 1/256.</summary>
        public int PressurePa(int raw)
        {
            long var1 = (long)_fine - 128000;
            long var2 = var1 * var1 * _p6;
            var2 += (var1 * _p5) << 17;
            var2 += (long)_p4 << 35;
            var1 = ((var1 * var1 * _p3) >> 8) + ((var1 * _p2) << 12);
            var1 = ((((long)1 << 47) + var1) * _p1) >> 33;
            if (var1 == 0)
            {
                return 0;
            }

            long p = 1048576 - raw;
            p = (((p << 31) - var2) * 3125) / var1;
            var1 = (_p9 * (p >> 13) * (p >> 13)) >> 25;
            var2 = (_p8 * p) >> 19;
            p = ((p + var1 + var2) >> 8) + ((long)_p7 << 4);
            return (int)(p >> 8);
        }

        /// <summary>Hundredths of a percent, from the data sheet's 1/1024, rounded half up.</summary>
        public int HumidityCenti(int raw)
        {
            int x = _fine - 76800;
            x = ((((raw << 14) - (_h4 << 20) - (_h5 * x)) + 16384) >> 15)
                * (((((((x * _h6) >> 10) * (((x * _h3) >> 11) + 32768)) >> 10) + 2097152) * _h2 + 8192) >> 14);
            x -= ((((x >> 15) * (x >> 15)) >> 7) * _h1) >> 4;
            x = x < 0 ? 0 : x;
            x = x > 419430400 ? 419430400 : x;
            return (int)((((long)(x >> 12) * 100) + 512) >> 10);
        }

        private static int Unsigned(byte[] bytes, int at)
        {
            return bytes[at] | (bytes[at + 1] << 8);
        }

        private static int Signed(byte[] bytes, int at)
        {
            return (short)(bytes[at] | (bytes[at + 1] << 8));
        }
    }
}
