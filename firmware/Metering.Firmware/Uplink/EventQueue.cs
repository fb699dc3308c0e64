namespace Metering.Firmware.Uplink
{
    /// <summary>Event packs waiting to be sent. In memory only: a power cut loses them, the newest push the oldest out.</summary>
    public sealed class EventQueue
    {
        public const int EventsMax = 8;

        private readonly byte[][] _packs = new byte[EventsMax][];
        private int _first;

        public int Count { get; private set; }

        /// <summary>Events pushed out since the boot.</summary>
        public int Lost { get; private set; }

        public void Post(byte[] pack)
        {
            if (Count == EventsMax)
            {
                Remove();
                Lost++;
            }

            _packs[(_first + Count) % EventsMax] = pack;
            Count++;
        }

        public byte[] Peek()
        {
            return _packs[_first];
        }

        public void Remove()
        {
            _packs[_first] = null;
            _first = (_first + 1) % EventsMax;
            Count--;
        }
    }
}
