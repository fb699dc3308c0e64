using System;
using System.Device.Gpio;
using Metering.Firmware.Settings;

namespace Metering.Firmware.Pulses
{
    /// <summary>
    /// Starts one counter per channel: in hardware, or by interrupt where the chip has none left. A counter once started
    /// stays for the whole boot, because a disposed one leaks its unit; settings are applied to it where it is.
    /// </summary>
    public sealed class PulseInputs
    {
        private readonly int[] _pins;
        private PulseChannel[] _started = new PulseChannel[0];
        private GpioController _gpio;

        public PulseInputs(int[] pins)
        {
            _pins = pins;
        }

        /// <summary>Inputs that the board has.</summary>
        public int Count
        {
            get { return _pins.Length; }
        }

        /// <summary>Inputs that are counted by interrupt.</summary>
        public int ByInterrupt { get; private set; }

        /// <summary>Starts or changes channels; returns those in use, ch1 first.</summary>
        public PulseChannel[] Apply(ChannelSettings[] settings)
        {
            int count = settings.Length < _pins.Length ? settings.Length : _pins.Length;
            PulseChannel[] channels = new PulseChannel[count];
            for (int i = 0; i < count; i++)
            {
                if (i < _started.Length)
                {
                    channels[i] = _started[i];
                    channels[i].Apply(settings[i]);
                }
                else
                {
                    channels[i] = Start(_pins[i], settings[i]);
                }
            }

            if (count > _started.Length)
            {
                _started = channels;
            }

            return channels;
        }

        private PulseChannel Start(int pin, ChannelSettings settings)
        {
            IPulseCounter counter;
            try
            {
                counter = new HardwareCounter(pin, settings.FallingEdge);
            }
            catch (Exception)
            {
                // NotImplementedException: no pulse counter in this chip; NotSupportedException: all in use.
                if (_gpio == null)
                {
                    _gpio = new GpioController();
                }

                ByInterrupt++;
                counter = new InterruptCounter(_gpio, pin, settings.FallingEdge);
            }

            return new PulseChannel(counter, settings);
        }
    }
}
