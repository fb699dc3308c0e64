namespace Metering.Firmware.Pulses
{
    /// <summary>Keeps two copies of the register state and overwrites the older one, so that one is always whole.</summary>
    public interface IRegisterStore
    {
        /// <summary>Loads the newest whole copy; false when there is none.</summary>
        bool Load(RegisterState state);

        /// <summary>Saves over the older copy; false when the memory did not take it.</summary>
        bool Save(RegisterState state);

        /// <summary>Least time between saves that the memory's wear allows, milliseconds.</summary>
        long SavePeriodMs { get; }
    }
}
