using System;
using System.Device.Gpio;
using Metering.Firmware.Settings;

namespace Metering.Firmware.Pulses
{
    /// <summary>Starts one counter per channel: in hardware, or by interrupt where the chip has none left.</summary>
    public static class PulseInputs
    {
        public static PulseChannel[] Start(BoardPins pins, ChannelSettings[] settings)
        {
            int count = settings.Length < pins.PulsePins.Length ? settings.Length : pins.PulsePins.Length;
            PulseChannel[] channels = new PulseChannel[count];
            GpioController gpio = null;
            for (int i = 0; i < count; i++)
            {
                IPulseCounter counter;
                try
                {
                    counter = new HardwareCounter(pins.PulsePins[i], settings[i].FallingEdge);
                }
                catch (Exception)
                {
                    // NotImplementedException: no pulse counter in this chip; NotSupportedException: all in use.
                    if (gpio == null)
                    {
                        gpio = new GpioController();
                    }

                    counter = new InterruptCounter(gpio, pins.PulsePins[i], settings[i].FallingEdge);
                }

                channels[i] = new PulseChannel(counter, settings[i].PlausiblePeriodMs);
            }

            return channels;
        }
    }
}
