using Metering.Firmware.Settings;
using Metering.Wire;

namespace Metering.Firmware.Climate
{
    /// <summary>The board's sensors: triggers them together, reads them together, adds values or reasons to a sample.</summary>
    public sealed class ClimateProbe
    {
        private readonly IClimateSensor[] _sensors;
        private readonly SensorOffset[] _offsets;
        private readonly byte[] _state;

        public ClimateProbe(IClimateSensor[] sensors, SensorOffset[] offsets)
        {
            _sensors = sensors;
            _offsets = new SensorOffset[sensors.Length];
            _state = new byte[sensors.Length];
            for (int i = 0; i < sensors.Length; i++)
            {
                _offsets[i] = Find(offsets, sensors[i].Serial);
                if (sensors[i].MeasureMs > MeasureMs)
                {
                    MeasureMs = sensors[i].MeasureMs;
                }
            }
        }

        public int Count
        {
            get { return _sensors.Length; }
        }

        /// <summary>Time from trigger to result of the slowest sensor, milliseconds; 0 without sensors.</summary>
        public int MeasureMs { get; private set; }

        /// <summary>State of a sensor after the last measurement, a <see cref="MissingCode"/>.</summary>
        public byte State(int sensor)
        {
            return _state[sensor];
        }

        public void Trigger()
        {
            for (int i = 0; i < _sensors.Length; i++)
            {
                _state[i] = _sensors[i].Trigger();
            }
        }

        /// <summary>Reads what was triggered and adds it.</summary>
        public void AddTo(WireSample sample)
        {
            for (int i = 0; i < _sensors.Length; i++)
            {
                IClimateSensor sensor = _sensors[i];
                byte state = _state[i] == MissingCode.None ? sensor.Fetch() : _state[i];
                _state[i] = state;
                byte t = (byte)(WireChannel.Temperature + 1 + i);
                byte rh = (byte)(WireChannel.Humidity + 1 + i);
                int temperature = sensor.TemperatureCenti + (_offsets[i] == null ? 0 : _offsets[i].TemperatureCenti);
                int humidity = sensor.HumidityCenti + (_offsets[i] == null ? 0 : _offsets[i].HumidityCenti);
                if (state == MissingCode.None && (!WireChannel.InRange(t, temperature) || !WireChannel.InRange(rh, humidity)))
                {
                    state = MissingCode.Range;
                    _state[i] = state;
                }

                sample.Add(t, state == MissingCode.None ? temperature : 0, state);
                sample.Add(rh, state == MissingCode.None ? humidity : 0, state);
                if (sensor.HasPressure)
                {
                    sample.Add((byte)(WireChannel.Pressure + 1), state == MissingCode.None ? sensor.PressurePa : 0, state);
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
