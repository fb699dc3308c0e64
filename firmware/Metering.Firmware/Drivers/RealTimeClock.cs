using System;
using System.Device.I2c;

namespace Metering.Firmware.Drivers
{
    /// <summary>
    /// RV-3028-C7 (0x52) or DS3231 (0x68). Both hold the time as BCD in registers 0 to 6 and a flag that says that it was
    /// lost: RV-3028 PORF, status 0x0E bit 0; DS3231 OSF, status 0x0F bit 7. Kept in UTC.
    /// </summary>
    public sealed class RealTimeClock
    {
        public const int Rv3028Address = 0x52;
        public const int Ds3231Address = 0x68;

        private const byte Rv3028Status = 0x0E;
        private const byte Rv3028Lost = 0x01;
        private const byte Rv3028Control1 = 0x0F;
        private const byte Rv3028NoRefresh = 0x08;
        private const byte Rv3028Backup = 0x37;
        private const byte Rv3028LevelSwitching = 0x0C;
        private const byte Ds3231Status = 0x0F;
        private const byte Ds3231Lost = 0x80;

        private readonly I2cDevice _device;
        private readonly byte _status;
        private readonly byte _lostBit;
        private readonly byte[] _write = new byte[8];
        private readonly byte[] _read = new byte[7];

        private RealTimeClock(int bus, int address, byte status, byte lostBit)
        {
            _device = new I2cDevice(new I2cConnectionSettings(bus, address, I2cBusSpeed.StandardMode));
            _status = status;
            _lostBit = lostBit;
        }

        /// <summary>The clock that answers, or null.</summary>
        public static RealTimeClock Find(int bus)
        {
            RealTimeClock rv3028 = new RealTimeClock(bus, Rv3028Address, Rv3028Status, Rv3028Lost);
            if (rv3028.Read(Rv3028Status, 1))
            {
                rv3028.UseBackupSupply();
                return rv3028;
            }

            RealTimeClock ds3231 = new RealTimeClock(bus, Ds3231Address, Ds3231Status, Ds3231Lost);
            return ds3231.Read(Ds3231Status, 1) ? ds3231 : null;
        }

        /// <summary>Unix seconds, or 0 when the clock does not answer, lost the time or says nonsense.</summary>
        public long Get()
        {
            if (!Read(_status, 1) || (_read[0] & _lostBit) != 0 || !Read(0, 7))
            {
                return 0;
            }

            int second = Binary(_read[0] & 0x7F);
            int minute = Binary(_read[1] & 0x7F);
            int hour = Binary(_read[2] & 0x3F);
            int day = Binary(_read[4] & 0x3F);
            int month = Binary(_read[5] & 0x1F);
            int year = 2000 + Binary(_read[6]);
            bool sense = second < 60 && minute < 60 && hour < 24 && month >= 1 && month <= 12 && day >= 1
                && year <= 2099 && day <= DateTime.DaysInMonth(year, month);
            return sense
                ? (new DateTime(year, month, day, hour, minute, second).Ticks - DateTime.UnixEpoch.Ticks) / 10000000
                : 0;
        }

        /// <summary>Sets the clock and clears its flag.</summary>
        public bool Set(long unixSeconds)
        {
            DateTime time = new DateTime(DateTime.UnixEpoch.Ticks + (unixSeconds * 10000000));
            _write[0] = 0;
            _write[1] = Bcd(time.Second);
            _write[2] = Bcd(time.Minute);
            _write[3] = Bcd(time.Hour);
            _write[4] = (byte)((int)time.DayOfWeek == 0 ? 7 : (int)time.DayOfWeek);
            _write[5] = Bcd(time.Day);
            _write[6] = Bcd(time.Month);
            _write[7] = Bcd(time.Year - 2000);
            if (!Write(8) || !Read(_status, 1))
            {
                return false;
            }

            _write[0] = _status;
            _write[1] = (byte)(_read[0] & ~_lostBit);
            return Write(2);
        }

        private static byte Bcd(int value)
        {
            return (byte)(((value / 10) << 4) | (value % 10));
        }

        private static int Binary(int bcd)
        {
            return ((bcd >> 4) * 10) + (bcd & 0x0F);
        }

        // The RV-3028 leaves the factory without switching to its backup supply; level switching mode, kept from the
        // nightly refresh (application manual, sections on 0x0F and 0x37).
        private void UseBackupSupply()
        {
            if (!Read(Rv3028Backup, 1) || (_read[0] & Rv3028LevelSwitching) == Rv3028LevelSwitching)
            {
                return;
            }

            byte backup = (byte)(_read[0] | Rv3028LevelSwitching);
            _write[0] = Rv3028Control1;
            _write[1] = Rv3028NoRefresh;
            if (Write(2))
            {
                _write[0] = Rv3028Backup;
                _write[1] = backup;
                Write(2);
            }
        }

        private bool Read(byte register, int count)
        {
            _write[0] = register;
            return _device.WriteRead(new SpanByte(_write, 0, 1), new SpanByte(_read, 0, count)).Status == I2cTransferStatus.FullTransfer;
        }

        private bool Write(int count)
        {
            return _device.Write(new SpanByte(_write, 0, count)).Status == I2cTransferStatus.FullTransfer;
        }
    }
}
