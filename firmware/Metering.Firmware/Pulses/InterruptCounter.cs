using System.Device.Gpio;
using System.Threading;

namespace Metering.Firmware.Pulses
{
    /// <summary>
    /// Counts by interrupt where the chip has no pulse counter (ESP32-C3). The handler only increments. A full event
    /// queue loses edges, so that a counter in hardware is always preferred.
    /// </summary>
    public sealed class InterruptCounter : IPulseCounter
    {
        private readonly GpioPin _pin;
        private PinEventTypes _edge;
        private int _count;

        public InterruptCounter(GpioController gpio, int pin, bool fallingEdge)
        {
            _edge = fallingEdge ? PinEventTypes.Falling : PinEventTypes.Rising;
            _pin = gpio.OpenPin(pin, PinMode.Input);
            _pin.ValueChanged += OnEdge;
        }

        public void SetEdge(bool fallingEdge)
        {
            _edge = fallingEdge ? PinEventTypes.Falling : PinEventTypes.Rising;
            Interlocked.Exchange(ref _count, 0);
        }

        public long Read()
        {
            return _count;
        }

        private void OnEdge(object sender, PinValueChangedEventArgs e)
        {
            if (e.ChangeType == _edge)
            {
                Interlocked.Increment(ref _count);
            }
        }
    }
}
