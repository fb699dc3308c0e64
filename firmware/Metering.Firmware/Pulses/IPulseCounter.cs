namespace Metering.Firmware.Pulses
{
    /// <summary>Counts the pulses of one input since the boot.</summary>
    public interface IPulseCounter
    {
        /// <summary>Pulses since <c>Start</c>; only grows, but a single read may be wrong.</summary>
        long Read();

        /// <summary>Counts the other edge from now on, from zero.</summary>
        void SetEdge(bool fallingEdge);
    }
}
