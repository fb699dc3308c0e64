using Metering.Firmware.Drivers;

namespace Metering.Firmware.Pulses
{
    /// <summary>Two slots in FRAM; may be written at every poll for longer than the board lives.</summary>
    public sealed class FramRegisterStore : IRegisterStore
    {
        private const int SlotBytes = 128;

        private readonly Fram _fram;
        private readonly RegisterState _other = new RegisterState();
        private readonly byte[] _buffer = new byte[RegisterState.BytesMax];

        public FramRegisterStore(Fram fram)
        {
            _fram = fram;
        }

        public long SavePeriodMs
        {
            get { return 0; }
        }

        public bool Load(RegisterState state)
        {
            bool first = LoadSlot(0, state);
            bool second = LoadSlot(1, _other);
            if (second && (!first || _other.Save > state.Save))
            {
                return LoadSlot(1, state);
            }

            return first;
        }

        public bool Save(RegisterState state)
        {
            int length = state.Encode(_buffer);
            return _fram.Write((int)(state.Save & 1) * SlotBytes, _buffer, length);
        }

        private bool LoadSlot(int slot, RegisterState state)
        {
            return _fram.Read(slot * SlotBytes, _buffer, _buffer.Length) && state.Decode(_buffer, _buffer.Length);
        }
    }
}
