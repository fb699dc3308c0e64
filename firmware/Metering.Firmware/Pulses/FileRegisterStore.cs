using Metering.Firmware.Flash;

namespace Metering.Firmware.Pulses
{
    /// <summary>
    /// Two files in flash, in turn, for boards without FRAM. At one save in 15 minutes 16 blocks of littlefs last 43
    /// years (hardware/README, flash wear); so at most 15 minutes of pulses are lost with the power, and that is flagged.
    /// </summary>
    public sealed class FileRegisterStore : IRegisterStore
    {
        private readonly RegisterState _other = new RegisterState();
        private readonly byte[] _buffer = new byte[RegisterState.BytesMax];

        public long SavePeriodMs
        {
            get { return 15 * 60 * 1000L; }
        }

        public bool Load(RegisterState state)
        {
            bool first = LoadFile(0, state);
            bool second = LoadFile(1, _other);
            if (second && (!first || _other.Save > state.Save))
            {
                return LoadFile(1, state);
            }

            return first;
        }

        public bool Save(RegisterState state)
        {
            int length = state.Encode(_buffer);
            return BoardFiles.Replace(PathOf((int)(state.Save & 1)), _buffer, length);
        }

        private static string PathOf(int file)
        {
            return BoardFiles.Root + (file == 0 ? "register0.bin" : "register1.bin");
        }

        private bool LoadFile(int file, RegisterState state)
        {
            int length = BoardFiles.Read(PathOf(file), _buffer);
            return length > 0 && state.Decode(_buffer, length);
        }
    }
}
