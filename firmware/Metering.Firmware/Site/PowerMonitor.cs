using System.Device.Gpio;
using System.Threading;

namespace Metering.Firmware.Site
{
    /// <summary>The power-fail input: it falls while the capacitor still carries the processor for some milliseconds.</summary>
    public sealed class PowerMonitor
    {
        private readonly GpioPin _pin;
        private int _failing;

        public PowerMonitor(GpioController gpio, int pin)
        {
            if (pin >= 0)
            {
                _pin = gpio.OpenPin(pin, PinMode.Input);
                _pin.ValueChanged += OnChanged;
            }
        }

        /// <summary>The supply has failed and nobody has saved the register since.</summary>
        public bool WarningPending
        {
            get { return _failing != 0; }
        }

        /// <summary>The supply is away now: no flash write may begin.</summary>
        public bool IsFailing
        {
            get { return _pin != null && _pin.Read() == PinValue.Low; }
        }

        public void Handled()
        {
            Interlocked.Exchange(ref _failing, 0);
        }

        private void OnChanged(object sender, PinValueChangedEventArgs e)
        {
            if (e.ChangeType == PinEventTypes.Falling)
            {
                Interlocked.Exchange(ref _failing, 1);
            }
        }
    }
}
