using Metering.Firmware.Settings;
using Metering.Wire;

namespace Metering.Firmware.Climate
{
    /// <summary>
    /// The board's sensors: triggers them together, reads them together, adds values or reasons to a sample. A value that
    /// could not be read is missing with a reason; there is no old and no zero value.
    /// </summary>
    public sealed class ClimateProbe
    {
        private readonly int _bus;
        private readonly IClimateSensor[] _sensors = new IClimateSensor[WireLimits.ClimateSensorsMax];
        private readonly byte[] _state = new byte[WireLimits.ClimateSensorsMax];
        private readonly HeaterPolicy _heater = new HeaterPolicy();
        private BoardSettings _settings;
        private int _found;

        public ClimateProbe(int bus, BoardSettings settings)
        {
            _bus = bus;
            _settings = settings;
            Scan();
        }

        /// <summary>Sensors that answered, or that the settings expect.</summary>
        public int Count
        {
            get { return _found > _settings.Sensors ? _found : _settings.Sensors; }
        }

        /// <summary>Time from trigger to result of the slowest sensor, milliseconds; 0 without sensors.</summary>
        public int MeasureMs { get; private set; }

        /// <summary>State of a sensor after the last measurement, a <see cref="MissingCode"/>.</summary>
        public byte State(int sensor)
        {
            return sensor < _found ? _state[sensor] : MissingCode.Absent;
        }

        public void Apply(BoardSettings settings)
        {
            _settings = settings;
        }

        /// <summary>Starts a measurement everywhere; looks for expected sensors that never answered.</summary>
        public void Trigger()
        {
            if (_found < _settings.Sensors)
            {
                Scan();
            }

            for (int i = 0; i < _found; i++)
            {
                _state[i] = _sensors[i].Trigger();
            }
        }

        /// <summary>Reads what was triggered and adds it.</summary>
        /// <param name="sample">Where to.</param>
        /// <param name="uptimeMs">Now.</param>
        /// <param name="onGrid">A sample of the grid: counts for the heater, and may fire it.</param>
        public void AddTo(WireSample sample, long uptimeMs, bool onGrid)
        {
            for (int i = 0; i < Count; i++)
            {
                byte t = (byte)(WireChannel.Temperature + 1 + i);
                byte rh = (byte)(WireChannel.Humidity + 1 + i);
                if (i >= _found)
                {
                    sample.AddMissing(t, MissingCode.Absent);
                    sample.AddMissing(rh, MissingCode.Absent);
                    continue;
                }

                IClimateSensor sensor = _sensors[i];
                byte state = _state[i] == MissingCode.None ? sensor.Fetch() : _state[i];
                SensorOffset offset = Find(_settings.Offsets, sensor.Serial);
                int temperature = sensor.TemperatureCenti + (offset == null ? 0 : offset.TemperatureCenti);
                int humidity = sensor.HumidityCenti + (offset == null ? 0 : offset.HumidityCenti);
                if (state == MissingCode.None && (!WireChannel.InRange(t, temperature) || !WireChannel.InRange(rh, humidity)))
                {
                    state = MissingCode.Range;
                }

                if (state == MissingCode.None && _heater.IsVoid(i, uptimeMs))
                {
                    state = MissingCode.Heater;
                }

                _state[i] = state;
                sample.Add(t, state == MissingCode.None ? temperature : 0, state);
                sample.Add(rh, state == MissingCode.None ? humidity : 0, state);
                if (sensor.HasPressure)
                {
                    sample.Add((byte)(WireChannel.Pressure + 1), state == MissingCode.None ? sensor.PressurePa : 0, state);
                }

                if (onGrid && state == MissingCode.None)
                {
                    _heater.Note(i, sensor, humidity, uptimeMs);
                }
            }
        }

        private static SensorOffset Find(SensorOffset[] offsets, uint serial)
        {
            for (int i = 0; i < offsets.Length; i++)
            {
                if (offsets[i].Serial == serial && serial != 0)
                {
                    return offsets[i];
                }
            }

            return null;
        }

        private void Scan()
        {
            _found = SensorScan.Find(_bus, _sensors);
            MeasureMs = 0;
            for (int i = 0; i < _found; i++)
            {
                if (_sensors[i].MeasureMs > MeasureMs)
                {
                    MeasureMs = _sensors[i].MeasureMs;
                }
            }
        }
    }
}
