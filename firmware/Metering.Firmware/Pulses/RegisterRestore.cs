using Metering.Firmware.Drivers;
using Metering.Firmware.Settings;
using Metering.Wire;

namespace Metering.Firmware.Pulses
{
    /// <summary>Finds the registers again after a start, from the best of what survived.</summary>
    public static class RegisterRestore
    {
        /// <summary>FRAM when it answers, else flash.</summary>
        public static IRegisterStore Open(int bus)
        {
            Fram fram = new Fram(bus);
            byte[] probe = new byte[1];
            if (fram.Read(0, probe, 1))
            {
                return new FramRegisterStore(fram);
            }

            return new FileRegisterStore();
        }

        /// <summary>
        /// Fills the state and gives the boot its number. Returns whether pulses may be missing. A register never comes
        /// back below the newest sample in the journal, which may have been published.
        /// </summary>
        public static bool Restore(IRegisterStore store, RegisterState state, WireSample newest, BoardSettings settings)
        {
            bool found = store.Load(state);
            bool hasJournal = newest.Count != 0;
            bool exact = found && (store.SavePeriodMs == 0 || state.Clean);
            if (!found)
            {
                for (int i = 0; i < settings.Channels.Length; i++)
                {
                    state.Index[i] = settings.Channels[i].Start;
                }
            }

            bool raised = false;
            for (int i = 0; i < newest.Count; i++)
            {
                byte channel = newest.Channels[i];
                int index = WireChannel.Index(channel) - 1;
                if (WireChannel.Kind(channel) == WireChannel.Pulse && newest.Values[i] > state.Index[index])
                {
                    state.Index[index] = newest.Values[i];
                    raised = true;
                }
            }

            for (int i = state.Channels; found && i < settings.Channels.Length; i++)
            {
                if (state.Index[i] == 0)
                {
                    state.Index[i] = settings.Channels[i].Start;
                }
            }

            state.Channels = settings.Channels.Length;
            int boot = state.Boot;
            if (hasJournal && newest.Boot > boot)
            {
                boot = (int)newest.Boot;
            }

            if (settings.BootFloor > boot)
            {
                boot = settings.BootFloor;
            }

            state.Boot = boot + 1;
            bool isNew = !found && !hasJournal && settings.BootFloor == 0;
            return !isNew && (!exact || raised);
        }
    }
}
