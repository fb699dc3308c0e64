using Metering.Wire;

namespace Metering.Firmware.Climate
{
    /// <summary>
    /// When to fire a sensor's heater: after hours near saturation the polymer creeps by 2 to 3 %RH, which a short pulse
    /// removes. Far below the data sheet's duty of 10 %, and never so that a sample of the grid falls into the five
    /// minutes that are discarded.
    /// </summary>
    public sealed class HeaterPolicy
    {
        /// <summary>Humidity from which the time counts, hundredths of a percent.</summary>
        public const int SaturationCenti = 9000;

        /// <summary>Samples in a row above it before the heater is fired: three hours.</summary>
        public const int SamplesMin = 18;

        /// <summary>Values are void for so long after a pulse, milliseconds.</summary>
        public const long DiscardMs = 5 * 60 * 1000L;

        private readonly int[] _wet = new int[WireLimits.ClimateSensorsMax];
        private readonly long[] _voidUntilMs = new long[WireLimits.ClimateSensorsMax];

        /// <summary>Whether what a sensor says now is void.</summary>
        public bool IsVoid(int sensor, long uptimeMs)
        {
            return uptimeMs < _voidUntilMs[sensor];
        }

        /// <summary>Takes note of a good humidity and fires the heater when it is time.</summary>
        public void Note(int sensor, IClimateSensor device, int humidityCenti, long uptimeMs)
        {
            _wet[sensor] = humidityCenti >= SaturationCenti ? _wet[sensor] + 1 : 0;
            if (_wet[sensor] >= SamplesMin)
            {
                _wet[sensor] = 0;
                if (device.Heat())
                {
                    _voidUntilMs[sensor] = uptimeMs + DiscardMs;
                }
            }
        }
    }
}
