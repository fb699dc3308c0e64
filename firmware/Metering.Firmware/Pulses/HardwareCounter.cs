using System.Device.Gpio;

namespace Metering.Firmware.Pulses
{
    /// <summary>The chip's pulse counter: counts while managed code is blocked. Started once, never reset, never disposed.</summary>
    public sealed class HardwareCounter : IPulseCounter
    {
        /// <summary>Longest glitch filter of the hardware. It means nanoseconds: milliseconds are the input circuit's job.</summary>
        private const ushort FilterMax = 1023;

        private readonly GpioPulseCounter _counter;

        public HardwareCounter(int pin, bool fallingEdge)
        {
            _counter = new GpioPulseCounter(pin);
            _counter.Polarity = fallingEdge ? GpioPulsePolarity.Falling : GpioPulsePolarity.Rising;
            _counter.FilterPulses = FilterMax;
            _counter.Start();
        }

        public void SetEdge(bool fallingEdge)
        {
            // The polarity of a running counter cannot be changed; Start clears it.
            _counter.Stop();
            _counter.Polarity = fallingEdge ? GpioPulsePolarity.Falling : GpioPulsePolarity.Rising;
            _counter.Start();
        }

        public long Read()
        {
            return _counter.Read().Count;
        }
    }
}
