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
        private readonly SensorSlots _slots;
        private readonly byte[] _state = new byte[WireLimits.ClimateSensorsMax];
        private readonly HeaterPolicy _heater = new HeaterPolicy();
        private BoardSettings _settings;

        public ClimateProbe(int bus, BoardSettings settings)
        {
            _slots = new SensorSlots(bus);
            _settings = settings;
        }

        /// <summary>Sensors that the board has had, or that the settings expect.</summary>
        public int Count
        {
            get { return _slots.Count > _settings.Sensors ? _slots.Count : _settings.Sensors; }
        }

        /// <summary>Time from trigger to result of the slowest sensor, milliseconds; 0 without sensors.</summary>
        public int MeasureMs
        {
            get { return _slots.MeasureMs; }
        }

        /// <summary>State of a sensor after the last measurement, a <see cref="MissingCode"/>.</summary>
        public byte State(int sensor)
        {
            return _slots.At(sensor) != null ? _state[sensor] : MissingCode.Absent;
        }

        /// <summary>Takes other settings over. Another number of sensors hands the places out anew.</summary>
        public void Apply(BoardSettings settings)
        {
            bool others = settings.Sensors != _settings.Sensors;
            _settings = settings;
            if (others)
            {
                _slots.Forget();
                _slots.Scan();
            }
        }

        /// <summary>Starts a measurement everywhere; looks for sensors that have not answered in this boot, or for any.</summary>
        public void Trigger()
        {
            if (_slots.Found < Count || Count == 0)
            {
                _slots.Scan();
            }

            for (int i = 0; i < _state.Length; i++)
            {
                if (_slots.At(i) != null)
                {
                    _state[i] = _slots.At(i).Trigger();
                }
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
                IClimateSensor sensor = _slots.At(i);
                if (sensor == null)
                {
                    sample.AddMissing(t, MissingCode.Absent);
                    sample.AddMissing(rh, MissingCode.Absent);
                    continue;
                }

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
    }
}
