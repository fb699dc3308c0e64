using System.Device.Gpio;
using System.Threading;
using Metering.Firmware.Time;

namespace Metering.Firmware.Site
{
    /// <summary>The button: short (from 50 ms) for commissioning mode on or off, long (from 5 s) for a reboot.</summary>
    public sealed class PressButton
    {
        public const int ShortMsMin = 50;
        public const int LongMsMin = 5000;

        private readonly GpioPin _pin;
        private int _pressedMs;
        private int _heldMs;

        public PressButton(GpioController gpio, int pin)
        {
            if (pin >= 0)
            {
                _pin = gpio.OpenPin(pin, PinMode.Input);
                _pin.ValueChanged += OnChanged;
            }
        }

        public bool IsPending
        {
            get { return _heldMs != 0; }
        }

        /// <summary>How long the button was held, milliseconds; 0 when nothing happened since the last call.</summary>
        public int Take()
        {
            return Interlocked.Exchange(ref _heldMs, 0);
        }

        private void OnChanged(object sender, PinValueChangedEventArgs e)
        {
            int now = (int)BoardClock.UptimeMs;
            if (e.ChangeType == PinEventTypes.Falling)
            {
                Interlocked.Exchange(ref _pressedMs, now);
            }
            else if (_pressedMs != 0)
            {
                int held = now - _pressedMs;
                Interlocked.Exchange(ref _pressedMs, 0);
                if (held >= ShortMsMin)
                {
                    Interlocked.Exchange(ref _heldMs, held);
                }
            }
        }
    }
}
