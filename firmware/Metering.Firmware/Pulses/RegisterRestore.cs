using Metering.Firmware.Drivers;
using Metering.Firmware.Settings;
using Metering.Wire;

namespace Metering.Firmware.Pulses
{
    /// <summary>
    /// Finds the registers again after a start, from the best of what survived: FRAM, or the files, and the newest sample
    /// in the journal. A register never comes back below that sample, which may have been published.
    /// </summary>
    public sealed class RegisterRestore
    {
        public RegisterRestore(int bus)
        {
            Fram fram = new Fram(bus);
            byte[] probe = new byte[1];
            HasFram = fram.Read(0, probe, 1);
            if (HasFram)
            {
                Store = new FramRegisterStore(fram);
            }
            else
            {
                Store = new FileRegisterStore();
            }
        }

        public IRegisterStore Store { get; }

        public bool HasFram { get; }

        /// <summary>Whether the store held a whole copy.</summary>
        public bool Found { get; private set; }

        /// <summary>Whether the board stopped on purpose.</summary>
        public bool WasClean { get; private set; }

        /// <summary>The register comes from an older copy: pulses may be missing before the first sample.</summary>
        public bool MayMissPulses { get; private set; }

        /// <summary>There should have been a register, and there is none.</summary>
        public bool IsLost { get; private set; }

        /// <summary>A register was set by command after the newest sample: the next one has to say so.</summary>
        public bool SetIsUnreported { get; private set; }

        /// <summary>Fills the state and gives the boot its number.</summary>
        public void Run(RegisterState state, WireSample newest, BoardSettings settings)
        {
            Found = Store.Load(state);
            WasClean = Found && state.End == RegisterEnd.OnPurpose;
            bool knownBoard = newest.Count != 0 || settings.BootFloor != 0;
            IsLost = !Found && knownBoard;
            for (int i = Found ? state.Channels : 0; i < settings.Channels.Length; i++)
            {
                state.Index[i] = settings.Channels[i].Start;
            }

            // FRAM is never behind the journal. A register set by command may be below the samples before it.
            bool older = newest.Boot < state.SetBoot || (newest.Boot == state.SetBoot && newest.Sequence <= state.SetSequence);
            SetIsUnreported = Found && newest.Count != 0 && state.SetBoot != 0 && older;
            bool raised = !(Found && (HasFram || older)) && Raise(state, newest);
            if (settings.Channels.Length > state.Channels)
            {
                state.Channels = settings.Channels.Length;
            }

            // Without a warning the newest pulse may not be in FRAM yet; a file in flash is behind by minutes. A boot that
            // ended before its first sample leaves it to the next one to say so.
            bool unannounced = Found && state.End == RegisterEnd.None;
            MayMissPulses = IsLost || raised || unannounced || (Found && state.InDoubt);
            state.InDoubt = MayMissPulses;
            int boot = state.Boot;
            boot = newest.Boot > boot ? (int)newest.Boot : boot;
            boot = settings.BootFloor > boot ? settings.BootFloor : boot;
            state.Boot = boot + 1;
        }

        private static bool Raise(RegisterState state, WireSample newest)
        {
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

            return raised;
        }
    }
}
