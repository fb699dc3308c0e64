using System.Device.Gpio;

namespace Metering.Firmware.Site
{
    /// <summary>
    /// The LED. Off: all is well. On: no connection for an hour. Blinking fast: identify. Blinking slowly: not
    /// provisioned. In commissioning mode it lights with every pulse.
    /// </summary>
    public sealed class StatusLed
    {
        public const long IdentifyMs = 30 * 1000L;

        private const int FastMs = 200;
        private const int SlowMs = 1000;
        private const int FlashMs = 200;

        private readonly GpioPin _pin;
        private long _identifyUntilMs;
        private long _flashUntilMs;
        private bool _lit;

        public StatusLed(GpioController gpio, int pin)
        {
            if (pin >= 0)
            {
                _pin = gpio.OpenPin(pin, PinMode.Output);
                _pin.Write(PinValue.Low);
            }
        }

        public void Identify(long uptimeMs)
        {
            _identifyUntilMs = uptimeMs + IdentifyMs;
        }

        /// <summary>A pulse came in commissioning mode.</summary>
        public void Flash(long uptimeMs)
        {
            _flashUntilMs = uptimeMs + FlashMs;
        }

        /// <summary>Shows what is to be shown; returns when it will change by itself.</summary>
        public long Show(long uptimeMs, bool provisioned, bool trouble)
        {
            bool lit = trouble;
            long next = long.MaxValue;
            if (uptimeMs < _identifyUntilMs)
            {
                lit = (uptimeMs / FastMs) % 2 == 0;
                next = uptimeMs - (uptimeMs % FastMs) + FastMs;
            }
            else if (uptimeMs < _flashUntilMs)
            {
                lit = true;
                next = _flashUntilMs;
            }
            else if (!provisioned)
            {
                lit = (uptimeMs / SlowMs) % 2 == 0;
                next = uptimeMs - (uptimeMs % SlowMs) + SlowMs;
            }

            if (lit != _lit && _pin != null)
            {
                _lit = lit;
                _pin.Write(lit ? PinValue.High : PinValue.Low);
            }

            return next;
        }
    }
}
