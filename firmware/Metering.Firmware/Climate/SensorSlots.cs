using Metering.Firmware.Flash;
using Metering.Wire;

namespace Metering.Firmware.Climate
{
    /// <summary>
    /// Which bus address is t1, t2 and so on. Kept in flash, so that a sensor that does not answer at a boot is missing at
    /// its own place afterwards, and no other moves up into it.
    /// </summary>
    public sealed class SensorSlots
    {
        private const string Path = BoardFiles.Root + "sensors.bin";
        private const byte Magic = 0x53;
        private const int CheckAt = WireLimits.ClimateSensorsMax + 1;

        private readonly int _bus;
        private readonly IClimateSensor[] _sensors = new IClimateSensor[WireLimits.ClimateSensorsMax];
        private readonly byte[] _record = new byte[CheckAt + 1];

        public SensorSlots(int bus)
        {
            _bus = bus;
            if (BoardFiles.Read(Path, _record) != _record.Length || _record[0] != Magic || _record[CheckAt] != Check())
            {
                Forget();
            }

            Scan();
        }

        /// <summary>Places taken: sensors that have answered since <see cref="Forget"/>, in this boot or an earlier one.</summary>
        public int Count { get; private set; }

        /// <summary>Of these, the ones that have answered in this boot.</summary>
        public int Found { get; private set; }

        /// <summary>Time from trigger to result of the slowest sensor, milliseconds; 0 without sensors.</summary>
        public int MeasureMs { get; private set; }

        /// <summary>The sensor of a place, or null when it has not answered in this boot.</summary>
        public IClimateSensor At(int place)
        {
            return _sensors[place];
        }

        /// <summary>All places are free again; the next scan hands them out by address.</summary>
        public void Forget()
        {
            for (int i = 0; i < _record.Length; i++)
            {
                _record[i] = 0;
            }

            _record[0] = Magic;
            for (int i = 0; i < _sensors.Length; i++)
            {
                _sensors[i] = null;
            }
        }

        /// <summary>Looks for sensors at all addresses that have not answered yet, the lowest first.</summary>
        public void Scan()
        {
            bool isNew = false;
            for (int i = 0; i < SensorScan.Addresses; i++)
            {
                isNew |= Look(i);
            }

            Count = 0;
            Found = 0;
            MeasureMs = 0;
            for (int i = 0; i < _sensors.Length; i++)
            {
                Count += _record[1 + i] != 0 ? 1 : 0;
                if (_sensors[i] != null)
                {
                    Found++;
                    MeasureMs = _sensors[i].MeasureMs > MeasureMs ? _sensors[i].MeasureMs : MeasureMs;
                }
            }

            if (isNew)
            {
                _record[CheckAt] = Check();
                BoardFiles.Replace(Path, _record, _record.Length);
            }
        }

        /// <summary>Whether a sensor answered at an address that had no place.</summary>
        private bool Look(int which)
        {
            byte address = (byte)SensorScan.AddressOf(which);
            int place = PlaceOf(address);
            bool isNew = place < 0;
            if (isNew)
            {
                place = PlaceOf(0);
            }

            if (place < 0 || _sensors[place] != null)
            {
                return false;
            }

            _sensors[place] = SensorScan.Find(_bus, which);
            if (_sensors[place] == null || !isNew)
            {
                return false;
            }

            _record[1 + place] = address;
            return true;
        }

        private int PlaceOf(byte address)
        {
            for (int i = 0; i < WireLimits.ClimateSensorsMax; i++)
            {
                if (_record[1 + i] == address)
                {
                    return i;
                }
            }

            return -1;
        }

        private byte Check()
        {
            byte check = 0xFF;
            for (int i = 0; i < CheckAt; i++)
            {
                check ^= _record[i];
            }

            return check;
        }
    }
}
