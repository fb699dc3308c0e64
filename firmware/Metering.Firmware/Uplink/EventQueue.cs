namespace Metering.Firmware.Uplink
{
    /// <summary>Event packs waiting to be sent. In memory only: a power cut loses them, the newest push the oldest out.</summary>
    public sealed class EventQueue
    {
        public const int EventsMax = 8;

        /// <summary>All waiting events together, bytes; a single larger one is not taken.</summary>
        public const int BytesMax = 2048;

        private readonly byte[][] _packs = new byte[EventsMax][];
        private int _first;
        private int _bytes;

        public int Count { get; private set; }

        /// <summary>Events pushed out since the boot.</summary>
        public int Lost { get; private set; }

        public void Post(byte[] pack)
        {
            if (pack.Length > BytesMax)
            {
                Lost++;
                return;
            }

            while (Count == EventsMax || _bytes + pack.Length > BytesMax)
            {
                Remove();
                Lost++;
            }

            _bytes += pack.Length;
            _packs[(_first + Count) % EventsMax] = pack;
            Count++;
        }

        public byte[] Peek()
        {
            return _packs[_first];
        }

        public void Remove()
        {
            _bytes -= _packs[_first].Length;
            _packs[_first] = null;
            _first = (_first + 1) % EventsMax;
            Count--;
        }
    }
}
